import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ACCESS_RULES } from '../../src/rules/access-rules.ts';
import { NETWORK_DESIGN_RULES } from '../../src/rules/network-design-rules.ts';
import { S3_RULES } from '../../src/rules/s3-rules.ts';
import { STORAGE_RULES } from '../../src/rules/storage-rules.ts';
import { judge } from './harness.ts';

it('the weak spots that the living example names come out as warnings', async () => {
  const text = readFileSync(new URL('../../topology.yaml', import.meta.url), 'utf8');
  const rules = [...ACCESS_RULES, ...STORAGE_RULES, ...S3_RULES, ...NETWORK_DESIGN_RULES];
  const { raw } = await judge(text, rules);
  expect(raw.filter(({ severity }) => severity === 'error')).toEqual([]);
  const found = raw.map(
    ({ code, place }) => `${code} ${place.kind === 'path' ? place.path.slice(0, 2).join('/') : ''}`,
  );
  expect(found).toEqual(
    expect.arrayContaining([
      // One pool for the guests, the PBS and its datastore, at both sites.
      'same-failure-domain datastores/backups',
      'same-failure-domain datastores/dc-main',
      'datastore-without-flow datastores/synology',
      'account-shared accounts/dc-backup',
      'key-beyond-bucket accounts/wasabi-pbs',
      'one-provider-account buckets/wasabi-pbs',
      // Archives of both sites in one directory.
      'guest-ids-overlap flows/nas-to-nas',
      'unencrypted-at-provider datastores/wasabi',
      'failure-unheard notifications/mail-dc',
    ]),
  );
});
