/** Values of the topology in the spelling that PVE writes. */
import type { TopologyPath } from '../../diagnostics/diagnostic.ts';
import type * as Spec from '../../model/spec.ts';
import type { Storage } from '../../model/topology.ts';
import { byBytes } from '../../proxmox/byte-order.ts';
import { type Property, property, propertyAt } from '../sections.ts';
import { usersOf } from './reach.ts';

const RULES = [
  ['keep-daily', 'keep_daily'],
  ['keep-hourly', 'keep_hourly'],
  ['keep-last', 'keep_last'],
  ['keep-monthly', 'keep_monthly'],
  ['keep-weekly', 'keep_weekly'],
  ['keep-yearly', 'keep_yearly'],
] as const;

/** Retention in byte order of its keys, as PVE prints it; undefined when it says nothing. */
export function pruneBackups(retention: Spec.Retention | undefined): string | undefined {
  if (retention === undefined) return undefined;
  if (retention.keep_all === true) return 'keep-all=1';
  let text = '';
  for (const [key, rule] of RULES) {
    const count = retention[rule];
    if (count !== undefined) text += `${text === '' ? '' : ','}${key}=${count}`;
  }
  return text === '' ? undefined : text;
}

/** What a storage says whatever it lies on: `content` always, since PVE's next save would write the default out. */
export function commonProperties(
  { spec, path }: Storage,
  defaultContent: string | undefined,
  nodes: readonly Property[],
): readonly Property[] {
  const content = spec.content && listText(spec.content);
  return [
    ...property('content', content ?? defaultContent, content === undefined ? path : [...path, 'content']),
    ...(spec.disabled === true ? property('disable', '', [...path, 'disabled']) : []),
    ...nodes,
  ];
}

/** `nodes` as declared. */
export const declaredNodes = ({ nodes, path }: Storage): readonly Property[] =>
  propertyAt('nodes', nodes && listText(nodes.map(({ key }) => key)), path, 'nodes');

/** `nodes` of what only one node has; a cluster of one needs no such line. */
export function onlyOn(storage: Storage, node: string, cause: TopologyPath): readonly Property[] {
  if (storage.nodes !== undefined) return declaredNodes(storage);
  return usersOf(storage).length === 1 ? [] : property('nodes', node, cause);
}

const listText = (names: readonly string[]): string =>
  names.length === 1 ? names[0]! : [...new Set(names)].sort(byBytes).join(',');

/** Path of the native id: the object itself when its key is the id. */
export const idPath = ({ path, spec }: Storage): TopologyPath =>
  spec.id === undefined ? path : [...path, 'id'];
