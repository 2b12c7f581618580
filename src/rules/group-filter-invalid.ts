import { atValue } from '../diagnostics/diagnostic.ts';
import { parseGroupFilter } from '../proxmox/group-filter.ts';
import type { Finding, Rule } from './rule.ts';

export const groupFilterInvalid: Rule = {
  id: 'group-filter-invalid',
  severity: 'error',
  summary: 'A group filter of a sync is not one that PBS reads.',
  why: 'PBS refuses the whole `sync.cfg`: no sync of the host runs any more.',
  fix: 'Write `type:vm`, `group:vm/100` or `regex:EXPRESSION`, with `exclude:` in front to leave groups out.',
  example: { bad: 'groups: ["vm/100"]', good: 'groups: ["group:vm/100"]' },
  *check({ topology }) {
    for (const flow of topology.flows.values()) {
      if (flow.kind !== 'sync') continue;
      for (const [index, text] of (flow.spec.groups ?? []).entries()) {
        const fault = groupFilterFault(text);
        if (fault !== undefined) yield { ...fault, place: atValue([...flow.path, 'groups', index]) };
      }
    }
  },
};

export function groupFilterFault(text: string): Omit<Finding, 'place'> | undefined {
  const parsed = parseGroupFilter(text);
  if (parsed.ok) return undefined;
  const guess = /^(?:vm|ct|host)\//.test(text) ? `did you mean \`group:${text}\`? ` : '';
  return { message: `\`${text}\` is no group filter`, help: `${guess}${parsed.reason}` };
}
