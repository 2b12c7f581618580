/** The proof and a kernel say the same of every connection, of good and of spoilt deployments. */
import { describe, expect, test } from 'vitest';
import { verdictsOf } from '../../../src/analyses/network/proof.ts';
import type { Verdict } from '../../../src/analyses/network/verdict.ts';
import { kernelUnavailable } from '../../kernel/requirements.ts';
import { type Verdict as KernelVerdict, kernelVerdicts } from '../../kernel/verdict.ts';
import { type Edit, renderNetwork } from './rendered.ts';
import { randomOf, smallTopology, spoiling } from './small-world.ts';

const LIMIT_MS = 120_000;
const SEEDS = Array.from({ length: 24 }, (_, index) => index + 1);

/** Lost behind the first host: the kernel of an end knows that nothing arrives, and little of why. */
const LATER = ['forward no-answer', 'back wrong-interface'];

/** What the kernel may see of a fault. */
function seenAs({ connection: { from }, fault, backFault }: Verdict): readonly string[] {
  if (backFault !== undefined) return LATER;
  switch (fault?.reason) {
    case undefined:
      return ['ok'];
    case 'unreachable':
    case 'no-route':
      return fault.host === from ? ['forward unreachable'] : LATER;
    case 'leaves-by-default-route':
    case 'wrong-nic':
      return fault.host === from ? ['forward wrong-interface'] : LATER;
    case 'source-not-allowed':
      return [...LATER, 'forward wrong-source'];
    case 'wrong-source':
      return ['forward wrong-source'];
    default:
      return LATER;
  }
}

function kernelSees({ forward, back }: KernelVerdict): string {
  if (typeof forward !== 'string') return `forward ${forward.reason}`;
  return typeof back === 'string' ? 'ok' : `back ${back.reason}`;
}

async function compare(topology: string, edit: Edit): Promise<{ agreed: number; spoilt: number }> {
  const kernel = await kernelVerdicts(topology, { edit });
  const { facts, files } = renderNetwork(topology, edit);
  let agreed = 0;
  let spoilt = 0;
  for (const verdict of verdictsOf(facts, files)) {
    const { what, from, to, address } = verdict.connection;
    const key = `${what.replaceAll('`', '')}: ${from.key} → ${to?.key ?? address}`;
    const seen = kernel.get(key);
    if (seen === undefined) continue;
    expect(seenAs(verdict), `${key}: ${verdict.fault?.detail ?? verdict.backFault?.detail}`).toContain(
      kernelSees(seen),
    );
    agreed += 1;
    if (verdict.fault ?? verdict.backFault) spoilt += 1;
  }
  expect(agreed).toBe(kernel.size);
  return { agreed, spoilt };
}

describe.skipIf(kernelUnavailable())('the proof agrees with the kernel', () => {
  test.concurrent.each(SEEDS)('small deployment %i', { timeout: LIMIT_MS }, async seed => {
    const random = randomOf(seed);
    const topology = smallTopology(random);
    const { files } = renderNetwork(topology);
    const { name, edit } = spoiling(files, random);
    const found = await compare(topology, edit).catch((error: Error) => {
      error.message = `${name}\n${error.message}`;
      throw error;
    });
    if (process.env.SHOW) console.log(seed, name, found);
    expect(found.agreed).toBeGreaterThan(3);
  });
});
