import { expect, test } from 'vitest';
import type { Schema } from '../../src/validate/schema.ts';
import { check, lines } from './harness.ts';

const schema = {
  $defs: {
    name: { type: 'string', pattern: '^[a-z]+$', 'x-hint': 'lower-case letters', maxLength: 8 },
    version: { type: 'string', pattern: '^[0-9.]+$', 'x-hint': 'a version', 'x-quote': true },
    duration: { type: 'string', pattern: '^[0-9]+m$', 'x-hint': 'minutes such as `45m`' },
    event: { type: 'string', 'x-hint': 'a time of day', 'x-quote': ':' },
    amount: { type: 'string', pattern: '^[0-9]+ [KMG]i?B$', 'x-hint': 'an amount' },
    pull: {
      type: 'object',
      additionalProperties: false,
      required: ['kind', 'from'],
      properties: {
        kind: { const: 'pull' },
        from: { $ref: '#/$defs/name' },
        takes: { $ref: '#/$defs/duration' },
      },
    },
    push: {
      type: 'object',
      additionalProperties: false,
      required: ['kind', 'to'],
      properties: { kind: { const: 'push' }, to: { $ref: '#/$defs/name' } },
    },
  },
  type: 'object',
  additionalProperties: false,
  properties: {
    vlan: { $ref: '#/$defs/name', description: 'VLAN of the interface.' },
    id: { type: 'integer', minimum: 1, maximum: 4094 },
    version: { $ref: '#/$defs/version' },
    takes: { $ref: '#/$defs/duration' },
    event: { $ref: '#/$defs/event' },
    amount: { $ref: '#/$defs/amount' },
    short: { type: 'string', pattern: '^[0-9]+$', minLength: 3, 'x-hint': 'three digits' },
    flag: { type: 'boolean' },
    mode: { type: 'string', enum: ['pull', 'push'] },
    list: { type: 'array', minItems: 1, items: { $ref: '#/$defs/name' } },
    hosts: {
      type: 'object',
      propertyNames: { $ref: '#/$defs/name' },
      additionalProperties: {
        type: 'object',
        required: ['vlan'],
        additionalProperties: false,
        properties: { vlan: { $ref: '#/$defs/name', description: 'VLAN of the interface.' } },
      },
    },
    flow: { oneOf: [{ $ref: '#/$defs/pull' }, { $ref: '#/$defs/push' }] },
    tagged: {
      type: 'object',
      required: ['kind'],
      discriminator: { propertyName: 'kind' },
      oneOf: [{ $ref: '#/$defs/pull' }, { $ref: '#/$defs/push' }],
    },
    key: { anyOf: [{ const: 'pending' }, { $ref: '#/$defs/name' }] },
    size: {
      anyOf: [
        { $ref: '#/$defs/duration' },
        { type: 'string', pattern: '^[0-9]+%$', 'x-hint': 'a percentage' },
      ],
    },
    held: { anyOf: [{ type: 'boolean' }, { $ref: '#/$defs/duration' }] },
    format: { const: 1 },
    numbers: { type: 'array', items: { type: 'integer' } },
    job: {
      type: 'object',
      required: ['at'],
      properties: { at: { $ref: '#/$defs/event' }, depth: { type: 'integer' } },
    },
    part: { type: 'string', pattern: '^[0-9]+%$', 'x-hint': 'a percentage' },
    path: { type: 'string', pattern: '^(/[a-z]+)+$', 'x-hint': 'a path' },
    words: { type: 'string', pattern: '^[a-z0-9]+$', 'x-hint': 'a word' },
    unit: { type: 'string', maxLength: 5, 'x-hint': 'a word' },
    many: { anyOf: [{ $ref: '#/$defs/name' }, { type: 'array', items: { $ref: '#/$defs/name' } }] },
    net: {
      type: 'object',
      anyOf: [{ required: ['a'] }, { required: ['b'] }],
      properties: { a: { type: 'integer' }, b: { type: 'integer' } },
    },
    only: {
      type: 'object',
      oneOf: [{ required: ['a'] }, { required: ['b'] }],
      properties: { a: { type: 'integer' }, b: { type: 'integer' } },
    },
  },
} as const satisfies Schema;

test.each([
  [
    'valn: mgmt',
    [
      '1:1 unknown-key unknown key "valn" in the topology | did you mean "vlan"? allowed here: amount, event, flag, flow, format, held, hosts, id, job, key, list, many, mode, net, numbers, only, part, path, short, size, tagged, takes, unit, version, vlan, words',
    ],
  ],
  [
    'version: 4.10',
    [
      '1:10 wrong-type "version" must be text, not the number 4.10 | quote it: "4.10" (YAML reads 4.10 as the number 4.1)',
    ],
  ],
  ['version: 4', ['1:10 wrong-type "version" must be text, not the number 4 | quote it: "4"']],
  ['event: 9', ['1:8 wrong-type "event" must be text, not the number 9 | allowed: a time of day']],
  ['short: 9', ['1:8 wrong-type "short" must be text, not the number 9 | allowed: three digits']],
  ['short: 999', ['1:8 wrong-type "short" must be text, not the number 999 | quote it: "999"']],
  ['mode: 1', ['1:7 wrong-type "mode" must be text, not the number 1 | allowed: "pull", "push"']],
  [
    'mode: PULL',
    ['1:7 invalid-value "PULL" is not allowed for "mode" | did you mean "pull"? allowed: "pull", "push"'],
  ],
  [
    'key: Pendng',
    [
      '1:6 invalid-value "Pendng" is not valid for "key" | did you mean "pending"? allowed: lower-case letters',
    ],
  ],
  [
    'amount: 200 gb',
    ['1:9 invalid-value "200 gb" is not valid for "amount" | did you mean "200 GB"? allowed: an amount'],
  ],
  [
    'amount: 200G',
    [
      '1:9 invalid-value "200G" is not valid for "amount" | did you mean "200 GiB" or "200 GB"? allowed: an amount',
    ],
  ],
  [
    'takes: 5 minutes',
    [
      '1:8 invalid-value "5 minutes" is not valid for "takes" | did you mean "5m"? allowed: minutes such as `45m`',
    ],
  ],
  ['takes: soon', ['1:8 invalid-value "soon" is not valid for "takes" | allowed: minutes such as `45m`']],
  ['takes: 45', ['1:8 wrong-type "takes" must be text, not the number 45 | allowed: minutes such as `45m`']],
  ['vlan:', ['1:1 wrong-type "vlan" has no value | allowed: lower-case letters']],
  [
    'vlan: [a]',
    ['1:7 wrong-type "vlan" must be text, not a list | write it without [ ]: a; allowed: lower-case letters'],
  ],
  [
    'id: "10"',
    ['1:5 wrong-type "id" must be a whole number, not the text "10" | write it without quotes: 10'],
  ],
  ['id: 5000', ['1:5 invalid-value "id" must be at most 4094, not 5000 | allowed: 1 to 4094']],
  ['flag: yes', ['1:7 wrong-type "flag" must be true or false, not the text "yes" | write true']],
  [
    'held: yes',
    [
      '1:7 invalid-value "yes" is not valid for "held" | did you mean true? allowed: true or false or minutes such as `45m`',
    ],
  ],
  [
    `unit: ${'u'.repeat(9)}`,
    [
      '1:7 invalid-value "uuuuuuuuu" is not valid for "unit" | it has 9 characters, and at most 5 are taken; allowed: a word',
    ],
  ],
  ['format: "1"', ['1:9 invalid-value "1" is not allowed for "format" | write it without quotes: 1']],
  [
    'mode: pul',
    ['1:7 invalid-value "pul" is not allowed for "mode" | did you mean "pull"? allowed: "pull", "push"'],
  ],
  ['list: []', ['1:7 invalid-value "list" must not be empty']],
  [
    'list: [a, B]',
    [
      '1:11 invalid-value "B" is not valid for item 2 of "list" | did you mean "b"? allowed: lower-case letters',
    ],
  ],
  // Too long and badly formed is one mistake.
  [
    'vlan: MUCH-TOO-LONG',
    [
      '1:7 invalid-value "MUCH-TOO-LONG" is not valid for "vlan" | it has 13 characters, and at most 8 are taken; allowed: lower-case letters',
    ],
  ],
  [
    'hosts: { Bad: { vlan: a } }',
    [
      '1:10 invalid-name "Bad" is not a valid name in "hosts" | did you mean "bad"? allowed: lower-case letters',
    ],
  ],
  ['hosts: { a: {} }', ['1:10 missing-key the key "vlan" is missing in "a" | vlan: VLAN of the interface.']],
  // A misspelled key is one mistake, although the right one is missing.
  [
    'hosts: { a: { valn: b } }',
    ['1:15 unknown-key unknown key "valn" in "a" | did you mean "vlan"? allowed here: vlan'],
  ],
  [
    'flow: { kind: pull, from: a, too: b }',
    ['1:30 unknown-key unknown key "too" in "flow" for kind "pull" | allowed here: from, kind, takes'],
  ],
  [
    'flow: { kind: pull, from: B }',
    ['1:27 invalid-value "B" is not valid for "from" | did you mean "b"? allowed: lower-case letters'],
  ],
  ['flow: { kind: push }', ['1:1 missing-key the key "to" is missing in "flow"']],
  [
    'flow: { kind: pul }',
    ['1:15 invalid-value "pul" is not allowed for "kind" | did you mean "pull"? allowed: pull, push'],
  ],
  [
    'flow: { knd: pull }',
    ['1:1 missing-key the key "kind" is missing in "flow" | is "knd" misspelled? allowed: pull, push'],
  ],
  [
    'flow: 1',
    [
      '1:7 wrong-type "flow" must be a map of keys, not the number 1 | write its keys below it, indented deeper, or in { }; allowed here: from, kind, takes, to',
    ],
  ],
  // The same in the shape that is wanted.
  ['list: a', ['1:7 wrong-type "list" must be a list, not the text "a" | write [a]']],
  ['list: a, b', ['1:7 wrong-type "list" must be a list, not the text "a, b" | write [a, b]']],
  [
    'list: A',
    [
      '1:7 wrong-type "list" must be a list, not the text "A" | write its items in [ ], or each on a line of its own behind "- "',
    ],
  ],
  [
    'list: {}',
    [
      '1:7 wrong-type "list" must be a list, not a map of keys | write its items in [ ], or each on a line of its own behind "- "',
    ],
  ],
  ['numbers: 1, 2', ['1:10 wrong-type "numbers" must be a list, not the text "1, 2" | write [1, 2]']],
  ['numbers: 1', ['1:10 wrong-type "numbers" must be a list, not the number 1 | write [1]']],
  [
    'job: sat',
    [
      '1:6 wrong-type "job" must be a map of keys, not the text "sat" | write { at: "sat" }; allowed here: at, depth',
    ],
  ],
  [
    'job:',
    [
      '1:1 wrong-type "job" has no value | write its keys below it, indented deeper, or in { }; allowed here: at, depth',
    ],
  ],
  [
    'id: 10px',
    ['1:5 wrong-type "id" must be a whole number, not the text "10px" | write it without a unit: 10'],
  ],
  ['id: ten', ['1:5 wrong-type "id" must be a whole number, not the text "ten" | allowed: a whole number']],
  [
    'part: 80',
    ['1:7 wrong-type "part" must be text, not the number 80 | did you mean 80%? allowed: a percentage'],
  ],
  [
    'list: [a b]',
    [
      '1:8 invalid-value "a b" is not valid for item 1 of "list" | a comma is missing: write a, b; allowed: lower-case letters',
    ],
  ],
  // Otherwise spelt.
  [
    'path: /mnt/a/',
    ['1:7 invalid-value "/mnt/a/" is not valid for "path" | did you mean "/mnt/a"? allowed: a path'],
  ],
  [
    'path: mnt/a',
    ['1:7 invalid-value "mnt/a" is not valid for "path" | did you mean "/mnt/a"? allowed: a path'],
  ],
  [
    'version: v4.1',
    ['1:10 invalid-value "v4.1" is not valid for "version" | did you mean "4.1"? allowed: a version'],
  ],
  [
    'version: “4.1”',
    ['1:10 invalid-value "“4.1”" is not valid for "version" | did you mean "4.1"? allowed: a version'],
  ],
  ['words: a 1b', ['1:8 invalid-value "a 1b" is not valid for "words" | allowed: a word']],
  [
    'tagged: { kind: pull, from: B }',
    ['1:29 invalid-value "B" is not valid for "from" | did you mean "b"? allowed: lower-case letters'],
  ],
  [
    'tagged: { kind: pul }',
    ['1:17 invalid-value "pul" is not allowed for "kind" | did you mean "pull"? allowed: pull, push'],
  ],
  ['tagged: { from: a }', ['1:1 missing-key the key "kind" is missing in "tagged" | allowed: pull, push']],
  [
    'key: Pendin',
    [
      '1:6 invalid-value "Pendin" is not valid for "key" | did you mean "pending"? allowed: lower-case letters',
    ],
  ],
  [
    'size: x',
    ['1:7 invalid-value "x" is not valid for "size" | allowed: minutes such as `45m`; or a percentage'],
  ],
  [
    'many: [A]',
    [
      '1:8 invalid-value "A" is not valid for item 1 of "many" | did you mean "a"? allowed: lower-case letters',
    ],
  ],
  [
    'many: A',
    ['1:7 invalid-value "A" is not valid for "many" | did you mean "a"? allowed: lower-case letters'],
  ],
  ['many: true', ['1:7 wrong-type "many" must be text or a list, not true | quote it: "true"']],
  ['net: {}', ['1:1 missing-key "net" needs one of the keys "a", "b"']],
  [
    'only: { a: 1, b: 2 }',
    ['1:15 conflicting-keys "only" can have only one of the keys "a", "b" | remove all but one of them'],
  ],
  ['__proto__: 1', [expect.stringContaining('unknown-key unknown key "__proto__"')]],
])('%s', async (text, expected) => {
  const { diagnostics } = await check(schema, text);
  expect(lines(text, diagnostics)).toEqual(expected);
});

test('several mistakes are all reported', async () => {
  const text = 'valn: a\nid: 0\nhosts:\n  a: {}\n  B: { vlan: c }\n';
  expect(
    lines(text, (await check(schema, text)).diagnostics).map(line => line.split(' ', 2).join(' ')),
  ).toEqual(['1:1 unknown-key', '2:5 invalid-value', '4:3 missing-key', '5:3 invalid-name']);
});

test('what fails is left out, the rest is given on', async () => {
  const { data, poisoned } = await check(schema, 'id: 1\nhosts:\n  a: {}\n  b: { vlan: c }\n');
  expect(data).toEqual({ id: 1, hosts: { b: { vlan: 'c' } } });
  expect(poisoned).toEqual([['hosts', 'a']]);
});

test('a valid document is given on as it is', async () => {
  expect(await check(schema, 'vlan: mgmt')).toEqual({
    data: { vlan: 'mgmt' },
    diagnostics: [],
    poisoned: [],
    valuesIn: expect.any(Function),
  });
});

test('a value whose alias is unknown is not judged again', async () => {
  const { data, diagnostics, poisoned } = await check(schema, 'id: 1\nvlan: *x\n');
  expect({ data, diagnostics, poisoned }).toEqual({ data: { id: 1 }, diagnostics: [], poisoned: [['vlan']] });
});

test('a map whose merge is refused lacks nothing for sure', async () => {
  const text = 'hosts: { a: { <<: *x }, b: { <<: [*y] }, c: {} }\n';
  const { diagnostics, poisoned } = await check(schema, text);
  expect(lines(text, diagnostics)).toEqual([
    '1:42 missing-key the key "vlan" is missing in "c" | vlan: VLAN of the interface.',
  ]);
  expect(poisoned).toHaveLength(3);
});

test('a key that many maps take from one place is unknown once', async () => {
  const text = 'hosts:\n  a: &a\n    vlan: x\n    mtu: 1\n  b: *a\n  c: { <<: *a, vlan: y }\n';
  const { diagnostics, poisoned } = await check(schema, text);
  expect(lines(text, diagnostics)).toEqual(['4:5 unknown-key unknown key "mtu" in "a" | allowed here: vlan']);
  expect(poisoned).toEqual(
    expect.arrayContaining([
      ['hosts', 'a'],
      ['hosts', 'b'],
      ['hosts', 'c'],
    ]),
  );
});
