/**
 * Runs inside a namespace: listens where servers would be, and moves bytes to and from other namespaces. Reads orders
 * as lines of JSON, answers each with one line, ends with its input.
 */
import { connect, createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

export type Order =
  | { readonly id: number; readonly kind: 'listen'; readonly port: number }
  | ({ readonly id: number; readonly kind: 'transfer' } & Transfer);

export interface Transfer {
  readonly address: string;
  readonly port: number;
  /** Bytes to the server. */
  readonly up: number;
  /** Bytes from the server. */
  readonly down: number;
  /** Milliseconds without any progress after which it has failed. */
  readonly patience: number;
}

export interface Moved {
  /** Undefined: everything arrived. Else the error code of the system, or `stalled`. */
  readonly error?: string;
  readonly connected: boolean;
  /** Own address as the server sees it. */
  readonly source?: string;
  /** Bytes that came back. */
  readonly received: number;
}

export interface Answer extends Moved {
  readonly id: number;
}

const HEADER_BYTES = 8;
const SOURCE_BYTES = 64;

/** First the two lengths, then that many bytes; back come the address seen, then as many bytes as were asked for. */
function serve(socket: Socket): void {
  let header = Buffer.alloc(0);
  let expected = Number.POSITIVE_INFINITY;
  let seen = 0;
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    seen += chunk.length;
    if (header.length < HEADER_BYTES) header = Buffer.concat([header, chunk]).subarray(0, HEADER_BYTES);
    if (header.length < HEADER_BYTES) return;
    expected = HEADER_BYTES + header.readUInt32BE(0);
    if (seen < expected) return;
    socket.write((socket.remoteAddress ?? '').replace('::ffff:', '').padEnd(SOURCE_BYTES));
    socket.end(Buffer.alloc(header.readUInt32BE(4)));
  });
}

function transfer({ address, port, up, down, patience }: Transfer): Promise<Moved> {
  return new Promise(done => {
    const socket = connect({ host: address, port, autoSelectFamily: false });
    let connected = false;
    let source = '';
    let received = 0;
    const finish = (error?: string): void => {
      socket.destroy();
      done({ ...(error === undefined ? {} : { error }), connected, source: source.trim(), received });
    };
    socket.setTimeout(patience, () => finish('stalled'));
    socket.on('error', (error: NodeJS.ErrnoException) => finish(error.code ?? error.message));
    socket.on('connect', () => {
      connected = true;
      const header = Buffer.alloc(HEADER_BYTES);
      header.writeUInt32BE(up, 0);
      header.writeUInt32BE(down, 4);
      socket.write(Buffer.concat([header, Buffer.alloc(up)]));
    });
    socket.on('data', (chunk: Buffer) => {
      const missing = SOURCE_BYTES - source.length;
      source += chunk.subarray(0, missing).toString('latin1');
      received += Math.max(0, chunk.length - missing);
    });
    socket.on('end', () => finish(received === down ? undefined : 'short'));
  });
}

const listen = (port: number): Promise<Moved> =>
  new Promise(done => {
    const server = createServer({ allowHalfOpen: true }, serve);
    const moved = { connected: false, received: 0 };
    server.on('error', (error: NodeJS.ErrnoException) => done({ ...moved, error: error.code ?? 'error' }));
    server.listen(port, '::', () => done(moved));
  });

createInterface({ input: process.stdin })
  .on('line', line => {
    const order = JSON.parse(line) as Order;
    const answer = order.kind === 'listen' ? listen(order.port) : transfer(order);
    void answer.then(moved => process.stdout.write(`${JSON.stringify({ id: order.id, ...moved })}\n`));
  })
  .on('close', () => process.exit(0));
