import type { Answer, Order } from './agent.ts';
import type { Namespace } from './namespaces.ts';

let orders = 0;

type Without<T> = T extends unknown ? Omit<T, 'id'> : never;

/** Gives the agent of a namespace an order and waits for its answer. */
export function order({ name, holder }: Namespace, wanted: Without<Order>): Promise<Answer> {
  orders += 1;
  const id = orders;
  return new Promise((done, failed) => {
    let buffered = '';
    const onData = (text: string): void => {
      buffered += text;
      for (let end = buffered.indexOf('\n'); end >= 0; end = buffered.indexOf('\n')) {
        const line = buffered.slice(0, end);
        buffered = buffered.slice(end + 1);
        if (!line.startsWith(`{"id":${id},`)) continue;
        finish();
        done(JSON.parse(line) as Answer);
      }
    };
    const onEnd = (): void => {
      finish();
      failed(new Error(`the agent of ${name} ended`));
    };
    const finish = (): void => {
      holder.stdout?.off('data', onData).off('end', onEnd);
    };
    holder.stdout?.setMaxListeners(100).setEncoding('utf8').on('data', onData).on('end', onEnd);
    holder.stdin?.write(`${JSON.stringify({ id, ...wanted })}\n`);
  });
}
