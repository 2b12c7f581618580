import { atKey, atValue } from '../diagnostics/diagnostic.ts';
import type { DatastorePlace, SyncFlow } from '../model/topology.ts';
import { MAX_NAMESPACE_DEPTH } from '../proxmox/typed-check.ts';
import type { Finding, Rule } from './rule.ts';

export const namespaceDepth: Rule = {
  id: 'namespace-depth',
  severity: 'error',
  summary: 'A sync would make namespaces that are deeper than PBS allows.',
  why: 'PBS has 7 levels. The job skips or fails at namespaces that would lie deeper, and the copy is not complete.',
  fix: 'Write to a target nearer to the root, or limit the sync with `max_depth`.',
  example: {
    bad: 'from: main\nto: "copy:a/b/c"\nmax_depth: 5',
    good: 'from: main\nto: "copy:a/b/c"\nmax_depth: 4',
  },
  *check({ topology }) {
    for (const flow of topology.flows.values()) {
      if (flow.kind === 'sync' && flow.state !== 'retired') yield* judge(flow);
    }
  },
};

const depthOf = (namespace: string): number => (namespace === '' ? 0 : namespace.split('/').length);

function* judge(flow: SyncFlow): Iterable<Finding> {
  const { from, to, spec, path } = flow;
  const limit = spec.max_depth;
  const ends: readonly (readonly [string, DatastorePlace])[] = [
    ['source', from],
    ['target', to],
  ];
  for (const [name, place] of ends) {
    const depth = depthOf(place.namespace);
    if (limit === undefined || depth + limit <= MAX_NAMESPACE_DEPTH) continue;
    yield {
      message: `\`max_depth: ${limit}\` below the ${name} \`${place.namespace}\` (${depth} levels) is more than ${MAX_NAMESPACE_DEPTH}`,
      place: atValue([...path, 'max_depth']),
      related: [{ message: `the ${name}`, place: atValue(place.path) }],
      help: `set \`max_depth: ${MAX_NAMESPACE_DEPTH - depth}\` or less`,
    };
    return;
  }
  const start = depthOf(from.namespace);
  for (const namespace of from.datastore.namespaces.values()) {
    const inside = from.namespace === '' || namespace.key.startsWith(`${from.namespace}/`);
    const below = depthOf(namespace.key) - start;
    if (!inside || below > (limit ?? MAX_NAMESPACE_DEPTH)) continue;
    if (depthOf(to.namespace) + below <= MAX_NAMESPACE_DEPTH) continue;
    yield {
      message: `namespace \`${namespace.key}\` of \`${from.datastore.key}\` would lie ${depthOf(to.namespace) + below} levels deep in \`${to.datastore.key}\`, and PBS has ${MAX_NAMESPACE_DEPTH}`,
      place: atValue(to.path),
      related: [{ message: 'the namespace', place: atKey(namespace.path) }],
      help: 'write to a target nearer to the root',
    };
  }
}
