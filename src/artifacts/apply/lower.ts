/**
 * APPLY.md of each target: everything that was lowered for it, in the order of the phases, as numbered steps that a
 * person can follow on a fresh host and again on a live one.
 */
import type { Cluster, Host, Topology } from '../../model/topology.ts';
import type { Artifact, Fact, FactColumns } from '../artifact.ts';
import { factsFrom } from '../columns.ts';
import { FilePlace } from '../file-place.ts';
import { type ApplyStep, type Lowered, PHASES, type Phase } from '../lowering.ts';
import { externalSteps, goneSteps } from './external.ts';
import { applyColumns } from './facts.ts';
import { type InstallCommands, installCommands, installSteps } from './install.ts';
import type { TargetOrder } from './order.ts';
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
export function* lowerApply(
  topology: Topology,
  sum: Lowered,
  order: TargetOrder,
): Generator<Lowered['artifacts'][number]> {
  const targets = collect(topology, sum);
  const commands = installCommands();
  const last = [...order.order].find(([, place]) => place === order.order.size)?.[0];
  const notes = [...externalSteps(topology, sum.external), ...goneSteps(last, sum.external)];
  for (const step of notes) targets.get(step.target)?.steps.push(step);
  for (const target of targets.values()) yield new ApplyFile(target, order, commands);
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

/** Its content is made when it is asked for: kept, that would be half of what a large topology takes in memory. */
class ApplyFile extends FilePlace implements Artifact<ApplyView> {
  readonly #of: Target;
  readonly #order: TargetOrder;
  readonly #commands: InstallCommands;
  #steps: readonly ApplyStep[] | undefined;
  #view: ApplyView | undefined;

  constructor(of: Target, order: TargetOrder, commands: InstallCommands) {
    super({
      kind: 'apply',
      target: of.name,
      folder: 'doc',
      path: '/APPLY.md',
      ownership: 'whole',
      mode: '0644',
      owner: 'root',
      group: 'root',
      secrets: [],
      phase: 'prepare',
    });
    this.#of = of;
    this.#order = order;
    this.#commands = commands;
  }

  get #all(): readonly ApplyStep[] {
    this.#steps ??= stepsOf(this.#of, this.#commands);
    return this.#steps;
  }

  get view(): ApplyView {
    this.#view ??= {
      title: `Apply ${this.target}`,
      intro: intro(this.#of, this.#order),
      steps: this.#all.map(viewOf),
    };
    return this.#view;
  }

  get columns(): FactColumns {
    return applyColumns(this.view, this.#all, [this.#of.on.path]);
  }

  get facts(): readonly Fact[] {
    return factsFrom(this.columns);
  }
}

/** Without our functions: a NAS. */
const isPlain = ({ on }: Target): boolean => 'os' in on && !on.takesFiles;

function stepsOf(target: Target, commands: InstallCommands): ApplyStep[] {
  const { name, needs, withheld, artifacts } = target;
  const plain = isPlain(target);
  // A key that is made before its fingerprint is declared lies there until the next time.
  const hasSecrets = withheld.length === 0 && needs.some(need => need.kind === 'secret');
  return [
    ...prepareSteps(name, needs, withheld, plain),
    ...installSteps(name, artifacts, plain, commands),
    ...target.steps,
    ...finishSteps(name, hasSecrets),
  ].sort(byPhase);
}

const RANK = Object.fromEntries(PHASES.map((phase, index) => [phase, index])) as Record<Phase, number>;
const byPhase = (a: ApplyStep, b: ApplyStep): number =>
  RANK[a.phase] - RANK[b.phase] || a.order - b.order || (a.title < b.title ? -1 : a.title > b.title ? 1 : 0);

function intro(target: Target, order: TargetOrder): string[] {
  const { on, name } = target;
  const what =
    'nodes' in on
      ? `${name} is a PVE cluster: these steps run on one node, ${on.nodes[0]?.key ?? name}, with quorum; /etc/pve carries the result to the others.`
      : `${name} at site ${on.site.key}: ${[...on.roles].map(([role, version]) => `${role} ${version}`.trim()).join(', ')}.`;
  const place = order.order.get(name) ?? 1;
  const isEarlier = (other: string): boolean => (order.order.get(other) ?? 0) < place;
  const all = order.after.get(name) ?? [];
  const [earlier, later] = [all.filter(isEarlier), all.filter(other => !isEarlier(other))];
  const login = loginOf(on);
  const copy = isPlain(target)
    ? `Copy this folder to the host (for example with the web interface or \`scp -r\`), ${loginText(on)} and change into it.`
    : // Needs nothing on the host: a fresh Debian has no rsync.
      `Copy it to the host: \`tar -cf - -C out/_shared . -C ../${name} . | ssh ${login} 'rm -rf /root/offsite && mkdir -m 0700 /root/offsite && tar -xf - -C /root/offsite --no-same-owner --no-overwrite-dir'\`, then log in as root and start \`bash\`.`;
  return [
    what,
    [
      `Target ${place} of ${order.order.size}.`,
      ...(earlier.length > 0 ? [`Do these first: ${earlier.join(', ')}.`] : []),
      ...(later.length > 0
        ? [`Some steps need ${later.join(', ')}, which come later: apply this target again then.`]
        : []),
    ].join(' '),
    'Steps may be repeated: each looks before it changes something. A line that begins with STOP means that nothing was changed; find out why before you go on.',
    copy,
  ];
}

function loginOf(on: Host | Cluster): string {
  const host = 'nodes' in on ? on.nodes[0] : on;
  const name = host?.spec.fqdn ?? (host && firstAddress(host)) ?? on.key;
  return `root@${name}`;
}

/** DSM lets only administrators in by ssh, once that is switched on, and never root. */
const loginText = (on: Host | Cluster): string =>
  'os' in on && on.os === 'dsm'
    ? 'log in by SSH as an administrator (Control Panel → Terminal & SNMP switches SSH on), become root with `sudo -i`'
    : 'log in as root';

/** The one for management, or that of the default route; one that only the host itself knows if there is no other. */
function firstAddress(host: Host): string | undefined {
  const nics = [...host.nics.values()].filter(({ addresses }) => addresses.length > 0);
  const best =
    nics.find(({ vlan }) => vlan?.spec.purpose === 'management') ??
    nics.find(({ spec }) => spec.default_route === true) ??
    nics.find(({ vlan }) => vlan !== undefined) ??
    nics[0];
  return best?.addresses[0]?.address;
}

const NO_LABEL: readonly string[] = [];
const CHECK: readonly string[] = ['Check:'];
const UNDO: readonly string[] = ['To go back:'];

function viewOf({ title, text, commands, check, undo }: ApplyStep, index: number): StepView {
  const blocks: StepView['blocks'][number][] = [];
  if (commands.length > 0) blocks.push({ labels: NO_LABEL, lines: linesOf(commands) });
  if (check !== undefined && check.length > 0)
    blocks.push({ labels: CHECK, lines: linesOf(check).map(audible) });
  if (undo !== undefined && undo.length > 0) blocks.push({ labels: UNDO, lines: linesOf(undo) });
  return { number: String(index + 1), title, paragraphs: text, blocks };
}

/** At the prompt bash says what failed, and not of a command with `!` before it, unless it stands in a subshell. */
const audible = (line: string): string => (line.startsWith('! ') ? `(${line})` : line);

/** Each line by itself; most texts are one already. */
function linesOf(texts: readonly string[]): readonly string[] {
  let lines: string[] | undefined;
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i]!;
    if (text.includes('\n')) {
      lines ??= texts.slice(0, i);
      lines.push(...text.split('\n'));
    } else lines?.push(text);
  }
  return lines ?? texts;
}
