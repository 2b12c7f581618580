/**
 * `manifest.json`: everything below out/ and everything that must be done, for programs. A contract: keys are added,
 * never changed. `files` has one entry per file with the hash by which the next run knows it as ours.
 */
import { hash } from 'node:crypto';
import type { OutFile } from '../emit/change.ts';
import type { Topology } from '../model/topology.ts';
import type { RenderedFile } from '../render/render-all.ts';
import { orderTargets } from './apply/order.ts';
import type { Change, Lowered, Need } from './lowering.ts';

interface FileEntry {
  readonly file: string;
  readonly sha256: string;
  readonly kind: string;
  readonly target?: string;
  readonly path?: string;
  readonly ownership?: string;
  readonly mode?: string;
  readonly owner?: string;
  readonly group?: string;
  readonly secrets?: readonly string[];
  readonly sections?: readonly string[];
}

export function manifestFile(topology: Topology, lowered: Lowered, files: readonly RenderedFile[]): OutFile {
  const targets = targetNames(lowered);
  const order = orderTargets(topology, targets);
  const before = inverse(order.after);
  const needs = group(lowered.needs);
  const changes = group(lowered.changes);
  const withheld = group(lowered.withheld);
  const checks = group(lowered.steps);
  const manifest = {
    version: 1,
    targets: Object.fromEntries(
      [...targets].sort().map(name => [
        name,
        {
          order: order.order.get(name) ?? 0,
          after: order.after.get(name) ?? [],
          before: before.get(name) ?? [],
          creates: changesOf(changes.get(name), 'creates'),
          removes: changesOf(changes.get(name), 'removes'),
          packages: names(needs.get(name), 'package'),
          users: names(needs.get(name), 'user'),
          directories: directories(needs.get(name)),
          secrets: names(needs.get(name), 'secret'),
          withheld: (withheld.get(name) ?? []).map(({ path, how }) => ({ path, how })),
          checks: (checks.get(name) ?? []).flatMap(step => step.check ?? []),
        },
      ]),
    ),
  };
  const entries = [...files].sort((a, b) => (a.path < b.path ? -1 : 1)).map(entryOf);
  return { path: 'manifest.json', text: textOf(manifest, entries) };
}

/** As `JSON.stringify` with an indentation of 1, which takes twice as long and for a large fleet is a tenth of a run. */
function textOf(manifest: object, entries: readonly FileEntry[]): string {
  const head = JSON.stringify(manifest, undefined, 1).slice(0, -2);
  const files = entries.length === 0 ? '[]' : `[\n${entries.map(entryText).join(',\n')}\n ]`;
  return `${head},\n "files": ${files}\n}\n`;
}

function entryText(entry: FileEntry): string {
  let text = '  {';
  for (const key in entry) {
    const value = entry[key as keyof FileEntry];
    if (value === undefined) continue;
    const shown = typeof value === 'string' ? JSON.stringify(value) : listText(value);
    text += `${text === '  {' ? '' : ','}\n   "${key}": ${shown}`;
  }
  return `${text}\n  }`;
}

const listText = (values: readonly string[]): string =>
  values.length === 0 ? '[]' : `[\n${values.map(value => `    ${JSON.stringify(value)}`).join(',\n')}\n   ]`;

function targetNames({ artifacts, steps, needs }: Lowered): ReadonlySet<string> {
  const names = new Set<string>();
  for (const artifact of artifacts) if (artifact.folder !== 'doc') names.add(artifact.target);
  for (const step of steps) names.add(step.target);
  for (const need of needs) names.add(need.target);
  return names;
}

function inverse(after: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, readonly string[]> {
  const before = new Map<string, string[]>();
  for (const [later, earlier] of after) {
    for (const name of earlier) {
      const list = before.get(name);
      if (list === undefined) before.set(name, [later]);
      else list.push(later);
    }
  }
  return before;
}

function entryOf({ path: file, text, artifact }: RenderedFile): FileEntry {
  const sha256 = hash('sha256', text);
  const { kind, target, path, folder, ownership, mode, owner, group, secrets, sections } = artifact;
  if (folder === 'doc') return { file, sha256, kind };
  const rest = sections === undefined ? {} : { sections };
  return { file, sha256, kind, target, path, ownership, mode, owner, group, secrets, ...rest };
}

function group<T extends { readonly target: string }>(list: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    const found = groups.get(item.target);
    if (found === undefined) groups.set(item.target, [item]);
    else found.push(item);
  }
  return groups;
}

const changesOf = (list: readonly Change[] = [], verb: Change['verb']) =>
  list.filter(change => change.verb === verb).map(({ kind, name }) => ({ kind, name }));

const names = (list: readonly Need[] = [], kind: Need['kind']): string[] =>
  [...new Set(list.filter(need => need.kind === kind).map(need => need.name))].sort();

const directories = (list: readonly Need[] = []) =>
  list.flatMap(need =>
    need.kind === 'directory'
      ? [{ path: need.name, mode: need.mode, owner: need.owner, group: need.group }]
      : [],
  );
