#!/usr/bin/env node
/** The executable. Help and version are answered before anything else is loaded. */
import { quickAnswer } from './commands/help.ts';
import { writeAll } from './emit/stdio.ts';
import { version } from './version.ts';

const argv = process.argv.slice(2);
const answer = quickAnswer(argv, version);
if (answer !== undefined) writeAll(1, answer);
else {
  // `main` catches whatever is thrown below it. No top-level await: the build makes a CommonJS file of this one.
  // The process ends by itself: `process.exit` joins the threads of the platform while the main one stands still, and hangs
  // for ever when one of them compiles and waits for a collection of garbage (https://github.com/nodejs/node/issues/54918).
  import('./main.ts').then(async ({ main, processIo }) => {
    process.exitCode = await main(argv, processIo());
  });
}
