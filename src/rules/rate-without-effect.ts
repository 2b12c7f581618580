import { isActive } from '../analyses/in-use.ts';
import { atKey, atValue, type TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Rates } from '../model/spec.ts';
import type { Topology } from '../model/topology.ts';
import type { Finding, Rule } from './rule.ts';

export const rateWithoutEffect: Rule = {
  id: 'rate-without-effect',
  severity: 'warning',
  summary: 'A limit of bandwidth limits nothing.',
  why: 'The data of a pull come in and those of a push go out: a limit of the other direction slows down a few requests. A burst alone is no limit: PBS takes it only together with a rate of the same direction.',
  fix: 'Limit a pull by `in` and a push by `out`, and give a burst its rate.',
  example: {
    bad: 'direction: pull\nrates: { out: 20 MiB/s }',
    good: 'direction: pull\nrates: { in: 20 MiB/s }',
  },
  *check({ topology }) {
    for (const { what, path, rates } of limitsOf(topology)) yield* burstsAlone(what, path, rates);
    for (const flow of topology.flows.values()) {
      // Of a local one all limits are refused.
      if (flow.kind !== 'sync' || flow.direction === 'local' || !isActive(flow)) continue;
      const { key, path, spec, direction } = flow;
      const [meant, other] = direction === 'pull' ? (['in', 'out'] as const) : (['out', 'in'] as const);
      // Whoever limits both has what he wants.
      if (spec.rates?.[other] === undefined || spec.rates[meant] !== undefined) continue;
      yield {
        message: `flow \`${key}\` is a ${direction}, whose data ${direction === 'pull' ? 'come in' : 'go out'}: \`${other}\` does not slow it down`,
        place: atKey([...path, 'rates', other]),
        related: [{ message: 'the direction', place: atValue([...path, 'direction']) }],
        help: `write \`${meant}\``,
      };
    }
  },
};

interface Limit {
  readonly what: string;
  readonly path: TopologyPath;
  readonly rates: Rates;
}

function* limitsOf({ flows, datastores, trafficLimits }: Topology): Iterable<Limit> {
  for (const { kind, key, path, spec, state } of flows.values()) {
    if (kind !== 'sync' || state !== 'active' || spec.direction === 'local') continue;
    if (spec.rates) yield { what: `flow \`${key}\``, path: [...path, 'rates'], rates: spec.rates };
  }
  for (const { key, path, spec, state } of datastores.values()) {
    const rates = state === 'active' ? spec.s3?.rates : undefined;
    if (rates) yield { what: `datastore \`${key}\``, path: [...path, 's3', 'rates'], rates };
  }
  for (const { key, path, spec, state } of trafficLimits.values()) {
    if (state === 'active')
      yield { what: `traffic limit \`${key}\``, path: [...path, 'rates'], rates: spec.rates };
  }
}

function* burstsAlone(what: string, path: TopologyPath, rates: Rates): Iterable<Finding> {
  for (const rate of ['in', 'out'] as const) {
    const burst = `burst_${rate}` as const;
    if (rates[burst] === undefined || rates[rate] !== undefined) continue;
    yield {
      message: `\`${burst}\` of ${what} has no effect without \`${rate}\``,
      place: atKey([...path, burst]),
      help: `add the rate, \`${rate}: 20 MiB/s\` say, or leave the burst out`,
    };
  }
}
