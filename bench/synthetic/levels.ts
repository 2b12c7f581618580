/** Levels of further flows: some guests with jobs of their own, other archives of hosts, copies between the machines of a site. */
import { flow } from './flow.ts';
import { clusterKeys } from './hosts.ts';
import { hostOf, partnerOf, type SitePlan, withRole } from './layout.ts';
import { archiveNas, clientKey, hostAccount, readerFor, receiverFor } from './names.ts';
import { type Random, randomOf } from './random.ts';
import { after, clock } from './times.ts';

/** As many flows as the site has hosts. */
export function levelText(site: SitePlan, level: number): string {
  const random = randomOf(site.index, 40 + level);
  return [jobs, archives, pulls, copies].map(text => text(site, level, random)).join('');
}

function jobs(site: SitePlan, level: number, random: Random): string {
  const texts = clusterKeys(site).map((cluster, position) => {
    const from = `from: ${cluster}-set${level}`;
    const key = `${cluster}-set${level}`;
    const toPbs = [from, `to: ${cluster}-pbs`, 'mode: snapshot', `comment: Some guests of ${cluster}`];
    const toNas = [from, `to: ${cluster}-nas`, 'retention: { keep_last: 4 }', 'tmpdir: /var/tmp'];
    const daily = clock(site, random, after('21:00', 20 * (level - 1)), 18, 2);
    const weekly = `sun ${clock(site, random, after('14:35', 35 * (level - 1)), 3, 3)}`;
    return (
      (hostOf(site, 'pbs', position + 1)
        ? flow(`${key}-backup`, 'backup', toPbs, `${site.key}/backup`, daily, '20m')
        : '') +
      (archiveNas(site, position)
        ? flow(`${key}-vzdump`, 'vzdump', toNas, `${site.key}/storage`, weekly, '30m')
        : '')
    );
  });
  return texts.join('');
}

const ARCHIVES: readonly (readonly [name: string, path: string])[] = [
  ['db', '/var/lib/mysql'],
  ['mail', '/var/vmail'],
  ['www', '/var/www'],
];

function archives(site: SitePlan, level: number, random: Random): string {
  const pbs = hostOf(site, 'pbs', 1);
  const at = after('22:20', 10 * (level - 1));
  const [name, path] = ARCHIVES[level - 1] ?? ['opt', '/opt'];
  if (pbs === undefined) return '';
  const texts = withRole(site, 'linux').map(({ key }) => {
    const lines = [
      `from: ${key}`,
      `to: "${pbs.key}-main:hosts"`,
      `account: ${hostAccount(site, key)}`,
      ...clientKey(site),
      `backup_id: ${key}-${name}`,
      `paths: { ${name}: ${path} }`,
    ];
    return flow(
      `${key}-${name}`,
      'host-backup',
      lines,
      `${site.key}/backup`,
      clock(site, random, at, 21),
      '10m',
    );
  });
  return texts.join('');
}

/** Each PBS pulls what another one of the site has in its root namespace. */
function pulls(site: SitePlan, level: number, random: Random): string {
  const texts = withRole(site, 'pbs').map(({ key }, position) => {
    const to = partnerOf(site, 'pbs', position + 1, level);
    if (to === undefined) return '';
    const lines = [
      'direction: pull',
      `from: ${key}-main`,
      `to: "${to.key}-main:near-${key}"`,
      'max_depth: 0',
      `remote: ${key}-all`,
      `account: ${readerFor(site, key, to.key)}`,
      `owner: ${to.key}-owner`,
    ];
    return flow(
      `${to.key}-from-${key}`,
      'sync',
      lines,
      `${site.key}/backup`,
      clock(site, random, pullAt(level, position), 2, 4),
      '30m',
    );
  });
  return texts.join('');
}

/** Two pulls at a time that have no PBS in common. */
function pullAt(level: number, position: number): string {
  const second = level === 2 ? position > 1 : position % 2 === 1;
  return ['10:00', '10:30', '11:00', '11:30', '12:10', '12:40'][2 * (level - 1) + Number(second)] ?? '10:00';
}

/** By level, of the second NAS to the fourth: the same for copies. */
const COPY_AT: readonly (readonly string[])[] = [
  ['04:55', '05:45', '04:55'],
  ['16:20', '16:20', '06:35'],
  ['05:45', '07:25', '08:15'],
];

function copies(site: SitePlan, level: number, random: Random): string {
  const texts = withRole(site, 'nas').map(({ key }, position) => {
    const to = partnerOf(site, 'nas', position + 1, level);
    // The first one has copies without levels.
    if (to === undefined || position === 0) return '';
    const lines = [
      `from: ${key}-vzdump:dump`,
      `to: ${to.key}-copies:${key}`,
      `account: ${receiverFor(site, key, to.key)}`,
      'propagate_deletions: false',
    ];
    return flow(
      `${key}-to-${to.key}`,
      'rsync',
      lines,
      `${site.key}/storage`,
      clock(site, random, COPY_AT[level - 1]?.[position - 1] ?? '16:20', 8, 6),
      '45m',
    );
  });
  return texts.join('');
}
