/** The rendered reload of a tunnel against the one of wg-quick@.service. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { mustRunIn, runIn } from './namespaces.ts';
import { reloadCommands } from './rendered.ts';
import { kernelUnavailable } from './requirements.ts';
import { faultsOf, verdictsIn } from './verdict.ts';
import { inWorld, type World } from './world.ts';

const TOPOLOGY = readFileSync(join(import.meta.dirname, '../../topology.yaml'), 'utf8');
const LIMIT_MS = 120_000;
const INTERFACE = 'wgbackup';
const DROP_IN = `root/etc/systemd/system/wg-quick@${INTERFACE}.service.d/offsite.conf`;
const PULL = 'flow home-to-dc: pbs-dc → pbs-home';

async function reload({ files, host }: World, gateway: string): Promise<void> {
  const commands = reloadCommands(files.get(`${gateway}/${DROP_IN}`) ?? '', INTERFACE);
  expect(commands.length).toBeGreaterThan(0);
  for (const command of commands) await mustRunIn(host(gateway), command);
}

/** What `systemctl reload wg-quick@` does without the drop-in. */
const nakedReload = ({ host }: World, gateway: string) =>
  runIn(host(gateway), ['bash', '-c', `exec wg syncconf ${INTERFACE} <(wg-quick strip ${INTERFACE})`]);

const handshakes = ({ host }: World, gateway: string): Promise<string> =>
  mustRunIn(host(gateway), ['wg', 'show', INTERFACE, 'latest-handshakes']);

describe.skipIf(kernelUnavailable())('reload of a tunnel', () => {
  test('the rendered command keeps the tunnel, the one of the unit kills it and says nothing', {
    timeout: LIMIT_MS,
  }, async () => {
    await inWorld(TOPOLOGY, {}, async world => {
      const before = await handshakes(world, 'gw-dc');
      const pull = { address: '10.10.30.20', port: 8007, up: 0, down: 30_000_000, patience: 2000 };
      const moving = world.transfer('pbs-dc', pull);
      for (const gateway of ['gw-dc', 'gw-home', 'gw-dc']) await reload(world, gateway);
      expect(await moving).toMatchObject({ received: pull.down });
      expect(await handshakes(world, 'gw-dc')).toBe(before);
      expect(faultsOf(await verdictsIn(world))).toEqual([]);

      expect(await nakedReload(world, 'gw-dc')).toMatchObject({ status: 0, stderr: '' });
      expect(faultsOf(await verdictsIn(world))).toContain(`${PULL}: forward no-answer`);
    });
  });

  test('a changed file takes effect', { timeout: LIMIT_MS }, async () => {
    const path = `gw-home/root/etc/wireguard/${INTERFACE}.conf`;
    let whole = '';
    const edit = (file: string, text: string): string => {
      if (file !== path) return text;
      whole = text;
      return text.replace(', 10.20.30.0/24', '');
    };
    await inWorld(TOPOLOGY, { edit }, async world => {
      expect(faultsOf(await verdictsIn(world))).toContain(`${PULL}: forward no-answer`);
      writeFileSync(join(world.host('gw-home').root, `etc/wireguard/${INTERFACE}.conf`), whole);
      await reload(world, 'gw-home');
      expect(faultsOf(await verdictsIn(world))).toEqual([]);
    });
  });
});
