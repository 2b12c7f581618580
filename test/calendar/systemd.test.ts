import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextEvents } from '../../src/calendar/next.ts';
import { toSystemd } from '../../src/calendar/systemd.ts';
import { eventText } from './arbitrary.ts';
import { epoch, eventOf } from './harness.ts';

describe('toSystemd', () => {
  test.each([
    ['02:00', '*-*-* 02:00:00'],
    ['daily', '*-*-* 00:00:00'],
    ['weekly', 'Mon *-*-* 00:00:00'],
    ['quarterly', '*-01,04,07,10-01 00:00:00'],
    ['SUN 2:30', 'Sun *-*-* 02:30:00'],
    ['fri..mon 1:00', 'Mon,Fri..Sun *-*-* 01:00:00'],
    ['mon..sun 1:00', '*-*-* 01:00:00'],
    ['*-1 02:00', '*-*-01 02:00:00'],
    ['sat *-1..7 15:00', 'Sat *-*-01..07 15:00:00'],
    ['*/6:00', '*-*-* 00/6:00:00'],
    ['*:0/15', '*-*-* *:00/15:00'],
    ['*:5/15', '*-*-* *:05/15:00'],
    ['22', '*-*-* *:22:00'],
    ['8..17:0', '*-*-* 08..17:00:00'],
    ['0..23/5:00', '*-*-* 00,05,10,15,20:00:00'],
    ['*-*-1..28/9 1:00', '*-*-01,10,19,28 01:00:00'],
    ['1960..2030-1-1', '1970..2030-01-01 00:00:00'],
    ['dailyUTC', '*-*-* 00:00:00 UTC'],
  ])('%j is %j', (text, expected) => {
    expect(toSystemd(eventOf(text))).toEqual({ ok: true, text: expected });
  });

  test.each([
    ['0/5:00', 'Proxmox skips hour 0, systemd does not'],
    ['*-*-*/2 03:00', 'Proxmox skips day 1, systemd does not'],
    ['*-1/5-1', 'Proxmox skips month 1'],
    ['*-02-30', 'never fires'],
    ['30-01-01', 'never fires'],
  ])('%j is refused', (text, reason) => {
    const answer = toSystemd(eventOf(text));
    expect(!answer.ok && answer.reason).toContain(reason);
  });
});

const tool = '/usr/bin/systemd-analyze';
const hasTool = existsSync(tool);
if (!hasTool && !process.env['CI'])
  console.warn(`SKIPPED: ${tool} is missing, OnCalendar texts are not checked against systemd`);

/** The next runs of several texts in one call: a run is `Next elapse` or `Iter. #n`, with UTC on the line below. */
const askSystemd = (texts: readonly string[], zone: string, after: number, count: number): number[][] => {
  const args = ['calendar', `--iterations=${count}`, `--base-time=@${after}`, '--', ...texts];
  const out = execFileSync(tool, args, {
    env: { TZ: zone, LC_ALL: 'C', PATH: '/usr/bin' },
    encoding: 'utf8',
    stdio: 'pipe',
  });
  return out
    .split(/\n\n/)
    .filter(block => block.trim() !== '')
    .map(block => {
      const inUtc = /\(in UTC\):/.test(block)
        ? /\(in UTC\): (.*) UTC$/gm
        : /(?:Next elapse|Iter\. #\d+): (.*) UTC$/gm;
      return [...block.matchAll(inUtc)].map(([, time]) => epoch(`${time!.slice(4).replace(' ', 'T')}Z`));
    });
};

const batchOf = 25;
const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'UTC'];
const starts = [
  '2026-03-27T12:34:56Z',
  '2026-10-23T23:00:00Z',
  '2027-02-27T10:00:00Z',
  '2026-03-07T20:00:00Z',
].map(epoch);

describe('systemd-analyze calendar', () => {
  test.runIf(hasTool || process.env['CI'])(
    'names the same runs',
    () => {
      let compared = 0;
      const batch = fc.array(eventText, { minLength: batchOf, maxLength: batchOf });
      fc.assert(
        fc.property(batch, fc.constantFrom(...zones), fc.constantFrom(...starts), (texts, zone, after) => {
          const said = texts.map(eventOf).flatMap(event => {
            const systemd = toSystemd(event);
            return systemd.ok ? [{ event, text: systemd.text }] : [];
          });
          const answers = askSystemd(
            said.map(({ text }) => text),
            zone,
            after,
            4,
          );
          expect(answers.length).toBe(said.length);
          for (const [index, { event, text }] of said.entries()) {
            compared++;
            expect([text, answers[index]]).toEqual([text, nextEvents(event, { zone, after, count: 4 })]);
          }
        }),
        { numRuns: 300, endOnFailure: true },
      );
      expect(compared).toBeGreaterThan(2000);
    },
    60_000,
  );
});
