/**
 * Starts a thread for what needs the disk and not the compiler. Nothing waits for the event loop, which stands still
 * while the compiler works.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../package-root.ts';
import type { Answers, Job } from './jobs.ts';
import { DONE, STEPS, type ThreadData } from './state.ts';

export interface Thread<Answer> {
  /** Waits for the answer; undefined when the thread is dead. */
  answer(): { readonly of: Answer } | undefined;
}

const PROGRAM = join(packageRoot, 'dist/thread.cjs');

/** In milliseconds: so long without any step, and the thread is taken for dead. */
const PATIENCE = 10_000;

/** Undefined where threads cannot be had: without `dist/`, under `node --permission`, at a limit of processes. */
export function startThread<J extends Job>(job: J): Thread<Answers[J['kind']]> | undefined {
  if (!existsSync(PROGRAM)) return undefined;
  const { MessageChannel, receiveMessageOnPort, Worker } = process.getBuiltinModule('node:worker_threads');
  const { port1, port2 } = new MessageChannel();
  const state = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  const workerData: ThreadData = { job, port: port2, state };
  try {
    const worker = new Worker(PROGRAM, { workerData, transferList: [port2] });
    // That it died shows when it is asked.
    worker.on('error', () => {});
    worker.unref();
  } catch {
    return undefined;
  }
  return {
    answer: () => (isDone(state) ? { of: receiveMessageOnPort(port1)?.message } : undefined),
  };
}

/** Waits as long as the thread gets on. */
function isDone(state: Int32Array): boolean {
  for (;;) {
    const before = Atomics.load(state, STEPS);
    if (Atomics.wait(state, DONE, 0, PATIENCE) !== 'timed-out') return true;
    if (Atomics.load(state, STEPS) === before) return false;
  }
}
