/** The program of a thread. */
import { workerData } from 'node:worker_threads';
import { FileFailure } from '../../failure.ts';
import { realDisk } from '../disk.ts';
import { listingText } from '../listing.ts';
import { writer } from '../write.ts';
import type { Answers, Job } from './jobs.ts';
import { DONE, STEPS, type ThreadData } from './state.ts';

type Step = () => void;

/** Nothing, where `out/` cannot be read: who needs it tries it again, and says why it fails. */
function list({ outDir }: Extract<Job, { kind: 'list' }>, step: Step): Answers['list'] {
  const texts = new Map<string, string>();
  try {
    for (const entry of realDisk.readdirSync(outDir, { withFileTypes: true })) {
      if (entry.isDirectory()) texts.set(entry.name, listingText(outDir, entry.name, realDisk));
      step();
    }
  } catch {}
  return texts;
}

function write({ outDir, files }: Extract<Job, { kind: 'write' }>, step: Step): Answers['write'] {
  const { write: writeFile } = writer(outDir, realDisk);
  try {
    for (const [path, text] of files) {
      writeFile(path, text);
      step();
    }
    return undefined;
  } catch (error) {
    if (error instanceof FileFailure) return error.message;
    throw error;
  }
}

const { job, port, state } = workerData as ThreadData;
const step = (): void => void Atomics.add(state, STEPS, 1);
port.postMessage(job.kind === 'list' ? list(job, step) : write(job, step));
Atomics.store(state, DONE, 1);
Atomics.notify(state, DONE);
