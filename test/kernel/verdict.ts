/** What the kernel does with the traffic of a topology: moves bytes and looks at which interfaces they passed. */
import type { Moved } from './agent.ts';
import { runIn } from './namespaces.ts';
import { allCounters, follow, growth, PAYLOAD, strays } from './paths.ts';
import { INTERNET } from './plan.ts';
import type { Connection } from './traffic.ts';
import { inWorld, type Mutation, type World } from './world.ts';

/** `flow home-to-dc: pbs-dc → pbs-home` */
export type ConnectionKey = string;

export interface Fault {
  /**
   * - wrong-interface: it leaves, or arrives by, another interface than the declared one
   * - wrong-source: it comes from another address of the host
   * - unreachable: the host itself refuses to send it
   * - wrong-path: the ends are right, what lies between is not
   * - no-answer: no connection although both ends use the declared interfaces
   * - refused: the wrong host has the address, since all servers run
   * - stalled: the connection is made, and large packets vanish
   */
  readonly reason:
    | 'wrong-interface'
    | 'wrong-source'
    | 'unreachable'
    | 'wrong-path'
    | 'no-answer'
    | 'refused'
    | 'stalled';
  readonly detail: string;
}

/** `unseen`: nothing of it arrived to be judged, and nothing is known against it. */
type Judgement = 'ok' | 'unseen' | Fault;

export interface Verdict {
  readonly connection: Connection;
  /** From the host that starts the connection. */
  readonly forward: Judgement;
  /** Of the answers. */
  readonly back: Judgement;
  /** Interfaces in order, `host:nic`, on which the bytes were counted; empty when they did not arrive. */
  readonly path: readonly string[];
  readonly backPath: readonly string[];
}

type Judged = Omit<Verdict, 'connection'>;

export const keyOf = ({ subject, from, to, address }: Connection): ConnectionKey =>
  `${subject}: ${from.key} → ${to?.key ?? address}`;

/** `flow home-to-dc: pbs-dc → pbs-home: back wrong-interface` for each fault, sorted. */
export function faultsOf(verdicts: ReadonlyMap<ConnectionKey, Verdict>): string[] {
  const lines: string[] = [];
  for (const [key, verdict] of verdicts) {
    for (const way of ['forward', 'back'] as const) {
      const judgement = verdict[way];
      if (typeof judgement !== 'string') lines.push(`${key}: ${way} ${judgement.reason}`);
    }
  }
  return lines.sort();
}

/** Builds the world of a topology, asks for every connection, and takes the world down again. */
export const kernelVerdicts = (
  topologyText: string,
  mutation: Mutation = {},
): Promise<ReadonlyMap<ConnectionKey, Verdict>> => inWorld(topologyText, mutation, verdictsIn);

/** Milliseconds without any progress; a lost first packet is sent again after one second. */
const PATIENCE = 1500;

/** First all at once, so that what is broken is waited for once; then one by one, so that bytes can be counted. */
export async function verdictsIn(world: World): Promise<ReadonlyMap<ConnectionKey, Verdict>> {
  const sockets = new Map<string, Connection>();
  const socketOf = ({ from, to, address, port }: Connection): string =>
    `${from.key} ${to?.key} ${address} ${port}`;
  for (const connection of world.connections) sockets.set(socketOf(connection), connection);
  const tries = await Promise.all(
    [...sockets].map(async ([socket, connection]) => {
      return { socket, connection, moved: await move(world, connection, PAYLOAD, PAYLOAD) };
    }),
  );
  const judged = new Map<string, Judged>();
  for (const { socket, connection, moved } of tries) {
    const look = moved.error === undefined ? measured : explained;
    judged.set(socket, await look(world, connection, moved));
  }
  const verdicts = new Map<ConnectionKey, Verdict>();
  for (const connection of world.connections) {
    const found = judged.get(socketOf(connection));
    if (found !== undefined) verdicts.set(keyOf(connection), { connection, ...found });
  }
  return verdicts;
}

const move = (world: World, { from, address, port }: Connection, up: number, down: number): Promise<Moved> =>
  world.transfer(from.key, { address, port, up, down, patience: PATIENCE });

async function measured(world: World, connection: Connection, moved: Moved): Promise<Judged> {
  const { from, to, source, expected, expectedBack } = connection;
  const far = to?.key ?? INTERNET;
  const start = allCounters(world);
  await move(world, connection, PAYLOAD, 0);
  const middle = allCounters(world);
  await move(world, connection, 0, PAYLOAD);
  const up = growth(start, middle);
  const down = growth(middle, allCounters(world));

  const path = follow(world, up, from.key, far);
  const backPath = follow(world, down, far, from.key);
  // Of a way through the internet only the own interface is declared.
  const whole = expectedBack.length === expected.length;
  const forward = judge(whole ? path : path.slice(0, 1), expected);
  const back = judge(whole ? backPath : backPath.slice(-1), whole ? expectedBack : expected);
  const stray = strays(world, [from.key, far], [...path, ...backPath], [up, down]);
  if (forward !== 'ok' || back !== 'ok') return { forward, back, path, backPath };
  if (stray.length > 0) {
    const detail = `traffic on ${stray.join(' and ')} as well`;
    return { forward: { reason: 'wrong-interface', detail }, back, path, backPath };
  }
  if (source !== undefined && moved.source !== source) {
    const detail = `${moved.source} instead of ${source}`;
    return { forward: { reason: 'wrong-source', detail }, back, path, backPath };
  }
  return { forward, back, path, backPath };
}

function judge(path: readonly string[], expected: readonly string[]): 'ok' | Fault {
  if (path.join(' ') === expected.join(' ')) return 'ok';
  const sameEnds = path[0] === expected[0] && path.at(-1) === expected.at(-1);
  const detail = `${path.join(' → ')} instead of ${expected.join(' → ')}`;
  return { reason: sameEnds ? 'wrong-path' : 'wrong-interface', detail };
}

/** Why nothing arrived, as far as the ends' own routing tables tell. */
async function explained(world: World, connection: Connection, moved: Moved): Promise<Judged> {
  const { from, to, address, source, expected, expectedBack } = connection;
  const failed = (reason: Fault['reason'], detail: string): Judged => {
    const forward = { reason, detail: `${moved.error}: ${detail}` };
    return { forward, back: 'unseen', path: [], backPath: [] };
  };
  const out = await routeGet(world, from.key, address);
  const leaves = `${from.key}:${out.nic}`;
  if (out.nic === undefined) return failed('unreachable', `no route to ${address}`);
  if (expected.length > 0 && leaves !== expected[0]) {
    return failed('wrong-interface', `${leaves} instead of ${expected[0]}`);
  }
  if (source !== undefined && out.source !== source) {
    return failed('wrong-source', `${out.source} instead of ${source}`);
  }
  if (to !== undefined && out.source !== undefined && expectedBack.length > 0) {
    const answers = `${to.key}:${(await routeGet(world, to.key, out.source, address)).nic}`;
    const detail = `${answers} instead of ${expectedBack[0]}`;
    if (answers !== expectedBack[0]) {
      const back: Fault = { reason: 'wrong-interface', detail };
      return { forward: 'unseen', back, path: [], backPath: [] };
    }
  }
  if (moved.connected) return failed('stalled', `after ${moved.received} bytes of the answer`);
  return failed(moved.error === 'ECONNREFUSED' ? 'refused' : 'no-answer', `${out.source} by ${leaves}`);
}

/** The interface and the own address that the kernel chooses; neither when it refuses. */
async function routeGet({ plan, host }: World, name: string, to: string, from?: string) {
  const routes = plan.nodes.find(node => node.name === name)?.routes ?? [];
  const family = routes.some(route => route.startsWith('-4')) ? 4 : 6;
  const address = plan.names.get(to)?.find(known => known.includes(':') === (family === 6)) ?? to;
  const source = from === undefined ? [] : ['from', from];
  const { stdout } = await runIn(host(name), ['ip', 'route', 'get', address, ...source]);
  return { nic: / dev (\S+)/.exec(stdout)?.[1], source: / src (\S+)/.exec(stdout)?.[1] ?? from };
}
