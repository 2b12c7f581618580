/**
 * Starts a thread for what needs the disk and not the compiler. Nothing waits for the event loop, which stands still
 * while the compiler works.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import { once } from '../../once.ts';
import { packageRoot } from '../../package-root.ts';
import type { Answers, Job, Written } from './jobs.ts';
import { DONE, STEPS, type ThreadData } from './state.ts';

export interface Thread<Answer> {
  /** Waits for the answer; undefined when the thread is dead. */
  answer(): { readonly of: Answer } | undefined;
}

/** A thread that writes what it is sent, until it is asked for its answer. */
export interface Writing extends Thread<Answers['write']> {
  send(files: readonly Written[]): void;
}

const PROGRAM = join(packageRoot, 'dist/thread.cjs');

/** In milliseconds: so long without any step, and the thread is taken for dead. */
const PATIENCE = 10_000;

/** Undefined where threads cannot be had: without `dist/`, under `node --permission`, at a limit of processes. */
export const startListing = (outDir: string): Thread<Answers['list']> | undefined =>
  start<Answers['list']>({ kind: 'list', outDir });

/** @param directory where to write. Undefined as above. */
export function startWriting(directory: string): Writing | undefined {
  const started = start<Answers['write']>({ kind: 'write', directory });
  if (started === undefined) return undefined;
  const { port, answer } = started;
  const ended = once(() => {
    port.postMessage(null);
    return answer();
  });
  return { send: files => port.postMessage(files), answer: ended };
}

function start<Answer>(job: Job): (Thread<Answer> & { readonly port: MessagePort }) | undefined {
  if (!existsSync(PROGRAM)) return undefined;
  const { MessageChannel, receiveMessageOnPort, Worker } = process.getBuiltinModule('node:worker_threads');
  const { port1: port, port2 } = new MessageChannel();
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
  const answer = () => (isDone(state) ? { of: receiveMessageOnPort(port)?.message } : undefined);
  return { port, answer };
}

/** Waits as long as the thread gets on. */
function isDone(state: Int32Array): boolean {
  for (;;) {
    const before = Atomics.load(state, STEPS);
    if (Atomics.wait(state, DONE, 0, PATIENCE) !== 'timed-out') return true;
    if (Atomics.load(state, STEPS) === before) return false;
  }
}
