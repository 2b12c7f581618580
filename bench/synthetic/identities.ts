/** `accounts`, `notifications` and `secrets`. */
import { clusterKeys } from './hosts.ts';
import { hostOf, type SitePlan, withRole } from './layout.ts';
import { randomOf, sshKey } from './random.ts';

/** One account for each purpose: backup jobs, host backups, pulls and pushes of the neighbour, owners, files. */
export function accountsText(site: SitePlan): string {
  const texts = [
    ...clusterKeys(site).map((cluster, position) => pbs(cluster, site, position + 1, 'pve@pbs!jobs')),
    pbs(`${site.key}-hosts`, site, 1, 'hosts@pbs!files'),
    pbs(`${site.key}-reader`, site, 1, 'reader@pbs!pull'),
    pbs(`${site.key}-local`, site, 1, 'owner@pbs!local'),
    pbs(`${site.key}-owner2`, site, 2, 'owner@pbs!pull'),
    pbs(`${site.key}-owner3`, site, 3, 'owner@pbs!pull'),
    pbs(`${site.key}-pusher`, site, 2, 'pusher@pbs!push'),
    pbs(`${site.key}-push-in`, site, 4, 'push@pbs!in'),
    ssh(site),
    s3(site, 'pbs', 'cloud'),
    s3(site, 'nas', 'archives'),
  ];
  return texts.join('');
}

function pbs(key: string, site: SitePlan, number: number, id: string): string {
  const host = hostOf(site, 'pbs', number);
  return host
    ? `  ${key}:\n    kind: pbs\n    on: ${host.key}\n    id: "${id}"\n    secret: ${key}-token\n`
    : '';
}

function ssh(site: SitePlan): string {
  const random = randomOf(site.index, 5);
  const texts = withRole(site, 'nas').map(
    ({ key }) => `  ${key}-in:
    kind: ssh
    on: ${key}
    user: offsite-recv
    public_key: ${sshKey(random)}
    secret: ${key}-in-key
`,
  );
  return texts.join('');
}

function s3(site: SitePlan, role: 'pbs' | 'nas', name: string): string {
  if (hostOf(site, role, 1) === undefined) return '';
  const key = `${site.key}-${name}`;
  return `  ${key}:\n    kind: s3\n    secret: ${key}-s3\n    provider_account: ${key}\n    scope: bucket\n`;
}

export function notificationsText(site: SitePlan): string {
  const hosts = withRole(site, 'pbs');
  // One only: notifications are not rendered yet, and to say so for each site would be part of what is measured.
  if (hosts.length === 0 || site.index > 0) return '';
  return `  ${site.key}-mail:
    kind: postfix
    hosts:
${hosts.map(({ key }) => `      - ${key}\n`).join('')}    server: mail.example.com
    port: 587
    mode: starttls
    via: internet
    from_address: ${site.key}@example.com
    mailto: [ops@example.com]
    username: ${site.key}@example.com
    secret: ${site.key}-mail
`;
}

export function secretsText(site: SitePlan): string {
  if (hostOf(site, 'pbs', 1) === undefined) return '';
  return `  ${site.key}-cloud-s3:\n    held_by: [password-store]\n    escrow: [paper-safe]\n`;
}
