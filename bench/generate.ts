/**
 * A topology of N hosts that compiles without errors and with hardly a warning, always the same for the same options. Written piece by piece, so
 * that its size does not matter.
 *
 * `node bench/generate.ts N [--out FILE] [--flows 1..4] [--weak-spots] [--errors] [--one-line-change]`
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { flowsText } from './synthetic/flows.ts';
import { clustersText, guestsText, hostsText, type Mistake } from './synthetic/hosts.ts';
import { accountsText, notificationsText, secretsText } from './synthetic/identities.ts';
import { HOSTS_PER_SITE, MOST_FLOWS_PER_HOST, planSite, type SitePlan } from './synthetic/layout.ts';
import { sitesText, tunnelsText } from './synthetic/networks.ts';
import { bucketsText, datastoresText, sharesText, storagesText } from './synthetic/places.ts';

export interface SyntheticOptions {
  readonly hosts: number;
  /** Flows for each host, 1 to 4; 1 unless told. */
  readonly flowsPerHost?: number;
  /** Schedules that meet, copies at one site only, failures of which nobody is told: a warning for each host, about. */
  readonly weakSpots?: boolean;
  /** One mistake in every host. */
  readonly errors?: boolean;
  /** One schedule of the middle site is a minute later. */
  readonly oneLineChange?: boolean;
}

/** In the block `nics` of the host, at the indentation of an interface. */
const MISTAKES = [
  '      bad0:\n        vlan: nowhere\n        address: 10.255.0.1\n',
  '      bad0:\n        mtu: 70000\n',
  '      bad0:\n        adress: 10.255.0.1/24\n',
];

/** Pieces of the text, each of one site in one section. */
export function* syntheticTopology(options: SyntheticOptions): Generator<string> {
  const { hosts, flowsPerHost = 1, weakSpots = false, errors, oneLineChange } = options;
  const sites = Math.ceil(hosts / HOSTS_PER_SITE);
  const mistake: Mistake = errors ? host => MISTAKES[host % MISTAKES.length] : () => undefined;
  const shift = { site: sites >> 1, minutes: oneLineChange ? 1 : 0 };
  const sections: readonly (readonly [string, (site: SitePlan) => string])[] = [
    ['sites', sitesText],
    ['hosts', site => hostsText(site, mistake)],
    ['clusters', clustersText],
    ['tunnels', tunnelsText],
    ['guests', guestsText],
    ['datastores', site => datastoresText(site, shift)],
    ['storages', storagesText],
    ['shares', sharesText],
    ['buckets', bucketsText],
    ['accounts', accountsText],
    ['flows', flowsText],
    ['notifications', notificationsText],
    ['secrets', secretsText],
  ];
  yield `offsite: 1\nname: Synthetic topology of ${hosts} hosts\n`;
  for (const [name, text] of sections) {
    let heading = `\n${name}:\n`;
    for (let site = 0; site < sites; site += 1) {
      const piece = text(planSite(site, { hosts, flowsPerHost, weakSpots }));
      // A section without entries is left out: an empty map is null in YAML.
      if (piece === '') continue;
      yield heading + piece;
      heading = '';
    }
  }
}

/** Writes the topology to a file, or to standard output for `-`. */
export function writeSynthetic(path: string, options: SyntheticOptions): void {
  const file = path === '-' ? 1 : openSync(path, 'w');
  for (const piece of batches(syntheticTopology(options), 1 << 20)) writeSync(file, piece);
  if (path !== '-') closeSync(file);
}

function* batches(pieces: Iterable<string>, length: number): Generator<string> {
  let batch = '';
  for (const piece of pieces) {
    batch += piece;
    if (batch.length < length) continue;
    yield batch;
    batch = '';
  }
  yield batch;
}

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: 'string', default: '-' },
      flows: { type: 'string', default: '1' },
      'weak-spots': { type: 'boolean', default: false },
      errors: { type: 'boolean', default: false },
      'one-line-change': { type: 'boolean', default: false },
    },
  });
  const hosts = Number(positionals[0]);
  const flowsPerHost = Number(values.flows);
  const isCount = (value: number, most: number): boolean =>
    Number.isInteger(value) && value >= 1 && value <= most;
  if (!isCount(hosts, Number.POSITIVE_INFINITY) || !isCount(flowsPerHost, MOST_FLOWS_PER_HOST))
    throw new Error(
      'usage: generate.ts N [--out FILE] [--flows 1..4] [--weak-spots] [--errors] [--one-line-change]',
    );
  writeSynthetic(values.out, {
    hosts,
    flowsPerHost,
    weakSpots: values['weak-spots'],
    errors: values.errors,
    oneLineChange: values['one-line-change'],
  });
}

if (import.meta.main) main();
