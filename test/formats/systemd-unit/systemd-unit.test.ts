import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitExec, splitWords } from '../../../src/formats/systemd-unit/exec.ts';
import { execPath, execWord, unitText, unitWord } from '../../../src/formats/systemd-unit/quote.ts';
import { plainUnitText, readUnit, unitFacts, unitValues } from '../../../src/formats/systemd-unit/read.ts';
import { hasTool, holdsForAnyText, hostileString, messages, pairs } from '../hostile.ts';

const SAMPLE = `# a comment
[Unit]
Description=Flow: 100%% safe
; another
[Service]
Type=oneshot
ExecStart=
ExecStart=/usr/bin/flock --nonblock %t/lock \\
# inside
    /usr/bin/rsync "--rsh=ssh -i %d/key" \\
    a:b/
CapabilityBoundingSet=
ExecStart=-/bin/true
`;

describe('readUnit', () => {
  it('reads sections, repeated keys, resets, comments and continuation lines', () => {
    const doc = readUnit(SAMPLE);
    expect(doc.errors).toEqual([]);
    expect(pairs(unitFacts(doc))).toEqual([
      'Unit/Description[0]=Flow: 100%% safe',
      'Service/Type[0]=oneshot',
      'Service/ExecStart[0]=',
      'Service/ExecStart[1]=/usr/bin/flock --nonblock %t/lock  /usr/bin/rsync "--rsh=ssh -i %d/key"  a:b/',
      'Service/CapabilityBoundingSet[0]=',
      'Service/ExecStart[2]=-/bin/true',
    ]);
    expect(unitFacts(doc).map(f => f.line)).toEqual([3, 6, 7, 8, 12, 13]);
    expect(unitValues(doc, 'Service', 'ExecStart')).toHaveLength(2);
    expect(plainUnitText('100%% safe')).toBe('100% safe');
    expect(plainUnitText('%n')).toBeUndefined();
  });

  it('takes an escaped backslash at the end for itself', () => {
    const doc = readUnit('[Unit]\nDescription=a\\\\\nAfter=b\n');
    expect(pairs(unitFacts(doc))).toEqual(['Unit/Description[0]=a\\\\', 'Unit/After[0]=b']);
  });

  it.each([
    ['Nice=5', '1: "Nice" stands in no section'],
    ['[Service]\nNice 5', '2: "Nice 5" is not "Key=value"'],
    ['[Service\nNice=5', '1: "[Service" is not a section'],
    ['[Service]\n=5', '2: "=5" is not "Key=value"'],
    ['[Service]\nExecStart=/bin/sh "a', '2: ExecStart: unbalanced quotes'],
    ['[Service]\nExecStart=/bin/sh \\q', '2: ExecStart: unknown escape "\\q"'],
    ['[Service]\nExecStart=sh', '2: ExecStart: "sh" is not an absolute path'],
    ['[Unit]\nDescription=50% off', '2: Description: unknown specifier "% "; a percent sign is written "%%"'],
    ['[Unit]\nDescription=50%', '2: Description: unknown specifier "%"; a percent sign is written "%%"'],
    ['[Unit]\nDescription=a\r', '2: a control character that systemd takes for a line end'],
    ['[Unit]\nDescription=a \\', '2: the last line ends in a backslash'],
  ])('%j: %s', (text, message) => {
    expect(messages(readUnit(text).errors)).toContain(message);
  });

  it('takes any text', () => {
    holdsForAnyText(
      readUnit,
      unitFacts,
      d => d.lines.join('\n'),
      '[Service]',
      'ExecStart=',
      '/bin/sh ',
      'X=',
      '\\',
    );
    fc.assert(fc.property(hostileString, value => void [splitExec(value), splitWords(value)]));
  });
});

describe('splitExec', () => {
  const words = (value: string): string[] =>
    splitExec(value)
      .commands.flatMap(c => [c.path, ...c.args])
      .map(w => w.text);

  // systemd.service(5) "COMMAND LINES"
  it.each([
    ['/bin/echo one ; /bin/echo "two two"', ['/bin/echo', 'one', '/bin/echo', 'two two']],
    ['/bin/echo / >/dev/null & \\; /bin/ls', ['/bin/echo', '/', '>/dev/null', '&', ';', '/bin/ls']],
    ['/bin/echo ";" a\'b c\'d ""', ['/bin/echo', ';', 'ab cd', '']],
    ['/bin/echo \\x41\\101\\u00e9\\s\\t\\\\', ['/bin/echo', 'AAé \t\\']],
    ['/bin/echo $$HOME %%t', ['/bin/echo', '$HOME', '%t']],
  ])('%s', (value, expected) => {
    expect(splitExec(value).error).toBeUndefined();
    expect(words(value)).toEqual(expected);
  });

  it('keeps prefixes and names what is still expanded', () => {
    const HOME = '$' + '{HOME}';
    const { commands } = splitExec('-+/bin/%p %t/x ' + HOME + ' $$ $HOME ; :/bin/echo $HOME');
    expect(commands).toEqual([
      {
        prefix: '-+',
        path: { text: '/bin/%p', expansions: ['%p'] },
        args: [
          { text: '%t/x', expansions: ['%t'] },
          { text: HOME, expansions: [HOME] },
          { text: '$', expansions: [] },
          { text: '$HOME', expansions: ['$HOME'] },
        ],
      },
      { prefix: ':', path: { text: '/bin/echo', expansions: [] }, args: [{ text: '$HOME', expansions: [] }] },
    ]);
  });
});

describe('quoting', () => {
  it('reads back the identical word, and nothing expands', () => {
    fc.assert(
      fc.property(hostileString, hostileString, (a, b) => {
        const [first, second, path] = [execWord(a), execWord(b), execPath(`/${a}`)];
        if (first === undefined || second === undefined || path === undefined) return;
        const doc = readUnit(`[Service]\nExecStart=${path} ${first} ${second}\nType=oneshot\n`);
        expect(doc.errors).toEqual([]);
        expect(doc.settings).toHaveLength(2);
        const plain = (text: string) => ({ text, expansions: [] });
        expect(splitExec(doc.settings[0]!.value)).toEqual({
          commands: [{ prefix: '', path: plain(`/${a}`), args: [plain(a), plain(b)] }],
        });
        expect(splitWords(unitWord(a)!)).toEqual({ words: [plain(a)] });
      }),
      { numRuns: 1000 },
    );
  });

  it('carries everything but NUL and lone surrogates in a word', () => {
    expect(execWord('a\n"b" $x %i \\ ;')).toBe('"a\\n\\"b\\" $$x %%i \\\\ ;"');
    expect([execWord(''), execWord(';'), execWord('--x=1')]).toEqual(['""', '";"', '--x=1']);
    expect([execWord('\0'), execWord('\ud800'), execPath('bin/sh')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('reads back the identical text', () => {
    fc.assert(
      fc.property(hostileString, value => {
        const text = unitText(value);
        if (text === undefined) return;
        const doc = readUnit(`[Unit]\nDescription=${text}\nAfter=a\n`);
        expect(doc.errors).toEqual([]);
        expect(doc.settings).toHaveLength(2);
        expect(plainUnitText(doc.settings[0]!.value)).toBe(value);
      }),
      { numRuns: 1000 },
    );
    expect(unitText('a\\\\')).toBe('a\\\\');
    for (const value of ['', ' a', 'a\\', 'a\nb', 'a\rb']) expect(unitText(value)).toBeUndefined();
  });
});

describe.runIf(hasTool('systemd-analyze'))('systemd-analyze verify', () => {
  const verify = (unit: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'unit-'));
    try {
      const file = join(folder, 'offsite-test.service');
      writeFileSync(file, unit);
      return spawnSync('systemd-analyze', ['verify', '--man=no', '--recursive-errors=no', file], {
        encoding: 'utf8',
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
  const words = [
    'a b',
    "it's",
    '"',
    '\\',
    '%',
    '%q',
    '$HOME',
    '${X',
    ';',
    '',
    '\n\r\t\x01\x7f',
    '\u0085\u2028',
    '-x',
    '#',
  ];

  it('finds nothing wrong with quoted words', () => {
    const line = words.map(word => execWord(word)).join(' ');
    const done = verify(
      `[Unit]\nDescription=${unitText('50% "x" \\ #')}\n[Service]\nType=oneshot\nExecStart=/bin/true ${line}\n`,
    );
    expect(done.stderr + done.stdout).toBe('');
    expect(done.status).toBe(0);
  });

  it.each(['"a', '%Q', '\\q'])('refuses %s as the reader does', word => {
    const unit = `[Service]\nType=oneshot\nExecStart=/bin/true ${word}\n`;
    expect(verify(unit).stderr).not.toBe('');
    expect(readUnit(unit).errors).toHaveLength(1);
  });
});
