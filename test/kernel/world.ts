/** Builds the namespaces of a topology and puts the rendered files to use in them, in the order of APPLY.md. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile } from '../../src/compile.ts';
import type { Topology } from '../../src/model/topology.ts';
import { topologyOf } from '../support/topology.ts';
import type { Moved, Transfer } from './agent.ts';
import { guardInternet } from './internet.ts';
import { withOwnKeys } from './keys.ts';
import { closeNamespaces, ipBatch, mustRunIn, type Namespace, openNamespace } from './namespaces.ts';
import { order } from './orders.ts';
import { INTERNET, type Node, type Plan, planOf } from './plan.ts';
import { fileOn, noteForwards, noteRoutes, type RenderedFiles, renderedFiles, upLines } from './rendered.ts';
import { type Connection, connectionsOf } from './traffic.ts';
import { startTunnels } from './tunnels.ts';

/** How a world differs from what was rendered. */
export interface Mutation {
  /** Changes the text of a file below out/. */
  readonly edit?: (path: string, text: string) => string;
  /** Largest packet of a tunnel that the internet lets through, where it is not the declared one. */
  readonly underlayMtu?: number;
  /** Done when everything is up, before traffic. */
  readonly after?: (world: World) => Promise<void>;
}

export interface World {
  readonly topology: Topology;
  readonly files: RenderedFiles;
  readonly plan: Plan;
  readonly connections: readonly Connection[];
  /** By the name of the node. */
  readonly namespaces: ReadonlyMap<string, Namespace>;
  /** The namespace of a host. */
  host(name: string): Namespace;
  transfer(from: string, transfer: Transfer): Promise<Moved>;
  close(): Promise<void>;
}

const SWITCH = '@switch';
/** With a cache of what Node makes of the file, starting it takes a third of the time. */
const AGENT = [
  'env',
  `NODE_COMPILE_CACHE=${join(import.meta.dirname, '../../node_modules/.cache/kernel-agent')}`,
  process.execPath,
  new URL('./agent.ts', import.meta.url).pathname,
];

/** Compiles a topology and builds its world. The caller closes it. */
async function openWorld(topologyText: string, mutation: Mutation = {}): Promise<World> {
  const { text, privateKeys } = withOwnKeys(topologyText);
  const compilation = await compile({ bytes: Buffer.from(text), file: 'topology.yaml' });
  if (compilation.files === undefined) {
    throw new Error(compilation.diagnostics.map(({ code, message }) => `${code}: ${message}`).join('\n'));
  }
  const { edit = (_, unchanged) => unchanged } = mutation;
  const files = renderedFiles(compilation.files.map(file => ({ ...file, text: edit(file.path, file.text) })));
  const topology = topologyOf(text);
  const plan = planOf(topology);
  const connections = connectionsOf(topology);
  const directory = mkdtempSync(join(tmpdir(), 'offsite-kernel-'));
  const namespaces = new Map<string, Namespace>();
  const close = async (): Promise<void> => {
    await closeNamespaces(namespaces.values());
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    const talking = new Set(connections.flatMap(({ from, to }) => [from.key, to?.key ?? INTERNET]));
    const nodes = [...plan.nodes, { name: SWITCH }];
    const opened = nodes.map(async ({ name }) => {
      namespaces.set(name, await openNamespace(name, directory, talking.has(name) ? AGENT : ['cat']));
    });
    await settleAll(opened);
    const world = { topology, files, plan, connections, namespaces, close, ...access(namespaces) };
    await cable(world);
    await Promise.all(plan.nodes.map(node => configure(world, node)));
    await guardInternet(world, mutation.underlayMtu);
    await listen(world);
    await startTunnels(world, privateKeys);
    await mutation.after?.(world);
    return world;
  } catch (error) {
    await close();
    throw error;
  }
}

/** Builds a world, does something in it, and takes it down whatever happens. */
export async function inWorld<T>(
  topologyText: string,
  mutation: Mutation,
  act: (world: World) => Promise<T>,
): Promise<T> {
  const world = await openWorld(topologyText, mutation);
  try {
    return await act(world);
  } finally {
    await world.close();
  }
}

/** Waits for all, then fails with the first error: what was opened meanwhile must be known to be closed. */
async function settleAll(promises: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(promises)) {
    if (result.status === 'rejected') throw result.reason;
  }
}

function access(namespaces: ReadonlyMap<string, Namespace>): Pick<World, 'host' | 'transfer'> {
  const host = (name: string): Namespace => {
    const namespace = namespaces.get(name);
    if (namespace === undefined) throw new Error(`no namespace ${name}`);
    return namespace;
  };
  return { host, transfer: (from, transfer) => order(host(from), { kind: 'transfer', ...transfer }) };
}

/** One bridge for each segment, one veth pair for each interface: named as declared on the host's side. */
async function cable({ plan, namespaces, host }: World): Promise<void> {
  const bridges = [...plan.segments.keys()];
  const lines = bridges.map((_, index) => `link add name br${index} type bridge`);
  let ports = 0;
  for (const { name, links } of plan.nodes) {
    for (const { nic, segment, mtu } of links) {
      if (nic === 'lo') continue;
      const port = `p${ports}`;
      ports += 1;
      lines.push(
        `link add name ${port} mtu ${plan.segments.get(segment)} type veth peer name ${nic} mtu ${mtu} netns ${namespaces.get(name)?.pid}`,
        `link set ${port} master br${bridges.indexOf(segment)} up`,
      );
    }
  }
  lines.push(...bridges.map((_, index) => `link set br${index} up`));
  await ipBatch(host(SWITCH), lines);
}

/** The host's own part, then the rendered routes and forwarding. */
async function configure({ plan, files, host }: World, node: Node): Promise<void> {
  const namespace = host(node.name);
  const lines: string[] = [];
  for (const { nic, addresses } of node.links) {
    lines.push(`link set dev ${nic} up`);
    for (const address of addresses) {
      lines.push(`address add ${address} dev ${nic}${address.includes(':') ? ' nodad' : ''}`);
    }
  }
  const commands = [
    ...given('ip -batch -', lines),
    ...node.routes.map(route => route.replace(/^-\d/, 'ip $& route add')),
  ];
  for (const family of node.forwards) {
    commands.push(`echo 1 >/proc/sys/net/ipv${family}/conf/all/forwarding`);
  }
  const note = node.host === undefined ? undefined : files.get(`_external/${node.host.key}.md`);
  if (note !== undefined) {
    commands.push(...noteRoutes(note));
    if (noteForwards(note)) {
      for (const family of [4, 6]) commands.push(`echo 1 >/proc/sys/net/ipv${family}/conf/all/forwarding`);
    }
  }
  writeFileSync(join(namespace.root, 'etc/hosts'), hostsFile(plan, node));
  commands.push(...renderedCommands(files, namespace));
  if (node.uplink !== undefined) {
    const chain = ['type nat hook postrouting priority 100', `oifname "${node.uplink}" masquerade`];
    commands.push(...given('nft -f -', ['table ip nat {', 'chain out {', ...chain, '}', '}']));
  }
  // All at once: starting processes is most of what a world costs.
  await mustRunIn(namespace, ['sh', '-e'], commands.join('\n'));
}

/** A command with lines as its input. */
const given = (command: string, lines: readonly string[]): string[] => [
  `${command} <<'END'`,
  ...lines,
  'END',
];

/** Routes twice, as after a second `ifreload`; forwarding as at boot. */
function renderedCommands(files: RenderedFiles, { name, root }: Namespace): string[] {
  const ups = upLines(fileOn(files, name, '/etc/network/interfaces.d/offsite') ?? '');
  const sysctl = fileOn(files, name, '/etc/sysctl.d/90-offsite.conf');
  if (sysctl === undefined) return [...ups, ...ups];
  writeFileSync(join(root, 'run/sysctl.conf'), sysctl);
  return [...ups, ...ups, 'sysctl -q -p /run/sysctl.conf'];
}

function hostsFile({ names }: Plan, { routes }: Node): string {
  const lines = ['127.0.0.1 localhost', '::1 localhost'];
  const ipv4 = routes.some(route => route.startsWith('-4 default'));
  for (const [name, addresses] of names) {
    const usable = addresses.filter(address => address.includes(':') !== ipv4);
    for (const address of usable) lines.push(`${address} ${name}`);
  }
  return `${lines.join('\n')}\n`;
}

/** Servers on every address of a host, so that only routing decides what is reached. */
async function listen({ connections, host }: World): Promise<void> {
  const wanted = new Map(connections.map(({ to, port }) => [`${to?.key ?? INTERNET} ${port}`, { to, port }]));
  for (const { to, port } of wanted.values()) {
    const { error } = await order(host(to?.key ?? INTERNET), { kind: 'listen', port });
    if (error !== undefined) throw new Error(`${to?.key} port ${port}: ${error}`);
  }
}
