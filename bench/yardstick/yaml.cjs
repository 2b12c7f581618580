// What reading the file costs with the `yaml` package alone, positions included. With a second argument it does not look
// for equal keys, which it does pair by pair: half of the time for a map of 40,000 flows and more.
const { readFileSync } = require('node:fs');
const { LineCounter, parseDocument } = require('yaml');

const lineCounter = new LineCounter();
const document = parseDocument(readFileSync(process.argv[2], 'utf8'), {
  lineCounter,
  uniqueKeys: process.argv[3] === undefined,
});
if (Object.keys(document.toJS()).length === 0 || document.errors.length > 0) process.exitCode = 1;
