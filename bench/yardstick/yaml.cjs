// What reading the file costs with the `yaml` package alone, positions included.
const { readFileSync } = require('node:fs');
const { LineCounter, parseDocument } = require('yaml');

const lineCounter = new LineCounter();
const document = parseDocument(readFileSync(process.argv[2], 'utf8'), { lineCounter });
if (Object.keys(document.toJS()).length === 0 || document.errors.length > 0) process.exitCode = 1;
