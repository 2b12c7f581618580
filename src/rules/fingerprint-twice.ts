import { atValue } from '../diagnostics/diagnostic.ts';
import { repeated } from './group-by.ts';
import type { Rule } from './rule.ts';

export const fingerprintTwice: Rule = {
  id: 'fingerprint-twice',
  severity: 'warning',
  summary: 'Two servers have the same certificate fingerprint.',
  why: 'Most often one of the two was copied from the other line, and its clients refuse to connect. If it is true, the servers were cloned and share a private key: each can pass for the other.',
  fix: 'Read the fingerprint on each server (`proxmox-backup-manager cert info`); renew the certificate of a clone.',
  example: {
    bad: 'pbs-a: { api: { fingerprint: "1c:…:91" } }\npbs-b: { api: { fingerprint: "1c:…:91" } }',
  },
  *check({ topology }) {
    const hosts = [...topology.hosts.values()].filter(({ state }) => state !== 'retired');
    const known = (text: string | undefined) => (text === 'pending' ? undefined : text?.toLowerCase());
    for (const [first, again] of repeated(hosts, ({ spec }) => known(spec.api?.fingerprint))) {
      yield {
        message: `\`${first.key}\` and \`${again.key}\` have the same certificate fingerprint`,
        place: atValue([...again.path, 'api', 'fingerprint']),
        related: [{ message: 'the other server', place: atValue([...first.path, 'api', 'fingerprint']) }],
        help: 'run `proxmox-backup-manager cert info` on both',
      };
    }
  },
};
