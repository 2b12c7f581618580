/** Decoding and parsing as offsite does them, and nothing else; the benchmark bundles it as the build does. */
import { readFileSync } from 'node:fs';
import { decodeTopology } from '../../src/load/decode.ts';
import { documentFromEvents } from '../../src/load/events.ts';
import { parseTopology } from '../../src/load/parse.ts';

const decoded = decodeTopology(readFileSync(process.argv[2] ?? ''), { maxBytes: Number.MAX_SAFE_INTEGER });
const document = decoded.ok
  ? (documentFromEvents(decoded.text) ?? parseTopology(decoded.text).document)
  : undefined;
if (document === undefined) process.exitCode = 1;
