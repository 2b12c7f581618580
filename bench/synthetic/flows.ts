/** `flows`: every kind, within the site and from the site before. */

import { flow } from './flow.ts';
import { clusterKeys } from './hosts.ts';
import { hostOf, levelsOf, type SitePlan, tunnelBefore, withRole } from './layout.ts';
import { levelText } from './levels.ts';
import { archiveNas, clientKey, hostAccount } from './names.ts';
import { type Random, randomOf } from './random.ts';
import { clock } from './times.ts';

export function flowsText(site: SitePlan): string {
  const random = randomOf(site.index, 4);
  const base = jobs(site, random) + hostBackups(site, random) + syncs(site, random) + copies(site, random);
  return (
    base +
    levelsOf(site)
      .map(level => levelText(site, level))
      .join('')
  );
}

function jobs(site: SitePlan, random: Random): string {
  const texts = clusterKeys(site).map((cluster, position) => {
    const from = `from: ${cluster}-all`;
    const toPbs = [from, `to: ${cluster}-pbs`, 'mode: snapshot', `comment: Guests of ${cluster}`];
    const toNas = [from, `to: ${cluster}-nas`, 'retention: { keep_last: 4 }', 'tmpdir: /var/tmp'];
    const weekly = `sun ${clock(site, random, '13:15', 4)}`;
    return (
      (hostOf(site, 'pbs', position + 1)
        ? flow(
            `${cluster}-backup`,
            'backup',
            toPbs,
            `${site.key}/backup`,
            clock(site, random, '20:00', 20),
            '50m',
          )
        : '') +
      (archiveNas(site, position)
        ? flow(`${cluster}-vzdump`, 'vzdump', toNas, `${site.key}/storage`, weekly, '75m')
        : '')
    );
  });
  return texts.join('');
}

function hostBackups(site: SitePlan, random: Random): string {
  const pbs = hostOf(site, 'pbs', 1);
  if (pbs === undefined) return '';
  const texts = withRole(site, 'linux').map(({ key }) => {
    const lines = [
      `from: ${key}`,
      `to: "${pbs.key}-main:hosts"`,
      `account: ${hostAccount(site, key)}`,
      ...clientKey(site),
      'paths: { etc: /etc, srv: /srv, home: /home }',
      'exclude: ["lost+found", "*.tmp"]',
    ];
    return flow(
      `${key}-files`,
      'host-backup',
      lines,
      `${site.key}/backup`,
      clock(site, random, '22:00', 22),
      '20m',
    );
  });
  return texts.join('');
}

/**
 * Local to the cloud tier, pulls within the site, and from the site before a pull and a push. The first PBS collects the
 * backups of those that nobody else copies, so that they leave the site together with its own.
 */
function syncs(site: SitePlan, random: Random): string {
  const { key, index } = site;
  const [first, second, third, fourth] = withRole(site, 'pbs');
  const sync = (
    name: string,
    direction: string,
    lines: readonly string[],
    via: string,
    hour: number,
  ): string => {
    const more = [`direction: ${direction}`, ...lines];
    const planned = `${String(hour).padStart(2, '0')}:00`;
    return flow(`${key}-${name}`, 'sync', more, via, clock(site, random, planned, hour), '50m');
  };
  const pair = (from: string, to: string): readonly string[] => [`from: ${from}-main`, `to: "${to}"`];
  const texts: string[] = [];
  if (first) {
    const lines = [...pair(first.key, `${first.key}-cloud`), `owner: ${key}-local`];
    texts.push(sync('to-cloud', 'local', lines, 'local', 6));
  }
  if (first && second) {
    const lines = [
      ...pair(first.key, `${second.key}-main:local`),
      `account: ${key}-reader`,
      `owner: ${key}-owner2`,
      // What the first one collects lies on other machines already.
      ...(site.weakSpots ? [] : ['max_depth: 0']),
    ];
    texts.push(sync('pull-local', 'pull', lines, `${key}/backup`, 23));
  }
  for (const [number, hour] of site.weakSpots ? [] : COLLECTED) {
    const from = hostOf(site, 'pbs', number);
    if (first === undefined || from === undefined) continue;
    const owned = [`account: ${from.key}-reader-first`, `owner: ${key}-owner1`, 'max_depth: 0'];
    const lines = [...pair(from.key, `${first.key}-main:${from.key}`), ...owned];
    texts.push(sync(`collect-${number}`, 'pull', lines, `${key}/backup`, hour));
  }
  const before = `s${index - 1}`;
  if (index > 0 && third) {
    const reader = site.weakSpots ? `${before}-reader` : `${before}-reader-away`;
    const owned = [`account: ${reader}`, `owner: ${key}-owner3`, 'rates: { in: 20 MiB/s }'];
    const lines = [...pair(`${before}-pbs1`, `${third.key}-main:${before}`), ...owned];
    texts.push(sync('pull-before', 'pull', lines, tunnelBefore(index), 0));
  }
  if (index > 0 && fourth) {
    const owned = [`account: ${key}-push-in`, `owner: ${before}-pusher`];
    const lines = [...pair(`${before}-pbs2`, `${fourth.key}-main:${before}`), ...owned];
    texts.push(sync('push-before', 'push', lines, tunnelBefore(index), 1));
  }
  return texts.join('');
}

/** Number of a PBS and the hour at which the first one pulls from it. */
const COLLECTED = [
  [3, 2],
  [4, 3],
  [2, 4],
] as const;

/** A NAS is the source of one copy and the target of another one: not at the same time. */
const beforeAt = (site: number): string => (site % 2 === 0 ? '03:00' : '07:00');

/**
 * rsync from NAS to NAS, within the site and from the site before; rclone of the first NAS to its bucket: of files that
 * are encrypted there or, where nobody looks after it, of archives, which never are.
 */
function copies(site: SitePlan, random: Random): string {
  const { key, index } = site;
  const [first, second, third] = withRole(site, 'nas');
  // Beside neither the datastore that has a copy of the same guests nor their archives.
  const near = site.weakSpots ? second : third;
  const rsync = (name: string, from: string, to: string, via: string, planned: string): string => {
    const lines = [
      `from: ${from}-vzdump:dump`,
      `to: ${to}-copies:${from}`,
      `account: ${to}-in`,
      'propagate_deletions: false',
    ];
    return flow(`${key}-${name}`, 'rsync', lines, via, clock(site, random, planned, 7), '90m');
  };
  const texts: string[] = [];
  if (first) {
    const lines = [
      `from: ${first.key}-${site.weakSpots ? 'vzdump:dump' : 'files'}`,
      `to: ${key}-archives`,
      `account: ${key}-archives`,
      'immutable: true',
    ];
    texts.push(flow(`${key}-to-bucket`, 'rclone', lines, 'internet', clock(site, random, '09:00', 9), '3h'));
  }
  if (first && near) texts.push(rsync('nas-local', first.key, near.key, `${key}/storage`, '18:30'));
  if (first && index > 0)
    texts.push(rsync('nas-before', `s${index - 1}-nas1`, first.key, tunnelBefore(index), beforeAt(index)));
  return texts.join('');
}
