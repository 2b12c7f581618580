import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

export const vlanIdInName: Rule = {
  id: 'vlan-id-in-name',
  severity: 'warning',
  summary: 'The name of a VLAN interface ends in another id than that of its VLAN.',
  why: 'Linux and BSD take the id from such a name: the interface is in another VLAN than the one that is declared, and what is proved about its traffic does not hold.',
  fix: 'Correct the name of the interface or the id of the VLAN, whichever is wrong.',
  example: {
    bad: 'vlans: { backup: { id: 20, … } }\nnics: { eno1.21: { kind: vlan, vlan: backup, … } }',
    good: 'nics: { eno1.20: { kind: vlan, vlan: backup, … } }',
  },
  *check({ topology }) {
    for (const host of topology.hosts.values()) {
      if (host.state === 'retired') continue;
      for (const { key, path, spec, vlan } of host.nics.values()) {
        const id = spec.kind === 'vlan' ? /\.([0-9]{1,4})$/.exec(key)?.[1] : undefined;
        if (id === undefined || vlan?.spec.id === undefined || Number(id) === vlan.spec.id) continue;
        yield {
          message: `by its name \`${host.key}/${key}\` is in VLAN ${Number(id)}, and \`${vlan.ref}\` has id ${vlan.spec.id}`,
          place: atKey(path),
          related: [{ message: 'the VLAN', place: atValue([...vlan.path, 'id']) }],
          help: 'correct the name or the id, whichever is wrong',
        };
      }
    }
  },
};
