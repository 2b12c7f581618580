/** `flows`: every kind, within the site and from the site before. */
import { clusterKeys } from './hosts.ts';
import { hostOf, type SitePlan, tunnelBefore, withRole } from './layout.ts';
import { type Random, randomOf, timeOfDay } from './random.ts';

export function flowsText(site: SitePlan): string {
  const random = randomOf(site.index, 4);
  return jobs(site, random) + hostBackups(site, random) + syncs(site, random) + copies(site, random);
}

/** A flow whose lines after `kind` are given, in block style. */
function flow(
  key: string,
  kind: string,
  lines: readonly string[],
  via: string,
  at: string,
  takes: string,
): string {
  const body = lines.map(line => `    ${line}\n`).join('');
  return `  ${key}:\n    kind: ${kind}\n${body}    via: ${via}\n    schedule: "${at}"\n    takes: ${takes}\n`;
}

function jobs(site: SitePlan, random: Random): string {
  const texts = clusterKeys(site).map((cluster, position) => {
    const from = `from: ${cluster}-all`;
    const toPbs = [from, `to: ${cluster}-pbs`, 'mode: snapshot', `comment: Guests of ${cluster}`];
    const toNas = [from, `to: ${cluster}-nas`, 'retention: { keep_last: 4 }', 'tmpdir: /var/tmp'];
    const weekly = `sun ${timeOfDay(random, 4)}`;
    return (
      (hostOf(site, 'pbs', position + 1)
        ? flow(`${cluster}-backup`, 'backup', toPbs, `${site.key}/backup`, timeOfDay(random, 20), '50m')
        : '') +
      (hostOf(site, 'nas', position + 1)
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
      `account: ${site.key}-hosts`,
      'paths: { etc: /etc, srv: /srv, home: /home }',
      'exclude: ["lost+found", "*.tmp"]',
    ];
    return flow(`${key}-files`, 'host-backup', lines, `${site.key}/backup`, timeOfDay(random, 22), '20m');
  });
  return texts.join('');
}

/** Local to the cloud tier, a pull within the site, and from the site before a pull and a push. */
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
    return flow(`${key}-${name}`, 'sync', more, via, timeOfDay(random, hour), '50m');
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
    ];
    texts.push(sync('pull-local', 'pull', lines, `${key}/backup`, 23));
  }
  const before = `s${index - 1}`;
  if (index > 0 && third) {
    const owned = [`account: ${before}-reader`, `owner: ${key}-owner3`, 'rates: { in: 20 MiB/s }'];
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

/** rsync from NAS to NAS, within the site and from the site before; rclone of the first NAS to its bucket. */
function copies(site: SitePlan, random: Random): string {
  const { key, index } = site;
  const [first, second] = withRole(site, 'nas');
  const rsync = (name: string, from: string, to: string, via: string): string => {
    const lines = [
      `from: ${from}-vzdump:dump`,
      `to: ${to}-copies:${from}`,
      `account: ${to}-in`,
      'propagate_deletions: false',
    ];
    return flow(`${key}-${name}`, 'rsync', lines, via, timeOfDay(random, 7), '90m');
  };
  const texts: string[] = [];
  if (first) {
    const lines = [
      `from: ${first.key}-vzdump:dump`,
      `to: ${key}-archives`,
      `account: ${key}-archives`,
      'immutable: true',
    ];
    texts.push(flow(`${key}-to-bucket`, 'rclone', lines, 'internet', timeOfDay(random, 9), '3h'));
  }
  if (first && second) texts.push(rsync('nas-local', first.key, second.key, `${key}/storage`));
  if (first && index > 0)
    texts.push(rsync('nas-before', `s${index - 1}-nas1`, first.key, tunnelBefore(index)));
  return texts.join('');
}
