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
  // All that is printed has been written by now; left to end by itself, the process would take its heap apart first.
  import('./main.ts').then(async ({ main, processIo }) => process.exit(await main(argv, processIo())));
}
