// Preloaded: reports the largest resident set of the process, in KiB, on file descriptor 3. Linux counts what the
// parent had before exec into getrusage's figure, so the one of /proc is taken where there is one.
const { existsSync, readFileSync, writeSync } = require('node:fs');

const STATUS = '/proc/self/status';

process.on('exit', () => {
  // Threads preload it, too; this takes nothing that the main one did not load before it ends.
  if (!require('node:worker_threads').isMainThread) return;
  const peak = existsSync(STATUS) && /^VmHWM:\s*(\d+)/m.exec(readFileSync(STATUS, 'latin1'));
  writeSync(3, String(peak ? peak[1] : process.resourceUsage().maxRSS));
});
