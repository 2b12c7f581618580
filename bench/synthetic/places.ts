/** `datastores`, `storages`, `shares` and `buckets`. */
import { clusterKeys } from './hosts.ts';
import { hostOf, levelsOf, partnerOf, type SitePlan, withRole } from './layout.ts';
import { archiveNas, clientKey } from './names.ts';
import { type Random, randomOf, timeOfDay, uuid } from './random.ts';
import { clock } from './times.ts';

/** Shifts one schedule by a minute: the one-line change. */
export interface Shift {
  readonly site: number;
  readonly minutes: number;
}

/**
 * First two PBS: on a disk and on a LUN of a NAS; the third on a disk, the fourth on an NFS share. The first one has
 * the cloud tier as well. A PBS whose NAS is missing takes a disk.
 */
export function datastoresText(site: SitePlan, shift: Shift): string {
  const random = randomOf(site.index, 3);
  const texts = withRole(site, 'pbs').map(({ key }, position) => {
    const minute = site.index === shift.site && position === 0 ? shift.minutes : 0;
    const namespaces = namespacesOf(site, position + 1)
      .map(name => `      ${name}:\n        retention: ${retention(site, random, 10, '09:30')}\n`)
      .join('');
    return `  ${key}-main:
    host: ${key}
    name: main
    path: /mnt/datastore/main
${backing(site, position + 1, random)}    capacity: 4 TB
    warn_at: 80%
    critical_at: 90%
    retention: ${retention(site, random, 9, '09:00')}
${upkeep(site, random, minute)}${namespaces === '' ? '' : `    namespaces:\n${namespaces}`}`;
  });
  return texts.join('') + cloud(site, random);
}

function retention(site: SitePlan, random: Random, hour: number, planned: string): string {
  const keep = `keep_last: ${2 + random.below(3)}, keep_daily: ${7 + random.below(7)}, keep_weekly: 4`;
  // What is copied with its namespaces lies below these.
  const depth = !site.weakSpots && hour === 10 ? ', max_depth: 4' : '';
  return `{ ${keep}${depth}, schedule: "${clock(site, random, planned, hour)}" }`;
}

function upkeep(site: SitePlan, random: Random, minute: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  if (!site.weakSpots)
    return `    gc: { schedule: "sat 12:${two(5 + minute)}" }
    verify: { schedule: "sun 17:30", outdated_after: 30d }
`;
  return `    gc:
      schedule: "sat 12:${two((random.below(50) + minute) % 60)}"
    verify:
      schedule: "sun ${timeOfDay(random, 14, 3)}"
      outdated_after: 30d
`;
}

function backing(site: SitePlan, number: number, random: Random): string {
  const nas = hostOf(site, 'nas', number);
  if (number === 2 && nas) {
    return `    iscsi:
      from: ${nas.key}/pbs
      via: ${site.key}/storage
      uuid: ${uuid(random)}
      fs: ext4
`;
  }
  if (number === 4 && nas) return `    nfs:\n      from: ${nas.key}-chunks\n      via: ${site.key}/storage\n`;
  const pbs = hostOf(site, 'pbs', number)?.key ?? '';
  return `    on: ${pbs}/data\n    disk:\n      uuid: ${uuid(random)}\n      fs: ${number === 1 ? 'ext4' : 'xfs'}\n`;
}

/** Namespaces that flows fill, by PBS from 1. */
function namespacesOf(site: SitePlan, number: number): readonly string[] {
  const { index } = site;
  const before = index > 0 ? [`s${index - 1}`] : [];
  const collected = [2, 3, 4].flatMap(other => hostOf(site, 'pbs', other)?.key ?? []);
  const first = site.weakSpots ? ['hosts'] : ['hosts', ...collected];
  const copied = withRole(site, 'pbs').flatMap(({ key }, position) =>
    levelsOf(site).some(level => partnerOf(site, 'pbs', position + 1, level) === hostOf(site, 'pbs', number))
      ? [`near-${key}`]
      : [],
  );
  return [...({ 1: first, 2: ['local'], 3: before, 4: before }[number] ?? []), ...copied];
}

function cloud(site: SitePlan, random: Random): string {
  const pbs = hostOf(site, 'pbs', 1);
  if (pbs === undefined) return '';
  const deep = site.weakSpots ? '' : 'max_depth: 7, ';
  const verify = site.weakSpots ? '' : '    verify: { schedule: "sat 13:30", outdated_after: 90d }\n';
  return `  ${pbs.key}-cloud:
    host: ${pbs.key}
    name: cloud
    path: /mnt/datastore/cloud-cache
    s3:
      bucket: ${site.key}-cloud
      account: ${site.key}-cloud
      max_cache_size: 60 GiB
    retention: { keep_daily: ${90 + random.below(30)}, ${deep}schedule: "${clock(site, random, '10:00', 10)}" }
    gc:
      schedule: "sun ${clock(site, random, '12:15', 11)}"
${verify}`;
}

export function storagesText(site: SitePlan): string {
  const random = randomOf(site.index, 7);
  const texts = clusterKeys(site).map((cluster, position) => {
    const pbs = hostOf(site, 'pbs', position + 1);
    const nas = archiveNas(site, position);
    const account = [`account: ${cluster}`, ...clientKey(site), ...fingerprint(site, random)].join('\n    ');
    return (
      (pbs ? storage(site, cluster, 'pbs', `datastore: ${pbs.key}-main\n    ${account}`) : '') +
      (nas ? storage(site, cluster, 'nas', `share: ${nas.key}-vzdump`) : '')
    );
  });
  return texts.join('');
}

/** Of the key that is used at the storages: of one for each site. */
const fingerprint = (site: SitePlan, random: Random): readonly string[] =>
  site.weakSpots ? [] : [`encryption_fingerprint: ${random.hex(32, ':')}`];

const storage = (site: SitePlan, cluster: string, id: string, from: string): string => `  ${cluster}-${id}:
    cluster: ${cluster}
    id: ${id}
    ${from}
    via: ${site.key}/${id === 'pbs' ? 'backup' : 'storage'}
${site.weakSpots ? '    content:\n      - backup\n' : '    content: [backup]\n'}`;

export function sharesText(site: SitePlan): string {
  const share = (nas: string, name: string, more: string): string => `  ${nas}-${name}:
    host: ${nas}
    path: /volume1/${name}
    pool: volume1
    capacity: 8 TB
    warn_at: 85%
    critical_at: 92%
${more}`;
  const texts = withRole(site, 'nas').map(
    ({ key }, position) =>
      share(key, 'vzdump', '') +
      share(key, 'copies', '    pruned_by: by hand, once a year\n') +
      (position === 0 && !site.weakSpots ? share(key, 'files', '    pruned_by: its users\n') : '') +
      (position === 3 ? share(key, 'chunks', '') : ''),
  );
  return texts.join('');
}

const bucket = (key: string, more = ''): string => `  ${key}:
    provider: wasabi
    name: example-${key}
    region: eu-central-1
    provider_account: ${key}
${more}`;

export function bucketsText(site: SitePlan): string {
  const archives = site.weakSpots ? '' : '    lifecycle: expire\n    encrypted: true\n';
  const cloud = hostOf(site, 'pbs', 1) ? bucket(`${site.key}-cloud`) : '';
  return cloud + (hostOf(site, 'nas', 1) ? bucket(`${site.key}-archives`, archives) : '');
}
