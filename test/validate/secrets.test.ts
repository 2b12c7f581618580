import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { formatHuman } from '../../src/diagnostics/format/human.ts';
import { linesOf } from '../../src/diagnostics/lines.ts';
import { locateAll } from '../../src/diagnostics/locate.ts';
import { parseTopology } from '../../src/load/parse.ts';
import { refChain, type Schema } from '../../src/validate/schema.ts';
import { PUBLIC_FIELDS } from '../../src/validate/secrets.ts';
import { check } from './harness.ts';

const schema: Schema = {
  type: 'object',
  additionalProperties: { type: 'string' },
  properties: {
    public_key: { type: 'string', 'x-public-key': true },
    secret: { type: 'string', pattern: '^[a-z-]+$', 'x-secret-ref': true },
    uuid: { type: 'string' },
  },
};

// Samples are put together here, so that no scanner takes this file for a leak.
const base64 = `${'kJ3VZfLVXrsVAQNQhsuhJ5tQG6WmZSkZVPq8pmkTZ1g'}=`;
const uuid = 'b1a2c3d4-1111-2222-3333-444455556666';
const pem = ['-----BEGIN OPENSSH', 'PRIVATE KEY-----'].join(' ');
const aws = 'wJalrXUtnFEMI/K7MDENG' + '/bPxRfiCYzzzzzz1234';

test.each([
  ['a WireGuard key', `a: "${base64}"`, base64],
  ['a token in the secret of an account', `secret: ${uuid}`, uuid],
  ['a token with its secret', `a: root@pam!sync=${uuid}`, uuid],
  ['a token in a comment', `a: b # root@pam!sync:${uuid}`, uuid],
  ['a PEM key', `a: |\n  ${pem}\n  abcdef\n  -----END OPENSSH PRIVATE KEY-----\n`, 'abcdef'],
  ['an age key', `a: ${'AGE-SECRET'}-KEY-1${'Q'.repeat(58)}`, 'QQQQ'],
  ['an age key in letters of any kind', `a: ${'Age-Secret'}-Key-1${'Qq'.repeat(29)}`, 'QqQq'],
  ['an S3 secret', `a: ${aws}`, aws],
  ['a URL with a password', 'a: smtp://user:hunter2@mail.example.com', 'hunter2'],
  [
    'a URL of Slack',
    `a: https://${'hooks.slack'}.com/services/T0AAAAAAA/B0BBBBBBB/${'x1'.repeat(12)}`,
    'x1x1',
  ],
  [
    'a URL of Discord',
    `a: https://${'discord'}.com/api/webhooks/123456789012345678/${'x_-1'.repeat(17)}`,
    'x_-1',
  ],
  [
    'a URL of Teams',
    `a: https://firm.${'webhook.office'}.com/webhookb2/${uuid}@${uuid}/IncomingWebhook/x1x1`,
    'x1x1',
  ],
  [
    'a URL of Telegram',
    `a: https://${'api.telegram'}.org/bot123456789%3A${'x1'.repeat(17)}/sendMessage`,
    'x1x1',
  ],
  ['a password hash', `a: "$6$saltsalt$${'x'.repeat(20)}"`, 'saltsalt'],
])('refuses %s and never shows it', async (_, text, hidden) => {
  const { diagnostics } = await check(schema, text);
  expect(diagnostics.map(({ code }) => code)).toEqual(['secret-in-topology']);
  const located = locateAll(diagnostics, { file: 'f', text, index: parseTopology(text).document?.index });
  expect(formatHuman(located, { linesOf: () => linesOf(text), colour: false })).not.toContain(hidden);
});

test.each([
  ['a public key in its field', `public_key: "${base64}"`],
  ['the UUID of a file system', `uuid: ${uuid}`],
  ['the name of a secret', 'secret: pbs-home-sync'],
  ['a hexadecimal digest of 40 digits', `a: ${'0123456789abcdef'.repeat(3).slice(0, 40)}`],
  ['a path of 40 characters', `a: ${'/mnt/Datastore1/'.padEnd(40, 'abc')}`],
  ['a URL without password', 'a: https://user@example.com:8007/x'],
  ['a page about webhooks', 'a: https://discord.com/api/webhooks/help'],
  ['a token id', 'a: root@pam!sync'],
])('accepts %s', async (_, text) => {
  expect((await check(schema, text)).diagnostics).toEqual([]);
});

test('fields that are public by their name are so wherever the schema has them', () => {
  const root = JSON.parse(readFileSync('schema/topology.schema.json', 'utf8')) as Schema;
  const leadsToMark = (one: Schema): boolean =>
    refChain(root, one).some(
      part =>
        part['x-public-key'] === true ||
        [part.anyOf, part.oneOf, part.allOf].some(parts => parts?.some(leadsToMark)),
    );
  const marked = new Map<string, boolean>();
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [name, one] of Object.entries((node as Schema).properties ?? {})) {
      if (typeof one === 'object') marked.set(name, leadsToMark(one) && (marked.get(name) ?? true));
    }
    Object.values(node).forEach(walk);
  };
  walk(root);
  expect([...marked].flatMap(([name, isMarked]) => (isMarked ? [name] : [])).sort()).toEqual(PUBLIC_FIELDS);
});

test('a key among the properties of another program is not public by its name', async () => {
  const open: Schema = { type: 'object', additionalProperties: { type: 'object' } };
  const { diagnostics } = await check(open, `properties: { public_key: "${base64}" }`);
  expect(diagnostics.map(({ code }) => code)).toEqual(['secret-in-topology']);
});
