/**
 * `manifest.json`: everything below out/ and everything that must be done, for programs. A contract: keys are added,
 * never changed. `files` has one entry per file with the hash by which the next run knows it as ours.
 */
import type { OutFile } from '../emit/change.ts';
import { groupBy, push } from '../multimap.ts';
import type { HashedFile } from '../render/render-all.ts';
import type { LoweredAll } from './index.ts';
import { isPlainText, listText, objectText, quoted } from './json-text.ts';
import { type Change, type Need, targetsOf } from './lowering.ts';

/**
 * The manifest of a large fleet is a quarter of all that is rendered: it is never in memory as a whole unless somebody
 * asks for its text.
 * @param files sorted by path.
 */
export function manifestFile(lowered: LoweredAll, files: readonly HashedFile[]): OutFile {
  const pieces = () => manifestPieces(lowered, files);
  return {
    path: 'manifest.json',
    pieces,
    get text(): string {
      return [...pieces()].join('');
    },
  };
}

function* manifestPieces(lowered: LoweredAll, files: readonly HashedFile[]): Generator<string> {
  yield '{\n "version": 1,\n "targets": {';
  yield* separated(targetTexts(lowered), 2);
  yield '},\n "files": [';
  yield* separated(fileTexts(files), 2);
  yield ']\n}\n';
}

/** Members or items at a depth, each on lines of its own. */
function* separated(texts: Iterable<string>, depth: number): Generator<string> {
  const indent = `\n${' '.repeat(depth)}`;
  let before = indent;
  for (const text of texts) {
    yield before + text;
    before = `,${indent}`;
  }
  if (before !== indent) yield indent.slice(0, -1);
}

function* targetTexts(lowered: LoweredAll): Generator<string> {
  const { order } = lowered;
  const before = inverse(order.after);
  const needs = group(lowered.needs);
  const changes = group(lowered.changes);
  const withheld = group(lowered.withheld);
  const checks = group(lowered.steps);
  for (const name of [...targetsOf(lowered)].sort()) {
    const members = [
      `"order": ${order.order.get(name) ?? 0}`,
      `"after": ${texts(order.after.get(name) ?? [])}`,
      `"before": ${texts(before.get(name) ?? [])}`,
      `"creates": ${changesOf(changes.get(name), 'creates')}`,
      `"removes": ${changesOf(changes.get(name), 'removes')}`,
      `"packages": ${texts(names(needs.get(name), 'package'))}`,
      `"users": ${texts(names(needs.get(name), 'user'))}`,
      `"directories": ${directories(needs.get(name))}`,
      `"secrets": ${texts(names(needs.get(name), 'secret'))}`,
      `"withheld": ${objects((withheld.get(name) ?? []).map(({ path, how }) => ({ path, how })))}`,
      `"checks": ${texts((checks.get(name) ?? []).flatMap(step => step.check ?? []))}`,
    ];
    yield `${quoted(name)}: ${objectText(members, 2)}`;
  }
}

function* fileTexts(files: readonly HashedFile[]): Generator<string> {
  const rightsOf = rightsTexts();
  for (const { path: file, sha256, artifact } of files) {
    const { kind, target, path, folder, secrets, sections } = artifact;
    // The path below out/ is made of the other two.
    const isPlain = isPlainText(file);
    const shown = (part: string): string => (isPlain ? part : quoted(part).slice(1, -1));
    const known = `{\n   "file": "${shown(file)}",\n   "sha256": "${sha256}",\n   "kind": "${kind}"`;
    if (folder === 'doc') yield `${known}\n  }`;
    else {
      const place = `,\n   "target": "${shown(target)}",\n   "path": "${shown(path)}"`;
      const ids = sections === undefined ? '' : `,\n   "sections": ${texts(sections)}`;
      yield `${known}${place}${rightsOf(artifact)}${texts(secrets)}${ids}\n  }`;
    }
  }
}

type Rights = Pick<HashedFile['artifact'], 'kind' | 'ownership' | 'mode' | 'owner' | 'group'>;

/** From ownership to group, the same for most files of a kind. */
function rightsTexts(): (artifact: Rights) => string {
  const known = new Map<string, Rights & { readonly text: string }>();
  return ({ kind, ownership, mode, owner, group }) => {
    const last = known.get(kind);
    if (last?.ownership === ownership && last.mode === mode && last.owner === owner && last.group === group) {
      return last.text;
    }
    const members = [
      ['ownership', ownership],
      ['mode', mode],
      ['owner', owner],
      ['group', group],
    ] as const;
    const lines = members.map(([key, value]) => `   "${key}": ${quoted(value)},\n`);
    const text = `,\n${lines.join('')}   "secrets": `;
    known.set(kind, { kind, ownership, mode, owner, group, text });
    return text;
  };
}

/** Lists of a target stand at depth 3. */
const texts = (list: readonly string[]): string => (list.length === 0 ? '[]' : listText(list.map(quoted), 3));

const objects = (list: readonly Readonly<Record<string, string>>[]): string =>
  listText(
    list.map(one =>
      objectText(
        Object.entries(one).map(([key, value]) => `"${key}": ${quoted(value)}`),
        4,
      ),
    ),
    3,
  );

function inverse(after: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, readonly string[]> {
  const before = new Map<string, string[]>();
  for (const [later, earlier] of after) {
    for (const name of earlier) push(before, name, later);
  }
  return before;
}

const group = <T extends { readonly target: string }>(list: readonly T[]) =>
  groupBy(list, ({ target }) => target);

const changesOf = (list: readonly Change[] = [], verb: Change['verb']): string =>
  objects(list.filter(change => change.verb === verb).map(({ kind, name }) => ({ kind, name })));

const names = (list: readonly Need[] = [], kind: Need['kind']): string[] =>
  [...new Set(list.filter(need => need.kind === kind).map(need => need.name))].sort();

const directories = (list: readonly Need[] = []): string =>
  objects(
    list.flatMap(need =>
      need.kind === 'directory'
        ? [{ path: need.name, mode: need.mode, owner: need.owner, group: need.group }]
        : [],
    ),
  );
