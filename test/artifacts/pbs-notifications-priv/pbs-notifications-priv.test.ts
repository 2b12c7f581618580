import { expect, test } from 'vitest';
import { KINDS } from '../../../src/artifacts/kinds.ts';
import { compiledTopology, completeTopologies } from '../../topologies/load.ts';

const topology = completeTopologies.find(({ name }) => name === 'states-and-windows');

test('every target with a login has a section; a secret is a placeholder', async () => {
  const { files = [] } = await compiledTopology(topology!);
  expect(
    files.find(file => file.path === 'pbs-farm/fill/etc/proxmox-backup/notifications-priv.cfg')?.text,
  ).toBe(
    'smtp: smtp\n\tpassword @@offsite:mail-smtp:plain@@\n\nwebhook: webhook\n\tsecret name=token,value=@@offsite:hook-token:base64@@\n',
  );
});

test('a host without secrets has an empty file, so that an old one is replaced', async () => {
  const { files = [] } = await compiledTopology(topology!);
  expect(
    files.find(file => file.path === 'pbs-town/root/etc/proxmox-backup/notifications-priv.cfg')?.text,
  ).toBe('');
});

test('a section that PBS does not know is refused', () => {
  expect(KINDS.get('pbs-notifications-priv')!.read('mail: x\n\tpassword y\n').errors).not.toEqual([]);
});
