import { expect, test } from 'vitest';
import { KINDS } from '../../../src/artifacts/kinds.ts';
import { compiledTopology, completeTopologies } from '../../topologies/load.ts';

const topology = completeTopologies.find(({ name }) => name === 'states-and-windows');

test('login and sender maps have one entry a line', async () => {
  const { files = [] } = await compiledTopology(topology!);
  const text = (path: string) => files.find(file => file.path === path)?.text;
  expect(text('pve-farm/fill/etc/postfix/sasl_passwd')).toBe(
    '# Rendered by offsite. Login at the relay.\n[smtp.example.org]:465 machines:@@offsite:mail-postfix:plain@@\n',
  );
  expect(text('pve-farm/root/etc/postfix/generic')).toBe(
    '# Rendered by offsite. Sender of mail that leaves this host.\nroot machines@example.org\n@pve-farm machines@example.org\n',
  );
});

test('a line that continues the one before is not an entry of its own', () => {
  const { facts } = KINDS.get('postfix-map')!.read('root a@example.org\n b@example.org\n');
  expect(facts).toHaveLength(1);
});
