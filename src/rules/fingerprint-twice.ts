import { atValue } from '../diagnostics/diagnostic.ts';
import { repeated } from './repeated.ts';
import type { Rule } from './rule.ts';

export const fingerprintTwice: Rule = {
  id: 'fingerprint-twice',
  severity: 'warning',
  summary: 'Two servers have the same certificate fingerprint or SSH host key.',
  why: 'Most often one of the two was copied from the other line, and its clients refuse to connect. If it is true, the servers were cloned and share a private key: each can pass for the other.',
  fix: 'Read it on each server (`proxmox-backup-manager cert info`, `/etc/ssh/ssh_host_ed25519_key.pub`); renew the certificate or keys of a clone.',
  example: {
    bad: 'pbs-a: { api: { fingerprint: "1c:…:91" } }\npbs-b: { api: { fingerprint: "1c:…:91" } }',
  },
  *check({ topology }) {
    const hosts = [...topology.hosts.values()].filter(({ state }) => state !== 'retired');
    const known = (text: string | undefined) => (text === 'pending' ? undefined : text);
    for (const [first, again] of repeated(hosts, ({ spec }) => known(spec.api?.fingerprint)?.toLowerCase())) {
      yield {
        message: `\`${first.key}\` and \`${again.key}\` have the same certificate fingerprint`,
        place: atValue([...again.path, 'api', 'fingerprint']),
        related: [{ message: 'the other server', place: atValue([...first.path, 'api', 'fingerprint']) }],
        help: 'run `proxmox-backup-manager cert info` on both',
      };
    }
    for (const [first, again] of repeated(hosts, ({ spec }) => known(spec.ssh?.host_key))) {
      yield {
        message: `\`${first.key}\` and \`${again.key}\` have the same SSH host key`,
        place: atValue([...again.path, 'ssh', 'host_key']),
        related: [{ message: 'the other server', place: atValue([...first.path, 'ssh', 'host_key']) }],
        help: 'run `ssh-keyscan -t ed25519 HOST` for both',
      };
    }
  },
};
