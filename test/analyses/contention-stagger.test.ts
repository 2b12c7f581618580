import { describe, expect, it } from 'vitest';
import { freeTime, freeTimeBefore } from '../../src/analyses/contention-stagger.ts';
import { factsOf } from '../../src/analyses/facts.ts';
import { runRules } from '../../src/rules/rule.ts';
import { SCHEDULE_RULES } from '../../src/rules/schedule-rules.ts';
import { topologyOf } from '../support/topology.ts';

const text = (flows: string) => `
offsite: 1
sites: { s: { timezone: Europe/Berlin } }
hosts:
  pve: { site: s, roles: { pve: "9.1.4" } }
  nas: { site: s, roles: { nas: true }, os: dsm }
guests: { all: { cluster: pve, all: true } }
shares: { raw: { host: nas, path: /volume1/raw } }
storages: { raw: { cluster: pve, share: raw, via: local, content: [backup] } }
flows:
${flows}`;
const flow = (key: string, rest: string) =>
  `  ${key}: { kind: vzdump, from: all, to: raw, via: local, ${rest} }\n`;
const scheduleOf = (flows: string) => factsOf(topologyOf(text(flows))).schedule;
const job = (flows: string, key: string) => {
  const schedule = scheduleOf(flows);
  const found = schedule.all.find(({ name }) => name === `\`${key}\``);
  if (found === undefined) throw new Error(key);
  return { schedule, found };
};
/** After it the hour that spring skips begins. */
const A = flow('a', 'schedule: "01:00", takes: 1h');

describe('freeTime', () => {
  it.each([
    ['where it is asked for', A + flow('b', 'schedule: "01:30", takes: 20m'), '04:00', 240],
    ['rounded up', A + flow('b', 'schedule: "01:30", takes: 20m'), '04:05', 241],
    [
      'behind the next one',
      A + flow('b', 'schedule: "01:30", takes: 20m') + flow('c', 'schedule: "03:10", takes: 30m'),
      '03:40',
      180,
    ],
    [
      'ahead of the next one',
      A + flow('b', 'schedule: "01:30", takes: 20m') + flow('c', 'schedule: "04:30", takes: 30m'),
      '04:00',
      240,
    ],
    ['not in the gap of spring', A + flow('b', 'schedule: "sun 01:30", takes: 20m'), 'sun 03:00', 125],
    [
      'not before what it waits for',
      A + flow('b', 'schedule: "01:30", takes: 20m, expect_after: a'),
      '03:00',
      90,
    ],
    [
      'not behind what waits for it',
      A +
        flow('b', 'schedule: "01:30", takes: 20m') +
        flow('c', 'schedule: "03:00", takes: 5m, expect_after: b'),
      undefined,
      180,
    ],
    [
      'not behind it for most of a week',
      A +
        flow('b', 'schedule: "sun 01:30", takes: 20m') +
        flow('c', 'schedule: "03:20", takes: 5m, expect_after: b'),
      undefined,
      205,
    ],
    ['not tomorrow', A + flow('b', 'schedule: "01:30", takes: 20m'), undefined, 1440],
    ['not for several times a day', A + flow('b', 'schedule: "0/6:30", takes: 20m'), undefined, 120],
  ])('%s', (_, flows, expected, from) => {
    const { schedule, found } = job(flows, 'b');
    expect(freeTime(schedule, found, from)).toBe(expected);
  });

  it('is a time at which no rule has anything to say', () => {
    const flows = (schedule: string) =>
      A + flow('b', `schedule: "${schedule}", takes: 20m`) + flow('c', 'schedule: "03:10", takes: 30m');
    const { schedule, found } = job(flows('01:30'), 'b');
    const free = freeTime(schedule, found, 120) ?? '';
    const findings = (yaml: string) => runRules(SCHEDULE_RULES, factsOf(topologyOf(text(yaml)))).length;
    expect([findings(flows('01:30')), findings(flows(free))]).toEqual([1, 0]);
  });

  it('is looked for before a time, too, the rounder one first', () => {
    const { schedule, found } = job(A + flow('b', 'schedule: "04:10", takes: 20m'), 'b');
    expect(freeTimeBefore(schedule, found, 240)).toBe('03:45');
  });
});
