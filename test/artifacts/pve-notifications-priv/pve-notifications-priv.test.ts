import { expect, test } from 'vitest';
import { KINDS } from '../../../src/artifacts/kinds.ts';
import { compiledTopology, completeTopologies } from '../../topologies/load.ts';

const topology = completeTopologies.find(({ name }) => name === 'states-and-windows');

test('the secrets of the targets of a cluster', async () => {
  const { files = [] } = await compiledTopology(topology!);
  const text = files.find(file => file.path === 'pve-farm/fill/etc/pve/priv/notifications.cfg')?.text ?? '';
  const { facts, errors } = KINDS.get('pve-notifications-priv')!.read(text);
  expect(errors).toEqual([]);
  expect(facts.filter(({ at }) => !at.includes('/')).map(({ at }) => at)).toEqual([
    'gotify: gotify',
    'webhook: webhook',
  ]);
  expect(text).toContain('@@offsite:');
});
