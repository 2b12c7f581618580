/** What a thread and who started it share. */
import type { MessagePort } from 'node:worker_threads';
import type { Job } from './jobs.ts';

export interface ThreadData {
  readonly job: Job;
  /** Takes the answer. */
  readonly port: MessagePort;
  readonly state: Int32Array;
}

/** Indices of `state`: 1 when the answer is there, and a count that goes on while the thread works. */
export const DONE = 0;
export const STEPS = 1;
