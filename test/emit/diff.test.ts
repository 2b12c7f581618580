import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffFiles } from '../../src/emit/diff.ts';
import { hunksBetween } from '../../src/emit/unified.ts';
import { emptyDirectory, readTree, writeTree } from './tree.ts';

const lines = (...numbers: (number | string)[]): string => numbers.map(line => `${line}\n`).join('');
const upTo = (count: number, prefix = ''): string =>
  Array.from({ length: count }, (_, n) => `${prefix}${n}\n`).join('');

describe('the diff of a change list', () => {
  test('create, delete, update', () => {
    const text = diffFiles(
      [
        { verb: 'create', path: 'a', text: lines(1) },
        { verb: 'delete', path: 'b', old: lines(1, 2) },
        { verb: 'update', path: 'c', old: lines(1, 2, 3, 4, 5, 6), text: lines(1, 2, 3, 4, 'five', 6) },
      ],
      'out/',
    );
    expect(text.join('\n')).toBe(
      [
        ...['--- /dev/null', '+++ out/a', '@@ -0,0 +1 @@', '+1'],
        ...['--- out/b', '+++ /dev/null', '@@ -1,2 +0,0 @@', '-1', '-2'],
        ...['--- out/c', '+++ out/c', '@@ -2,5 +2,5 @@', ' 2', ' 3', ' 4', '-5', '+five', ' 6'],
      ].join('\n'),
    );
  });

  test('says how much it leaves out', () => {
    const changes = ['a', 'b', 'c'].map(path => ({ verb: 'create' as const, path, text: upTo(30) }));
    const text = diffFiles(changes, 'out/', { linesPerFile: 5, linesInAll: 12 });
    expect(text.filter(line => line.startsWith('…'))).toEqual([
      '… 26 more lines of out/a',
      '… 27 more lines of out/b',
      '… 1 more file differs',
    ]);
  });

  test('control characters of a file found in out/ are shown, not sent to the terminal', () => {
    const text = diffFiles([{ verb: 'update', path: 'a', old: '\u001b[2J\r\u009b\n', text: '\tx\n' }], '');
    expect(text.slice(3)).toEqual(['-\\u001b[2J\\u000d\\u009b', '+\tx']);
  });
});

/** Applies with the real `patch`, which knows nothing of how the hunks were found. */
function patched(before: string, after: string): string {
  const directory = emptyDirectory();
  writeTree(directory, { f: before });
  const hunks = diffFiles([{ verb: 'update', path: 'f', old: before, text: after }], '', {
    linesPerFile: 1e6,
    linesInAll: 1e6,
  });
  execFileSync('patch', ['-s', '-p0', 'f'], { cwd: directory, input: `${hunks.join('\n')}\n` });
  return readTree(directory)['f'] ?? '';
}

describe('the hunks are what patch understands', () => {
  const table: [string, string, string][] = [
    ['head and tail in common', upTo(50) + lines('a') + upTo(50), upTo(50) + lines('b', 'c') + upTo(50)],
    ['far apart', lines('a') + upTo(50) + lines('b'), lines('c') + upTo(50) + lines('d')],
    ['no final line feed before', 'a\nb', 'a\nb\n'],
    ['no final line feed after', 'a\nb\n', 'a\nb'],
    ['only added', upTo(9), `${upTo(9)}new\n`],
    ['only removed, at the start', `old\n${upTo(9)}`, upTo(9)],
    ['from empty', '', upTo(3)],
    ['nothing in common, longer than is searched', upTo(2000, 'a'), upTo(1500, 'b')],
    ['the same with context', upTo(9) + upTo(900, 'a') + upTo(9), upTo(9) + upTo(900, 'b') + upTo(9)],
    ['too different, no final line feed', `${upTo(900, 'a')}x`, `${upTo(900, 'b')}y`],
  ];
  test.each(table)('%s', (_name, before, after) => {
    expect(patched(before, after)).toBe(after);
  });

  test('equal texts have none', () => {
    expect(hunksBetween('a\n', 'a\n')).toEqual([]);
  });

  test('any two texts', { timeout: 30_000 }, () => {
    const text = fc
      .tuple(fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }), fc.boolean())
      .map(([parts, open]) => parts.join('\n') + (open || parts.length === 0 ? '' : '\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        fc.pre(before !== after && after !== '');
        expect(patched(before, after)).toBe(after);
      }),
      { numRuns: 150 },
    );
  });
});

test('two long texts without a common line are shown as replaced, without a search', () => {
  const hunks = hunksBetween(upTo(20_000, 'a'), upTo(20_000, 'b'));
  expect(hunks.map(hunk => [hunk.oldLines, hunk.newLines, hunk.lines.length])).toEqual([
    [20_000, 20_000, 40_000],
  ]);
});
