import { describe, expect, it } from 'vitest';
import { factsOf } from '../../src/analyses/facts.ts';
import { momentText } from '../../src/analyses/schedule-text.ts';
import { absencesOf } from '../../src/analyses/windows-presence.ts';
import { topologyOf } from '../support/topology.ts';

const text = (present: string, flow: string, zone = 'Europe/Berlin') => `
offsite: 1
sites: { s: { timezone: Europe/Berlin } }
hosts:
  pbs: { site: s, roles: { pbs: "4.2.3" } }
  desk: { site: s, timezone: ${zone}, roles: { linux: true }, available: [${present}] }
datastores: { main: { host: pbs, path: /main } }
accounts: { files: { kind: pbs, on: pbs, id: "files@pbs!desk" } }
flows:
  f: { kind: host-backup, from: desk, to: main, account: files, paths: { etc: /etc }, via: local, ${flow} }
`;
const absences = (yaml: string) =>
  factsOf(topologyOf(yaml)).schedule.all.flatMap(job =>
    absencesOf(job).map(({ outside, cut, at }) => `${outside} outside, ${cut} cut, ${momentText(at)}`),
  );

describe('absencesOf', () => {
  it.each([
    ['inside', '"9:00-18:00"', 'schedule: "9:00", takes: 9h', []],
    ['at its end', '"9:00-18:00"', 'schedule: "18:00"', ['365 outside, 0 cut, thu 2026-01-01 18:00']],
    [
      'not long enough',
      '"9:00-18:00"',
      'schedule: "17:50", takes: 11m',
      ['0 outside, 365 cut, thu 2026-01-01 17:50'],
    ],
    ['some days', '"mon..fri 9:00-18:00"', 'schedule: "12:00"', ['104 outside, 0 cut, sat 2026-01-03 12:00']],
    ['over midnight, in two windows', '"22:00-23:59", "0:00-6:00"', 'schedule: "23:00", takes: 7h', []],
    [
      'over the end of the week',
      '"sun 22:00-23:59", "mon 0:00-6:00"',
      'schedule: "sun 23:00", takes: 7h',
      [],
    ],
    ['always', '"0:00-23:59"', 'schedule: "23:59", takes: 30h', []],
    ['a window that cannot be read', '"22:00-6:00"', 'schedule: "12:00"', []],
  ])('%s', (_, present, flow, expected) => {
    expect(absences(text(present, flow))).toEqual(expected);
  });
});
