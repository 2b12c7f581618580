/** The program of a thread. */
import { workerData } from 'node:worker_threads';
import { FileFailure } from '../../failure.ts';
import { realDisk } from '../disk.ts';
import { listingText } from '../listing.ts';
import { newFiles } from '../write-new.ts';
import type { Answers, Job, Written } from './jobs.ts';
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

function write(
  { directory }: Extract<Job, { kind: 'write' }>,
  step: Step,
  end: (answer: Answers['write']) => void,
): void {
  const writeFiles = newFiles(directory, realDisk, step);
  let failure: string | undefined;
  port.on('message', (files: readonly Written[] | null) => {
    if (files === null) {
      end(failure);
      port.close();
      return;
    }
    try {
      if (failure === undefined) writeFiles(files);
    } catch (error) {
      if (!(error instanceof FileFailure)) throw error;
      failure = error.message;
    }
  });
}

const { job, port, state } = workerData as ThreadData;
const step = (): void => void Atomics.add(state, STEPS, 1);
const end = (answer: Answers[Job['kind']]): void => {
  port.postMessage(answer);
  Atomics.store(state, DONE, 1);
  Atomics.notify(state, DONE);
};
if (job.kind === 'list') end(list(job, step));
else write(job, step, end);
