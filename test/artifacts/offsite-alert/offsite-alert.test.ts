import { expect, test } from 'vitest';
import { KINDS } from '../../../src/artifacts/kinds.ts';
import { compiledTopology, completeTopologies } from '../../topologies/load.ts';

const topology = completeTopologies.find(({ name }) => name === 'states-and-windows');

test('one template unit tells of every failure', async () => {
  const { files = [] } = await compiledTopology(topology!);
  expect(
    files.find(file => file.path === 'desktop/root/etc/systemd/system/offsite-alert@.service')?.text,
  ).toBe(
    `# Rendered by offsite.
[Unit]
Description=Says that %i has failed

[Service]
Type=oneshot
ExecStart=/usr/local/lib/offsite/alert %i
`,
  );
});

test('a unit that starts something else does not read back as meant', () => {
  const { facts } = KINDS.get('offsite-alert')!.read('[Service]\nExecStart=/bin/true\n');
  expect(facts.map(({ at, value }) => [at, value])).toEqual([['Service/ExecStart[0]', '/bin/true']]);
});
