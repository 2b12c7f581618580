/**
 * APPLY.md of each target: everything that was lowered for it, in the order of the phases, as numbered steps that a
 * person can follow on a fresh host and again on a live one.
 */
import type { TopologyPath } from '../../diagnostics/diagnostic.ts';
import type { Cluster, Host, Topology } from '../../model/topology.ts';
import type { Fact, FactColumns } from '../artifact.ts';
import { type ApplyStep, type Lowered, PHASES } from '../lowering.ts';
import { installSteps } from './install.ts';
import { orderTargets, type TargetOrder } from './order.ts';
import { finishSteps, prepareSteps } from './prepare.ts';

export interface StepView {
  readonly number: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly blocks: readonly { readonly labels: readonly string[]; readonly lines: readonly string[] }[];
}
export interface ApplyView {
  readonly title: string;
  readonly intro: readonly string[];
  readonly steps: readonly StepView[];
}

interface Target {
  readonly name: string;
  readonly on: Host | Cluster;
  readonly artifacts: Lowered['artifacts'][number][];
  readonly steps: ApplyStep[];
  readonly needs: Lowered['needs'][number][];
  readonly withheld: Lowered['withheld'][number][];
}

/** @param sum everything else that was lowered. */
export function* lowerApply(topology: Topology, sum: Lowered): Generator<Lowered['artifacts'][number]> {
  const targets = collect(topology, sum);
  const order = orderTargets(topology, new Set(targets.keys()));
  const shared: Shared = { order, latest: undefined };
  for (const target of targets.values()) yield applyFile(target, shared);
}

/** What the files of one lowering share. */
interface Shared {
  readonly order: TargetOrder;
  /** The view that was asked for last: the facts of the same file are wanted right after it. */
  latest: { readonly target: Target; readonly view: ApplyView } | undefined;
}

/** Targets that have anything to apply, with all of it. */
function collect(topology: Topology, sum: Lowered): ReadonlyMap<string, Target> {
  const targets = new Map<string, Target>();
  const of = (name: string): Target => {
    let target = targets.get(name);
    if (target === undefined) {
      const on = topology.hosts.get(name) ?? topology.clusters.get(name);
      if (on === undefined) throw new Error(`no target ${name}`);
      target = { name, on, artifacts: [], steps: [], needs: [], withheld: [] };
      targets.set(name, target);
    }
    return target;
  };
  for (const artifact of sum.artifacts)
    if (artifact.folder !== 'doc') of(artifact.target).artifacts.push(artifact);
  for (const step of sum.steps) of(step.target).steps.push(step);
  for (const need of sum.needs) of(need.target).needs.push(need);
  for (const one of sum.withheld) of(one.target).withheld.push(one);
  return new Map([...targets].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function applyFile(target: Target, shared: Shared): Lowered['artifacts'][number] {
  const plain = 'os' in target.on && !target.on.takesFiles;
  const steps = [
    ...prepareSteps(target.name, target.needs, target.withheld, plain),
    ...installSteps(target.name, target.artifacts, plain),
    ...target.steps,
    ...finishSteps(target.name, !plain && target.needs.some(need => need.kind === 'secret')),
  ].sort(byPhase);
  const view = (): ApplyView => {
    if (shared.latest?.target === target) return shared.latest.view;
    const made = {
      title: `Apply ${target.name}`,
      intro: intro(target, shared.order, plain),
      steps: steps.map(viewOf),
    };
    shared.latest = { target, view: made };
    return made;
  };
  return {
    kind: 'apply',
    target: target.name,
    folder: 'doc',
    path: '/APPLY.md',
    ownership: 'whole',
    mode: '0644',
    owner: 'root',
    group: 'root',
    secrets: [],
    // Made when they are asked for: kept, these two would be half of what a large topology takes in memory.
    get view() {
      return view();
    },
    get facts() {
      return factsOf(view(), target, steps);
    },
    get columns() {
      return columnsOf(view(), target, steps);
    },
    phase: 'prepare',
  };
}

const rank = new Map(PHASES.map((phase, index) => [phase, index]));
const byPhase = (a: ApplyStep, b: ApplyStep): number =>
  (rank.get(a.phase) ?? 0) - (rank.get(b.phase) ?? 0) ||
  a.order - b.order ||
  (a.title < b.title ? -1 : a.title > b.title ? 1 : 0);

function intro(target: Target, order: TargetOrder, plain: boolean): string[] {
  const { on, name } = target;
  const what =
    'nodes' in on
      ? `${name} is a PVE cluster: these steps run on one node, ${on.nodes[0]?.key ?? name}, with quorum; /etc/pve carries the result to the others.`
      : `${name} at site ${on.site.key}: ${[...on.roles].map(([role, version]) => `${role} ${version}`.trim()).join(', ')}.`;
  const earlier = order.after.get(name) ?? [];
  const login = loginOf(on);
  const copy = plain
    ? `Copy this folder to the host (for example with the web interface or \`scp -r\`), log in as root and change into it.`
    : `Copy it to the host: \`rsync -a --delete out/_shared/ out/${name}/ ${login}:/root/offsite/\`, then log in as root and start \`bash\`.`;
  return [
    what,
    `Target ${order.order.get(name) ?? 1} of ${order.order.size}.${earlier.length > 0 ? ` Do these first: ${earlier.join(', ')}.` : ''}`,
    'Steps may be repeated: each looks before it changes something. A line that begins with STOP means that nothing was changed; find out why before you go on.',
    copy,
  ];
}

function loginOf(on: Host | Cluster): string {
  const host = 'nodes' in on ? on.nodes[0] : on;
  const address =
    host === undefined ? undefined : [...host.nics.values()].flatMap(nic => nic.addresses)[0]?.address;
  const name = host?.spec.fqdn ?? address ?? on.key;
  return `root@${name.includes(':') ? `[${name}]` : name}`;
}

const NO_LABEL: readonly string[] = [];
const CHECK: readonly string[] = ['Check:'];
const UNDO: readonly string[] = ['To go back:'];

function viewOf({ title, text, commands, check, undo }: ApplyStep, index: number): StepView {
  const blocks: StepView['blocks'][number][] = [];
  if (commands.length > 0) blocks.push({ labels: NO_LABEL, lines: linesOf(commands) });
  if (check !== undefined && check.length > 0) blocks.push({ labels: CHECK, lines: linesOf(check) });
  if (undo !== undefined && undo.length > 0) blocks.push({ labels: UNDO, lines: linesOf(undo) });
  return { number: String(index + 1), title, paragraphs: text, blocks };
}

type TakeMeant = (place: string, count: number, value: string, causes: readonly TopologyPath[]) => void;

function factsOf(view: ApplyView, target: Target, steps: readonly ApplyStep[]): Fact[] {
  const facts: Fact[] = [];
  mean(view, target, steps, (place, count, value, causes) => {
    facts.push({ at: count < 0 ? place : `${place}[${count}]`, value, causes });
  });
  return facts;
}

function columnsOf(view: ApplyView, target: Target, steps: readonly ApplyStep[]): FactColumns {
  const places: string[] = [];
  const counts: number[] = [];
  const values: string[] = [];
  mean(view, target, steps, (place, count, value) => {
    places.push(place);
    counts.push(count);
    values.push(value);
  });
  return { places, counts, values };
}

/** What the file must say, line by line as it says it; blank lines of commands say nothing. */
function mean(view: ApplyView, target: Target, steps: readonly ApplyStep[], take: TakeMeant): void {
  const own = [target.on.path];
  take('title', -1, view.title, own);
  let count = 0;
  for (const text of view.intro) count = takeLines(take, 'intro/text', count, text, own);
  for (let index = 0; index < view.steps.length; index++) {
    const { number, title, paragraphs, blocks } = view.steps[index]!;
    const given = steps[index]?.causes ?? [];
    const causes = given.length > 0 ? given : own;
    const at = `step ${number}`;
    const text = `${at}/text`;
    const sh = `${at}/sh`;
    take(at, -1, title, causes);
    let texts = 0;
    let commands = 0;
    for (const paragraph of paragraphs) texts = takeLines(take, text, texts, paragraph, causes);
    for (const { labels, lines } of blocks) {
      for (const label of labels) take(text, texts++, label, causes);
      for (const line of lines) if (isNotBlank(line)) take(sh, commands++, line, causes);
    }
  }
}

function takeLines(
  take: TakeMeant,
  place: string,
  from: number,
  text: string,
  causes: readonly TopologyPath[],
): number {
  if (!text.includes('\n')) {
    take(place, from, text, causes);
    return from + 1;
  }
  let count = from;
  for (const line of text.split('\n')) take(place, count++, line, causes);
  return count;
}

/** Nearly all lines begin with what is no blank, and are not copied to find out. */
const isNotBlank = (line: string): boolean => line.charCodeAt(0) > 32 || line.trim() !== '';

/** Each line by itself; most texts are one already. */
function linesOf(texts: readonly string[]): readonly string[] {
  if (!texts.some(text => text.includes('\n'))) return texts;
  const lines: string[] = [];
  for (const text of texts) {
    if (text.includes('\n')) lines.push(...text.split('\n'));
    else lines.push(text);
  }
  return lines;
}
