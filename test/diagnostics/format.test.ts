import { describe, expect, test } from 'vitest';
import { atKey, atValue, type Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { formatGithub } from '../../src/diagnostics/format/github.ts';
import { formatHuman } from '../../src/diagnostics/format/human.ts';
import { formatJson } from '../../src/diagnostics/format/json.ts';
import { formatMarkdown } from '../../src/diagnostics/format/markdown.ts';
import { linesOf } from '../../src/diagnostics/lines.ts';
import { locateAll } from '../../src/diagnostics/locate.ts';
import { parseTopology } from '../../src/load/parse.ts';

const TEXT = 'a: 1\nhosts:\n  x: { vlan: "bad" }\n  y: 2\nz: 3\nlast: 4\n';
const one: Diagnostic = {
  code: 'some-code',
  severity: 'error',
  message: 'the value "bad" is not good',
  place: atValue(['hosts', 'x', 'vlan']),
  related: [{ message: 'see here', place: atKey(['a']) }],
  help: 'make it good',
};
const located = (diagnostics: readonly Diagnostic[], text = TEXT, file = 't.yaml') =>
  locateAll(diagnostics, { file, text, index: parseTopology(text).document?.index });
const human = (diagnostics: readonly Diagnostic[], text = TEXT, options = {}) =>
  formatHuman(located(diagnostics, text), { linesOf: () => linesOf(text), colour: false, ...options });

describe('human', () => {
  test('place, code, frame, related places, help, total', () => {
    expect(human([one])).toBe(
      [
        't.yaml:3:14: error: the value "bad" is not good [some-code]',
        '  1 | a: 1',
        '  2 | hosts:',
        '  3 |   x: { vlan: "bad" }',
        '    |              ^^^^^',
        '  4 |   y: 2',
        '  5 | z: 3',
        '  t.yaml:1:1: see here',
        '  help: make it good',
        '',
        '1 error',
        '',
      ].join('\n'),
    );
  });

  test('sorts by place and says the same thing once', () => {
    const other: Diagnostic = { code: 'b', severity: 'info', message: 'm', place: atKey(['a']) };
    expect(located([one, other, one]).map(({ code }) => code)).toEqual(['b', 'some-code']);
  });

  test('stops at the limit and says how many are left', () => {
    const many = Array.from({ length: 5 }, (_, i) => ({ ...one, message: `m${i}` }));
    const text = human(many, TEXT, { limit: 3 });
    expect(text).toContain('2 more diagnostics are not shown');
    expect(text).toContain('5 errors');
    expect(text).not.toContain('m3');
  });

  test('of too many the most severe are shown, in their order', () => {
    const found = [
      ...Array.from({ length: 4 }, (_, i) => ({ ...one, severity: 'info' as const, message: `note${i}.` })),
      { ...one, severity: 'warning' as const, message: 'doubt.', place: atKey(['last']) },
      { ...one, message: 'wrong.', place: atKey(['z']) },
    ];
    const shown = [human(found, TEXT, { limit: 3 }), formatGithub(located(found), { limit: 3 })];
    for (const text of [...shown, formatMarkdown(located(found), { limit: 3 })]) {
      expect(text.match(/note\d|doubt|wrong/g)?.sort()).toEqual(['doubt', 'note0', 'wrong']);
      expect(text).toContain('3 more');
    }
    for (const text of shown) expect(text.match(/note\d|doubt|wrong/g)).toEqual(['note0', 'wrong', 'doubt']);
  });

  test('a backtick in a value opens no code in Markdown', () => {
    const message = (text: string): string => formatMarkdown(located([{ ...one, message: text }]));
    expect(message('no network is named `a`<img src=x> [click](y)`')).toContain(
      'no network is named \\`a\\`\\<img src=x\\> \\[click\\](y)\\`',
    );
    expect(message('`a*b` is @not* good')).toContain('`a*b` is \\@not\\* good');
  });

  test('colour only when asked for', () => {
    expect(human([one])).not.toContain('\x1b');
    expect(human([one], TEXT, { colour: true })).toContain('\x1b[');
  });

  test('control characters never reach the terminal', () => {
    const message = 'bad \x1b[2J\u0007\n\u202e value';
    expect(human([{ ...one, message }])).toContain('bad \\u001b[2J\\u0007\\u000a\\u202e value');
  });

  test('a secret is shown in no frame', () => {
    const secret: Diagnostic = { ...one, code: 'secret', secret: true };
    const neighbour: Diagnostic = { ...one, place: atKey(['hosts', 'y']), message: 'other' };
    const text = human([{ ...secret, message: 'hidden' }, neighbour]);
    expect(text).not.toContain('"bad"');
    expect(text.match(/·····/g)).toHaveLength(2);
  });
});

test('json is the documented object', () => {
  expect(JSON.parse(formatJson(located([one])))).toEqual({
    version: 1,
    diagnostics: [
      {
        code: 'some-code',
        severity: 'error',
        message: 'the value "bad" is not good',
        file: 't.yaml',
        line: 3,
        column: 14,
        endLine: 3,
        endColumn: 19,
        path: ['hosts', 'x', 'vlan'],
        related: [{ message: 'see here', file: 't.yaml', line: 1, column: 1, endLine: 1, endColumn: 2 }],
        help: 'make it good',
      },
    ],
    summary: { errors: 1, warnings: 0, infos: 0, omitted: 0 },
  });
});

describe('github', () => {
  test('one workflow command for each diagnostic', () => {
    expect(formatGithub(located([one]))).toBe(
      '::error file=t.yaml,line=3,endLine=3,col=14,endColumn=18,title=some-code::the value "bad" is not good%0At.yaml:1: see here%0Ahelp: make it good\n',
    );
  });

  test('nothing in a name or message can start a command or a property', () => {
    const hostile: Diagnostic = { ...one, message: '100%\r\n::set-env x', related: [], help: '' };
    const text = formatGithub(located([hostile], TEXT, 'a:b,c%.yaml'));
    expect(text).toContain('file=a%3Ab%2Cc%25.yaml,');
    expect(text).toContain('::100%25\\u000d\\u000a::set-env x');
    expect(text.trimEnd().split(/\r|\n/)).toHaveLength(1);
  });

  test('a stretch of several lines has no columns', () => {
    expect(formatGithub(located([{ ...one, place: atValue(['hosts']) }]))).not.toContain('col=');
  });
});
