import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shellQuote, shellWord } from '../../../src/formats/shell/quote.ts';
import { readShell, shellFacts } from '../../../src/formats/shell/read.ts';
import { splitShellWords } from '../../../src/formats/shell/words.ts';
import { hasTool, holdsForAnyText, hostileString, messages, pairs } from '../hostile.ts';

const SAMPLE = `#!/bin/sh
# flow
set -eu
FLOW='it'\\''s'
SOURCE=/volume1/vzdump

mkdir "$LOCK" || exit 75
X='later'
`;

describe('readShell', () => {
  it('reads the head as assignments and the rest as lines', () => {
    const doc = readShell(SAMPLE);
    expect(doc.errors).toEqual([]);
    expect(pairs(shellFacts(doc))).toEqual([
      'line[0]=#!/bin/sh',
      'line[1]=# flow',
      'line[2]=set -eu',
      "FLOW=it's",
      'SOURCE=/volume1/vzdump',
      'line[3]=',
      'line[4]=mkdir "$LOCK" || exit 75',
      "line[5]=X='later'",
    ]);
    expect(shellFacts(doc).map(f => f.line)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it.each([
    ['X=1\n', '1: the script does not start with #!/bin/sh'],
    ['#!/bin/sh\nX=1', '2: the last line is not ended'],
    ['#!/bin/sh\nX=1\nX=2\n', '3: X is assigned in line 2 already'],
    ['#!/bin/sh\r\n', '1: a control character becomes part of a word'],
  ])('%j: %s', (text, message) => {
    expect(messages(readShell(text).errors)).toContain(message);
  });

  it.each(['X=$(id)', 'X=$Y', "X='a' b", 'X=a;b', "X='a", 'X=~', 'X="$Y"'])(
    'does not take %s for a literal',
    line => {
      expect(readShell(`#!/bin/sh\n${line}\n`).assignments).toEqual([]);
    },
  );

  it('takes any text', () => {
    holdsForAnyText(readShell, shellFacts, d => d.lines.join('\n'), '#!/bin/sh\n', 'X=', "'a'");
    fc.assert(fc.property(hostileString, value => void splitShellWords(value)));
  });
});

it('reads back the identical value, in an assignment and in a command', () => {
  fc.assert(
    fc.property(hostileString, value => {
      const [quoted, word] = [shellQuote(value), shellWord(value)];
      expect(quoted === undefined).toBe(word === undefined);
      if (quoted === undefined || word === undefined) return;
      for (const text of [quoted, word]) {
        const doc = readShell(`#!/bin/sh\nVALUE=${text}\nexit\n`);
        expect(doc.errors).toEqual([]);
        expect(doc.assignments).toEqual([{ line: 2, name: 'VALUE', value }]);
        expect(splitShellWords(`command ${text} 'last'`)).toEqual(['command', value, 'last']);
      }
    }),
    { numRuns: 500 },
  );
  expect([shellWord('--timeout=600'), shellWord('a b'), shellWord('')]).toEqual([
    '--timeout=600',
    "'a b'",
    "''",
  ]);
  expect([shellQuote('a\nb'), shellQuote('\0'), shellQuote('\r')]).toEqual([undefined, undefined, undefined]);
});

it.each([
  ['a \'b c\' "d\\"e" f\\ g', ['a', 'b c', 'd"e', 'f g']],
  ['a | b', undefined],
  ['a $b', undefined],
  ['a # b', undefined],
  ['a *', undefined],
  ['a `b`', undefined],
  ["a 'b", undefined],
  ['', []],
])('splits %j', (line, words) => {
  expect(splitShellWords(line)).toEqual(words);
});

it.runIf(hasTool('dash'))('dash reads the same words', () => {
  const values = fc.sample(hostileString, { numRuns: 300, seed: 7 });
  const words = values.map(shellWord).filter(word => word !== undefined);
  expect(words.length).toBeGreaterThan(100);
  const script = words.map(word => `printf '%s\\n' ${word}\n`).join('');
  const printed = execFileSync('dash', ['-s'], { input: script, encoding: 'utf8' });
  expect(printed.split('\n').slice(0, -1)).toEqual(values.filter(value => shellWord(value) !== undefined));
});
