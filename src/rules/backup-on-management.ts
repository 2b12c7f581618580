import { addressOn, sourceOn } from '../analyses/flow-ends.ts';
import { type ViaUse, viaUses } from '../analyses/via-uses.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type { Vlan } from '../model/topology.ts';
import { groupBy } from '../multimap.ts';
import type { Rule } from './rule.ts';

export const backupOnManagement: Rule = {
  id: 'backup-on-management',
  severity: 'warning',
  summary: 'Backup, iSCSI or NFS traffic uses a management network.',
  why: 'A backup fills the link on which cluster, web interface and SSH live: corosync loses nodes, and nobody gets in to stop the job. And whoever reaches the storage protocol there reaches the administration, too.',
  fix: 'Give the hosts an interface on a VLAN of its own and name that in `via`.',
  example: {
    bad: 'storages: { pbs: { via: home/mgmt, … } }  # purpose: management',
    good: 'storages: { pbs: { via: home/storage, … } }',
  },
  *check({ topology }) {
    // A notification is a few bytes, and belongs to the administration.
    const managed = (use: ViaUse) => (use.what.startsWith('notification') ? undefined : managementVlan(use));
    for (const [vlan, crossing] of groupBy(viaUses(topology), managed)) {
      const [first, ...others] = crossing;
      if (first === undefined) continue;
      const rest = others.length > 0 ? ` and ${others.length} more` : '';
      yield {
        message: `${first.what}${rest} ${others.length > 0 ? 'use' : 'uses'} \`${vlan.ref}\`, a management network`,
        place: atValue(first.path),
        related: [
          { message: 'its purpose', place: atValue([...vlan.path, 'purpose']) },
          ...others
            .slice(0, 8)
            .map(({ what, path }) => ({ message: `so does ${what}`, place: atValue(path) })),
        ],
        help: 'use a VLAN of its own for backups and storage',
      };
    }
  },
};

/** The management VLAN on which the traffic starts or ends. */
function managementVlan({ via, clients, server }: ViaUse): Vlan | undefined {
  if (via.kind === 'vlan') {
    if (via.vlan.spec.purpose === 'management') return via.vlan;
    if (via.vlan.routedFrom.length === 0) return undefined;
    const routed = clients.flatMap(client => sourceOn(client, via)?.nic?.vlan ?? []);
    return routed.find(({ spec }) => spec.purpose === 'management');
  }
  if (via.kind !== 'tunnel') return undefined;
  for (const host of [clients[0], server]) {
    const vlan = host && addressOn(host, via)?.nic?.vlan;
    if (vlan?.spec.purpose === 'management') return vlan;
  }
  return undefined;
}
