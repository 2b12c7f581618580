/**
 * iSCSI in user space: a target that answers on the storage network alone, as the NAS must be set up. The portal, the
 * target and the LUN are those of the rendered steps of the PBS.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compiledTopology, completeTopologies } from '../topologies/load.ts';
import { listening, type Machine, machineUnavailable, openMachine } from './machine.ts';

/** Another address of the NAS, on its management network. */
const MANAGEMENT = '10.10.10.30';
const RECORD = /iscsiadm -m node -T (\S+) -p ([\d.]+):(\d+),1 -I \S+ -o new/;

describe.skipIf(machineUnavailable('tgtd', 'tgtadm', 'iscsi-ls'))('a target', () => {
  let machine: Machine;
  let [target, portal] = ['', ''];

  const tgtadm = (...args: string[]) => machine.mustRun('tgtadm', '-C', '7', '--lld', 'iscsi', ...args);

  beforeAll(async () => {
    const [root] = completeTopologies;
    const files = root === undefined ? [] : ((await compiledTopology(root)).files ?? []);
    const steps = files.find(({ path }) => path === 'pbs-home/APPLY.md')?.text ?? '';
    const record = RECORD.exec(steps);
    [target, portal] = [record?.[1] ?? '', record?.[2] ?? ''];
    expect(record?.[3]).toBe('3260');
    machine = await openMachine([portal, MANAGEMENT]);
    await machine.mustRun('truncate', '--size=16M', '/srv/lun.img');
    await machine.start('tgtd', 'tgtd', '-f', '-C', '7', '--iscsi', `portal=${portal}:3260`);
    await listening(machine, portal, 3260);
    await tgtadm('--op', 'new', '--mode', 'target', '--tid', '1', '-T', target);
    await tgtadm('--op', 'new', '--mode', 'logicalunit', '--tid', '1', '--lun', '1', '-b', '/srv/lun.img');
    await tgtadm('--op', 'bind', '--mode', 'target', '--tid', '1', '-I', 'ALL');
  }, 30_000);
  afterAll(async () => {
    // It does not end while it has targets.
    await tgtadm('--op', 'delete', '--force', '--mode', 'target', '--tid', '1').catch(() => undefined);
    await machine?.close();
  });

  test('is found at the portal of the record, under its name', async () => {
    const listed = await machine.mustRun('iscsi-ls', '-s', `iscsi://${portal}:3260`);
    expect(listed).toContain(`Target:${target} Portal:${portal}:3260,1`);
    expect(listed).toMatch(/^Lun:1 +Type:DIRECT_ACCESS/m);
  });
  test('does not answer on another network', async () => {
    const { status, stdout } = await machine.run('iscsi-ls', `iscsi://${MANAGEMENT}:3260`);
    expect(status).not.toBe(0);
    expect(stdout).not.toContain(target);
  });
  test('names no other portal: discovery would make no record for another network', async () => {
    const listed = await machine.mustRun('iscsi-ls', `iscsi://${portal}:3260`);
    expect([...listed.matchAll(/Portal:([\d.]+):/g)].map(([, address]) => address)).toEqual([portal]);
  });
  test('bound to all networks it would answer there too', async () => {
    await machine.mustRun(
      'tgtadm',
      '-C',
      '7',
      '--op',
      'new',
      '--mode',
      'portal',
      '--param',
      `portal=${MANAGEMENT}:3260`,
    );
    expect(await machine.mustRun('iscsi-ls', `iscsi://${MANAGEMENT}:3260`)).toContain(target);
  });
});
