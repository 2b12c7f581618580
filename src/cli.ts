#!/usr/bin/env node
/** The executable. Help and version are answered before anything else is loaded. */
import module from 'node:module';
import { basename, join } from 'node:path';
import { quickAnswer } from './commands/help.ts';
import { writeAll } from './emit/stdio.ts';
import { version } from './version.ts';

const argv = process.argv.slice(2);
const answer = quickAnswer(argv, version);
if (answer !== undefined) writeAll(1, answer);
else {
  // Compiled code is kept beside the bundle: a directory that all users share could be filled by any of them. Where
  // it cannot be written, Node does without.
  if (basename(import.meta.dirname) === 'dist')
    module.enableCompileCache?.(join(import.meta.dirname, '.cache'));
  // `main` catches whatever is thrown below it. No top-level await: the build makes a CommonJS file of this one.
  import('./main.ts').then(async ({ main, processIo }) => {
    process.exitCode = await main(argv, processIo());
  });
}
