/** `accounts`, `notifications` and `secrets`. */
import { clusterKeys } from './hosts.ts';
import { hostOf, levelsOf, partnerOf, type SitePlan, withRole } from './layout.ts';
import { readerFor, receiverFor } from './names.ts';
import { type Random, randomOf, sshKey } from './random.ts';

/** One account for each purpose: backup jobs, host backups, pulls and pushes of the neighbour, owners, files. */
export function accountsText(site: SitePlan): string {
  const texts = [
    ...clusterKeys(site).map((cluster, position) => pbs(cluster, site, position + 1, 'pve@pbs!jobs')),
    ...(site.weakSpots
      ? [pbs(`${site.key}-hosts`, site, 1, 'hosts@pbs!files')]
      : [...withRole(site, 'linux').map(({ key }) => fileAccount(site, key)), ...away(site)]),
    pbs(`${site.key}-reader`, site, 1, 'reader@pbs!pull'),
    pbs(`${site.key}-local`, site, 1, 'owner@pbs!local'),
    pbs(`${site.key}-owner2`, site, 2, 'owner@pbs!pull'),
    pbs(`${site.key}-owner3`, site, 3, 'owner@pbs!pull'),
    pbs(`${site.key}-pusher`, site, 2, 'pusher@pbs!push'),
    pbs(`${site.key}-push-in`, site, 4, 'push@pbs!in'),
    ...levelAccounts(site),
    ssh(site),
    s3(site, 'pbs', 'cloud'),
    s3(site, 'nas', 'archives'),
  ];
  return texts.join('');
}

function pbs(key: string, site: SitePlan, number: number, id: string): string {
  const host = hostOf(site, 'pbs', number);
  return host ? pbsAccount(key, host.key, id) : '';
}

/** For the files of one host. */
function fileAccount(site: SitePlan, host: string): string {
  const pbs = hostOf(site, 'pbs', 1);
  return pbs ? shortAccount(`${host}-files`, pbs.key, `${host}@pbs!files`) : '';
}

/** On one line: of these there are many. */
const shortAccount = (key: string, host: string, id: string): string =>
  `  ${key}: { kind: pbs, on: ${host}, id: "${id}", secret: ${key}-token }\n`;

const pbsAccount = (key: string, host: string, id: string): string =>
  `  ${key}:\n    kind: pbs\n    on: ${host}\n    id: "${id}"\n    secret: ${key}-token\n`;

/** For what leaves the site, and for the PBS that collects it. */
function away(site: SitePlan): readonly string[] {
  const collected = [2, 3, 4].map(number => hostOf(site, 'pbs', number)).filter(host => host !== undefined);
  return [
    pbs(`${site.key}-reader-away`, site, 1, 'reader@pbs!away'),
    pbs(`${site.key}-owner1`, site, 1, 'owner@pbs!pull'),
    ...collected.map(({ key }) => shortAccount(`${key}-reader-first`, key, 'reader@pbs!first')),
  ];
}

/** For copies between the machines of a site. */
function levelAccounts(site: SitePlan): readonly string[] {
  const levels = levelsOf(site);
  if (levels.length === 0) return [];
  const random = randomOf(site.index, 6);
  const readers = withRole(site, 'pbs').flatMap(({ key }, position) =>
    levels.flatMap(level => {
      const to = partnerOf(site, 'pbs', position + 1, level);
      return to ? [[readerFor(site, key, to.key), key, `${to.key}@pbs!near`] as const] : [];
    }),
  );
  const receivers = withRole(site, 'nas').flatMap(({ key }, position) =>
    levels.flatMap(level => {
      const to = partnerOf(site, 'nas', position + 1, level);
      return to && position > 0 ? [[receiverFor(site, key, to.key), to.key] as const] : [];
    }),
  );
  return [
    ...new Map(readers.map(([key, host, id]) => [key, shortAccount(key, host, id)])).values(),
    ...withRole(site, 'pbs').map(({ key }) => shortAccount(`${key}-owner`, key, 'owner@pbs!near')),
    ...(site.weakSpots ? [] : receivers.map(([key, host]) => sshAccount(key, host, random))),
  ];
}

function ssh(site: SitePlan): string {
  const random = randomOf(site.index, 5);
  return withRole(site, 'nas')
    .map(({ key }) => sshAccount(`${key}-in`, key, random))
    .join('');
}

const sshAccount = (key: string, host: string, random: Random): string => `  ${key}:
    kind: ssh
    on: ${host}
    user: offsite-recv
    public_key: ${sshKey(random)}
    secret: ${key}-key
`;

function s3(site: SitePlan, role: 'pbs' | 'nas', name: string): string {
  if (hostOf(site, role, 1) === undefined) return '';
  const key = `${site.key}-${name}`;
  return `  ${key}:\n    kind: s3\n    secret: ${key}-s3\n    provider_account: ${key}\n    scope: bucket\n`;
}

export function notificationsText(site: SitePlan): string {
  // By the mail server of a provider, so that a site that is gone does not take the news with it.
  const runners = (['pbs', 'linux'] as const).flatMap(role => withRole(site, role).map(({ key }) => key));
  const copying = withRole(site, 'nas').slice(0, site.flowsPerHost > 1 ? 4 : 1);
  const all = [...runners, ...copying.map(({ key }) => key), ...clusterKeys(site)];
  const hosts = site.weakSpots ? withRole(site, 'pbs').map(({ key }) => key) : all;
  if (hosts.length === 0 || (site.weakSpots && site.index > 0)) return '';
  const list = site.weakSpots
    ? `    hosts:\n${hosts.map(key => `      - ${key}\n`).join('')}`
    : `    hosts: [${hosts.join(', ')}]\n`;
  return `  ${site.key}-mail:
    kind: postfix
${list}    server: mail.example.com
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
  if (site.weakSpots)
    return `  ${site.key}-cloud-s3:\n    held_by: [password-store]\n    escrow: [paper-safe]\n`;
  const kept = '{ held_by: [password-store], escrow: [paper-safe] }';
  return ['cloud-s3', 'client-key'].map(name => `  ${site.key}-${name}: ${kept}\n`).join('');
}
