/** Small deployments and ways to spoil them, the same for the same seed. */
import type { Edit } from './rendered.ts';

export type Random = (below: number) => number;

/** Numbers from 0 to `below` - 1 (mulberry32). */
export function randomOf(seed: number): Random {
  let state = seed;
  return below => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const KEYS = [
  'qW1OOBXH1XXvVhcit3sSsFW+C1IdB7xSZ2YIcjI5My8=',
  'duBUKlQ8ntQW53L3c3BQ59iGd+6CFgDDQdNJPZ6C25o=',
  'a5qm7t73W3y22cFbcfHtqhiVHS6z0VkVyZ/geCtnhFo=',
];

/** Two or three sites with a PBS and a PVE host each; a pair, a hub or a mesh between them; IPv4, IPv6 or both. */
export function smallTopology(random: Random): string {
  const sites = 2 + random(2);
  const kind = sites === 2 ? 'pair' : (['hub', 'mesh'] as const)[random(2)];
  const families = ([[4], [6], [4, 6]] as const)[random(3)] as readonly number[];
  const all = Array.from({ length: sites }, (_, index) => index);
  const four = families.includes(4);
  const both = (v4: string, v6: string): string =>
    [...(four ? [v4] : []), ...(families.includes(6) ? [v6] : [])].join(', ');
  const at = (site: number, host: number): string =>
    both(`address: 10.${site}.40.${host}`, `address6: "fd0${site}:40::${host}"`);
  const lines = ['offsite: 1', 'sites:'];
  for (const site of all) {
    const backup = both(
      `subnet: 10.${site}.40.0/24, gateway: 10.${site}.40.1`,
      `subnet6: "fd0${site}:40::/64", gateway6: "fd0${site}:40::1"`,
    );
    const lan = `subnet: 10.${site}.10.0/24, gateway: 10.${site}.10.1`;
    lines.push(
      `  s${site}: { timezone: UTC, vlans: { lan: { id: 10, ${lan} }, backup: { id: 40, ${backup} } } }`,
    );
  }
  lines.push('hosts:');
  for (const site of all) {
    const wan = `{ address: 203.0.113.${8 * site + 2}/30, gateway: 203.0.113.${8 * site + 1}, default_route: true }`;
    const nics = (host: number): string =>
      `{ a0: { vlan: lan, address: 10.${site}.10.${host}, default_route: true }, b0: { vlan: backup, ${at(site, host)} } }`;
    lines.push(
      `  pbs${site}: { site: s${site}, roles: { pbs: "4.1.4" }, nics: ${nics(20)}, api: { public_ca: true } }`,
      `  pve${site}: { site: s${site}, roles: { pve: "9.1.4" }, nics: ${nics(11)} }`,
      `  gw${site}: { site: s${site}, roles: { linux: true, gateway: true }, nics: { w0: ${wan}, a0: { vlan: lan, address: 10.${site}.10.1 }, b0: { vlan: backup, ${at(site, 1)} } } }`,
    );
  }
  lines.push('tunnels:', '  t:', `    kind: ${kind}`, ...(kind === 'hub' ? [`    hub: gw0`] : []));
  lines.push('    interface: wg0', `    carries: [${all.map(site => `s${site}/backup`).join(', ')}]`);
  if (four) lines.push('    subnet: 10.99.0.0/24');
  if (families.includes(6)) lines.push('    subnet6: "fd99::/64"');
  lines.push('    ends:');
  for (const site of all) {
    const inside = both(`address: 10.99.0.${site + 1}`, `address6: "fd99::${site + 1}"`);
    lines.push(
      `      gw${site}: { ${inside}, endpoint: "203.0.113.${8 * site + 2}:51820", public_key: ${KEYS[site]} }`,
    );
  }
  lines.push('datastores:');
  for (const site of all)
    lines.push(
      `  d${site}: { host: pbs${site}, name: store, path: /srv/store, retention: { keep_last: 3, schedule: daily }, gc: { schedule: daily } }`,
    );
  lines.push('storages:');
  for (const site of all) {
    lines.push(
      `  st${site}: { cluster: pve${site}, datastore: d${site}, account: pve${site}, via: s${site}/backup }`,
    );
  }
  lines.push('accounts:');
  for (const site of all) {
    lines.push(
      `  pve${site}: { kind: pbs, on: pbs${site}, id: "pve@pbs!sync", secret: a${site} }`,
      `  pull${site}: { kind: pbs, on: pbs${site}, id: "files@pbs!sync", secret: p${site} }`,
    );
  }
  lines.push('flows:');
  for (const site of all) {
    const next = (site + 1) % sites;
    lines.push(
      `  files${site}: { kind: host-backup, from: pve${site}, to: "d${next}:files", account: pull${next}, paths: { etc: /etc }, via: t, schedule: "05:00", takes: 1h }`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** A route with its fallback, a route into the tunnel, forwarding, what a peer may send. */
const DECIDING =
  /^(?:\tup ip .* via .*\n(?:\tup ip .* unreachable .*\n)?|PostUp = ip .*\n|net\..*\n|AllowedIPs = .*\n)/gm;

export interface Spoiling {
  readonly name: string;
  readonly edit: Edit;
}

/** Spoils one of the lines that decide: drops it, or changes its network, its way, its source or what is allowed. */
export function spoiling(files: readonly { path: string; text: string }[], random: Random): Spoiling {
  const places = files.flatMap(({ path, text }) =>
    [...text.matchAll(DECIDING)].map(({ 0: lines }, index) => ({ path, lines, index })),
  );
  for (;;) {
    const { path, lines, index } = places[random(places.length)] ?? { path: '', lines: '', index: 0 };
    const spoil = SPOILS[random(SPOILS.length)] ?? dropAll;
    if (spoil(lines) === lines) continue;
    const edit: Edit = (file, text) => {
      if (file !== path) return text;
      let seen = -1;
      return text.replace(DECIDING, whole => {
        seen += 1;
        return seen === index ? spoil(whole) : whole;
      });
    };
    return { name: `${path}: ${JSON.stringify(lines)} → ${JSON.stringify(spoil(lines))}`, edit };
  }
}

const dropAll = (): string => '';

const SPOILS: readonly ((lines: string) => string)[] = [
  dropAll,
  lines => lines.replace(/^net.* = 1/, whole => whole.replace('1', '0')),
  // The route goes, its fallback stays.
  lines => lines.replace(/^\tup .* via .*\n/, ''),
  lines => lines.replace(/, [^,\n]+(?=\n)/, ''),
  lines => lines.replace(/ src \S+/, ''),
  // The address of the other interface.
  lines => lines.replace(/( src 10\.\d)\.40\./, (_, before: string) => `${before}.10.`),
  lines => lines.replace(/(\.|:)40(\.0|::)\//, (_, before: string, after: string) => `${before}41${after}/`),
  // A longer prefix leads to the other interface.
  lines =>
    lines.replace(
      /^(\tup ip -4 route replace 10\.\d\.40\.0)\/24 via (10\.\d)\.40\.1 .*\n/,
      (whole, route: string, own: string) => `${whole}${route}/25 via ${own}.10.1 dev a0\n`,
    ),
];
