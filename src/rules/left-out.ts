/**
 * What rules say of single values, for objects that are left out because of another mistake in them: no rule sees
 * these. Only what a value says by itself, or together with the network that it names; whatever else the object is
 * about waits until it is whole. Judged by the functions that the rules themselves use.
 */
import { declaredIds } from '../analyses/native-ids.ts';
import { lintCalendarEvent } from '../calendar/lint.ts';
import { atValue, type Diagnostic, type Place, type TopologyPath } from '../diagnostics/diagnostic.ts';
import { valueAt } from '../diagnostics/value-at.ts';
import type { NicAddress, Prefix } from '../model/topology.ts';
import { parseCidr } from '../net/address.ts';
import { addressCache } from '../net/address-cache.ts';
import {
  badAddress,
  endpointFault,
  prefixFault,
  prefixOf,
  readAddress,
  timeZoneFault,
} from '../resolve/values.ts';
import { addressFinding, addressOutsideSubnet } from './address-outside-subnet.ts';
import { badQuantity, quantityFault } from './bad-quantity.ts';
import { badWindow, windowFault } from './bad-window.ts';
import { groupFilterFault, groupFilterInvalid } from './group-filter-invalid.ts';
import { idFinding, idUnusable } from './id-unusable.ts';
import { keepaliveFault, keepaliveRange } from './keepalive-range.ts';
import { diagnosticOf, type Finding, type Rule } from './rule.ts';
import { keyFault, sshKeyUnusable } from './ssh-key-unusable.ts';
import { tunnelAddressFinding, tunnelAddressOutsideSubnet } from './tunnel-address-outside-subnet.ts';
import { unsupportedVersion, versionFault } from './unsupported-version.ts';

export interface LeftOut {
  /** Paths of the objects: `hosts`, `pbs-home`. */
  readonly objects: readonly TopologyPath[];
  /** Their texts, but for those of which something is said already. */
  readonly values: Iterable<Value>;
  /** The whole topology as it was read. */
  readonly data: unknown;
  /** Whether something is said already of the name of an object. */
  isRefused(path: TopologyPath): boolean;
}

interface Value {
  readonly text: string;
  readonly path: TopologyPath;
  /** Names of definitions of the schema, the outermost first. */
  readonly kinds: readonly string[];
}

export function* judgeLeftOut({ objects, values, data, isRefused }: LeftOut): Generator<Diagnostic> {
  const unsaid = new Set<string>();
  for (const { text, path, kinds } of values) {
    unsaid.add(JSON.stringify(path));
    const kind = kinds.find(one => Object.hasOwn(JUDGES, one));
    if (kind !== undefined) yield* JUDGES[kind]!(text, path, data);
  }
  for (const path of objects) {
    const spec = mapAt(data, path);
    for (const native of path.length === 2 && spec !== undefined ? declaredIds(path, spec) : []) {
      const { place, problem } = native;
      const isSaid = place.on === 'key' ? isRefused(path) : !unsaid.has(JSON.stringify(place.path));
      if (problem !== undefined && !isSaid) yield diagnosticOf(idUnusable, idFinding(native, problem));
    }
  }
}

type Judge = (text: string, path: TopologyPath, data: unknown) => Iterable<Diagnostic>;
type Fault = Omit<Finding, 'place'> & Partial<Pick<Diagnostic, 'code' | 'severity'>>;

const ofRule =
  (rule: Rule, judge: (text: string, path: TopologyPath) => Fault | undefined): Judge =>
  (text, path) => {
    const fault = judge(text, path);
    return fault === undefined ? [] : [diagnosticOf(rule, { ...fault, place: atValue(path) })];
  };

const ofResolve =
  (judge: (text: string) => Omit<Diagnostic, 'place'> | undefined): Judge =>
  (text, path) => {
    const fault = judge(text);
    return fault === undefined ? [] : [{ ...fault, place: atValue(path) satisfies Place }];
  };

/** No rule looks at what never runs any more. */
const isRetired = (path: TopologyPath, data: unknown): boolean =>
  mapAt(data, path.slice(0, 2))?.['state'] === 'retired';

const calendar: Judge = (text, path, data) =>
  isRetired(path, data) ? [] : lintCalendarEvent(text).map(finding => ({ ...finding, place: atValue(path) }));

const version: Judge = (text, path, data) => {
  const [, host, , role] = path;
  if ((role !== 'pbs' && role !== 'pve') || isRetired(path, data)) return [];
  const { state = 'active', managed } = mapAt(data, path.slice(0, 2)) ?? {};
  const fault = versionFault(role, text, String(host), state === 'active' && managed !== false);
  return fault === undefined ? [] : [diagnosticOf(unsupportedVersion, { ...fault, place: atValue(path) })];
};

const quantity = ofRule(badQuantity, (text, path) => quantityFault(String(path.at(-1)), text));

/** By the definition of the schema that says what a value is. */
const JUDGES: Readonly<Record<string, Judge>> = {
  calendar,
  version,
  sshPublicKey: ofRule(sshKeyUnusable, keyFault),
  groupFilter: ofRule(groupFilterInvalid, groupFilterFault),
  window: ofRule(badWindow, windowFault),
  duration: quantity,
  size: quantity,
  rate: quantity,
  keepalive: ofRule(keepaliveRange, (text, path) => keepaliveFault(text, String(path.at(-2)))),
  timeZone: ofResolve(timeZoneFault),
  endpoint: ofResolve(text => endpointFault(text)),
  cidr4: ofResolve(text => prefixFault(text, parseCidr(text), 4)),
  cidr6: ofResolve(text => prefixFault(text, parseCidr(text), 6)),
  ip4: (text, path, data) => ofTunnel(text, 4, path, data),
  ip6: (text, path, data) => ofTunnel(text, 6, path, data),
  ip4OnNic: (text, path, data) => ofNic(text, 4, path, data),
  ip6OnNic: (text, path, data) => ofNic(text, 6, path, data),
};

function* ofNic(text: string, family: 4 | 6, path: TopologyPath, data: unknown): Generator<Diagnostic> {
  const address = readAddress(text, family);
  if (address === undefined) {
    yield { ...badAddress(text, family), place: atValue(path) };
    return;
  }
  const name = mapAt(data, path.slice(0, -1))?.['vlan'];
  const site = mapAt(data, path.slice(0, 2))?.['site'];
  const isOnVlan = typeof site === 'string' && typeof name === 'string';
  const vlanPath = isOnVlan ? ['sites', site, 'vlans', name] : [];
  const prefix = isOnVlan ? prefixAt(data, vlanPath, family) : undefined;
  if (name !== undefined && prefix === undefined) return;
  const slash = text.indexOf('/');
  const length = slash < 0 ? prefix?.length : Number(text.slice(slash + 1));
  if (length === undefined) return;
  const own: NicAddress = { family, address: address.text, length, path };
  const vlan = prefix && { ref: `${site}/${name}`, path: vlanPath, prefixes: [prefix] };
  const finding = addressFinding(own, vlan, addressCache());
  if (finding !== undefined) yield diagnosticOf(addressOutsideSubnet, finding);
}

/** Of an end of a tunnel; other such addresses are no more than their schema says. */
function* ofTunnel(text: string, family: 4 | 6, path: TopologyPath, data: unknown): Generator<Diagnostic> {
  const [section, key, , end] = path;
  if (section !== 'tunnels') return;
  const address = readAddress(text, family);
  if (address === undefined) {
    yield { ...badAddress(text, family), place: atValue(path) };
    return;
  }
  const tunnelPath = path.slice(0, 2);
  const prefix = prefixAt(data, tunnelPath, family);
  const tunnel = { key: String(key), path: tunnelPath, prefixes: prefix === undefined ? [] : [prefix] };
  const finding = tunnelAddressFinding({ family, address: address.text, path }, String(end), tunnel);
  if (finding !== undefined) yield diagnosticOf(tunnelAddressOutsideSubnet, finding);
}

/** The subnet that a VLAN or tunnel has, where it can be read. */
function prefixAt(data: unknown, path: TopologyPath, family: 4 | 6): Prefix | undefined {
  const text = mapAt(data, path)?.[family === 4 ? 'subnet' : 'subnet6'];
  return typeof text === 'string' ? prefixOf(parseCidr(text), family) : undefined;
}

/** The map at a path; undefined where there is none. */
function mapAt(data: unknown, path: TopologyPath): Readonly<Record<string, unknown>> | undefined {
  const at = valueAt(data, path);
  return typeof at === 'object' && at !== null && !Array.isArray(at)
    ? (at as Readonly<Record<string, unknown>>)
    : undefined;
}
