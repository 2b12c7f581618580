import { describe, expect, test } from 'vitest';
import { bucketPolicy, type Grant } from '../../../src/artifacts/bucket-policy/policy.ts';
import { jsonFacts, readJson } from '../../../src/formats/json-file/read.ts';
import { estate, outcome } from '../unit-trigger/estate.ts';

const facts = (...grants: Grant[]): string[] => {
  const document = readJson(bucketPolicy('example-cold', grants));
  expect(document.errors).toEqual([]);
  return jsonFacts(document).map(
    ({ at, value }) => `${at.replace('/Statement/', '')} ${value.replaceAll('"', '')}`,
  );
};
const head = [
  '/Version 2012-10-17',
  '0/Effect Allow',
  '0/Action/0 s3:ListBucket',
  '0/Resource/0 arn:aws:s3:::example-cold',
];
const objects = (resource: string, ...actions: string[]): string[] => [
  '1/Effect Allow',
  ...actions.map((action, index) => `1/Action/${index} s3:${action}`),
  `1/Resource/0 arn:aws:s3:::example-cold/${resource}`,
];

test.each([
  ['copy', objects('a/b/*', 'AbortMultipartUpload', 'GetObject', 'ListMultipartUploadParts', 'PutObject')],
  [
    'sync',
    objects(
      'a/b/*',
      'AbortMultipartUpload',
      'DeleteObject',
      'GetObject',
      'ListMultipartUploadParts',
      'PutObject',
    ),
  ],
  ['datastore', objects('a/b/*', 'DeleteObject', 'GetObject', 'PutObject')],
] as const)('%s', (use, expected) => {
  expect(facts({ use, prefix: 'a/b' })).toEqual([...head, ...expected]);
});

test('uses of one prefix add up, the whole bucket is a prefix of its own', () => {
  const text = bucketPolicy('b', [
    { use: 'copy', prefix: '' },
    { use: 'datastore', prefix: '' },
    { use: 'copy', prefix: 'x' },
  ]);
  const { Statement } = JSON.parse(text) as { Statement: { Action: string[]; Resource: string[] }[] };
  expect(Statement.map(({ Resource }) => Resource[0])).toEqual([
    'arn:aws:s3:::b',
    'arn:aws:s3:::b/*',
    'arn:aws:s3:::b/x/*',
  ]);
  expect(Statement[1]?.Action).toContain('s3:DeleteObject');
  expect(Statement[2]?.Action).not.toContain('s3:DeleteObject');
});

describe('notes', () => {
  const flows = `up: { kind: rclone, from: local, to: cold-one:archive, account: s3, via: internet }
more: { kind: rclone, state: planned, from: local, to: cold-one, account: s3, via: internet, propagate_deletions: true }`;
  const datastore = (text: string): string =>
    text.replace(
      'main: { host: pbs, path: /mnt/datastore/main }',
      'main: { host: pbs, path: /cache, s3: { bucket: cold-one, account: s3 } }',
    );
  test('a copy cannot delete', () => {
    const { external } = outcome(estate(flows)).lowered;
    expect(external).toMatchObject([{ name: 'cold-one', title: 'Key s3 for bucket example-cold' }]);
    expect(external[0]?.blocks[0]?.text).not.toContain('Delete');
    expect(external[0]?.text.join(' ')).toContain('The key cannot delete.');
  });
  test('a datastore on the same key can, below its own name', () => {
    const { external } = outcome(estate(flows, datastore)).lowered;
    expect(external[0]?.blocks[0]?.text).toContain('arn:aws:s3:::example-cold/main/*');
    expect(external[0]?.text.join(' ')).toContain('The key can delete');
  });
  test('where who may write may delete a copy can, too', () => {
    const { external } = outcome(
      estate(flows, text =>
        text.replace(
          /provider: wasabi/,
          'provider: cloudflare, provider_id: 0123456789abcdef0123456789abcdef',
        ),
      ),
    ).lowered;
    const text = external[0]?.text.join(' ');
    expect(text).toContain('The key can delete');
    expect(text).toContain('R2 has no such policies');
    expect(text).not.toContain('cannot delete');
  });
  test('a key for everything', () => {
    const { external } = outcome(
      estate(flows, text => text.replace('secret: s3-cold', 'secret: s3-cold, scope: account')),
    ).lowered;
    expect(external[0]?.text.at(-1)).toContain('`scope: account`');
  });
});
