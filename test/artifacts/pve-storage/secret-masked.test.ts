/** A secret pasted under `properties:` is refused, and no frame shows it. */
import { expect, test } from 'vitest';
import { compile } from '../../../src/compile.ts';
import { formatHuman } from '../../../src/diagnostics/format/human.ts';
import { linesOf } from '../../../src/diagnostics/lines.ts';
import { locateAll } from '../../../src/diagnostics/locate.ts';

test('neither the message nor the code frame repeats it', async () => {
  const text = `offsite: 1
sites: { a: { timezone: UTC, vlans: { lan: { subnet: 10.0.0.0/24, gateway: 10.0.0.1 } } } }
hosts:
  pve: { site: a, roles: { pve: "9.1" }, nics: { e0: { vlan: lan, address: 10.0.0.2, default_route: true } } }
storages:
  nas: { cluster: pve, type: nfs, properties: { server: 10.0.0.9, export: /x, password: hunter2secret } }
`;
  const { diagnostics, source } = await compile({ bytes: Buffer.from(text), file: 't.yaml' });
  const located = locateAll(diagnostics, source).filter(one => one.code === 'property-modelled');
  expect(located).toHaveLength(1);
  const shown = formatHuman(located, { linesOf: () => linesOf(text), colour: false });
  expect(shown).toContain('password: ·');
  expect(shown).not.toContain('hunter2');
});
