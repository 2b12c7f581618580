import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toDsm } from '../../src/calendar/dsm.ts';
import { nextEvents } from '../../src/calendar/next.ts';
import { epoch, eventOf } from './harness.ts';

describe('toDsm', () => {
  test.each([
    ['03:20', { type: 'daily', hour: 3, minute: 20 }, '20 3 * * *'],
    ['daily', { type: 'daily', hour: 0, minute: 0 }, '0 0 * * *'],
    ['sun 02:00', { type: 'weekly', weekdays: [0], hour: 2, minute: 0 }, '0 2 * * 0'],
    [
      'mon..fri,sun 2:05',
      { type: 'weekly', weekdays: [0, 1, 2, 3, 4, 5], hour: 2, minute: 5 },
      '5 2 * * 0-5',
    ],
    ['monthly', { type: 'monthly', dayOfMonth: 1, hour: 0, minute: 0 }, '0 0 1 * *'],
    [
      '0/6:30',
      { type: 'daily', hour: 0, minute: 30, repeat: { every: 'hours', interval: 6, lastHour: 18 } },
      '30 0,6,12,18 * * *',
    ],
    [
      'hourly',
      { type: 'daily', hour: 0, minute: 0, repeat: { every: 'hours', interval: 1, lastHour: 23 } },
      '0 * * * *',
    ],
    [
      'sat 8,12:00',
      {
        type: 'weekly',
        weekdays: [6],
        hour: 8,
        minute: 0,
        repeat: { every: 'hours', interval: 4, lastHour: 12 },
      },
      '0 8,12 * * 6',
    ],
    [
      '8..17:0/15',
      { type: 'daily', hour: 8, minute: 0, repeat: { every: 'minutes', interval: 15, lastHour: 17 } },
      '0,15,30,45 8-17 * * *',
    ],
    [
      'minutely',
      { type: 'daily', hour: 0, minute: 0, repeat: { every: 'minutes', interval: 1, lastHour: 23 } },
      '* * * * *',
    ],
  ])('%j', (text, task, cron) => {
    expect(toDsm(eventOf(text))).toEqual({ ok: true, task, cron });
  });

  test.each([
    ['02:00 UTC', 'zone of the NAS'],
    ['02:00:30', 'full minutes'],
    ['quarterly', 'months'],
    ['2027-01-01', 'years'],
    ['*-*-1,15 02:00', 'not several'],
    ['*-*-31 02:00', 'from 1 to 28'],
    ['sat *-*-1..7 15:00', 'not both'],
    ['sun *-*-01 15:00', 'not both'],
    ['1,2,15:30', 'fixed distance'],
    ['*:0/12', 'every 1, 5, 10, 15, 20, 30 minutes'],
    ['8,10:0/15', 'consecutive hours'],
    ['8:0,15', 'at no other minutes'],
    ['0/5:00', 'skips hour 0'],
  ])('%j is refused', (text, reason) => {
    const answer = toDsm(eventOf(text));
    expect(!answer.ok && answer.reason).toContain(reason);
  });

  /** Does a field of cron (numbers, ranges, lists, `*`) match? */
  const cronMatches = (field: string, value: number): boolean =>
    field.split(',').some(part => {
      const [from, to = from] = part.split('-');
      return part === '*' || (value >= Number(from) && value <= Number(to));
    });

  test('cron and the task run when the event does', () => {
    const hours = fc.constantFrom('0', '3', '*', '0/6', '8..17', '2,6,10', '1,2,5', '22,23');
    const minutes = fc.constantFrom('0', '20', '*', '0/15', '5/10', '0/30', '7,9');
    const days = fc.constantFrom('', 'sun ', 'mon..fri ', 'fri..mon ', '*-*-05 ', '*-*-1,2 ');
    fc.assert(
      fc.property(days, hours, minutes, (day, hour, minute) => {
        const event = eventOf(`${day}${hour}:${minute}`);
        const dsm = toDsm(event);
        if (!dsm.ok) return;
        const [m, h, dom, , dow] = dsm.cron.split(' ') as [string, string, string, string, string];
        const { weekdays, dayOfMonth, repeat } = dsm.task;
        const byCron: number[] = [];
        const byTask: number[] = [];
        const after = epoch('2026-05-01T00:00:00Z');
        for (let t = after + 60; t <= after + 7 * 86_400; t += 60) {
          const at = new Date(t * 1000);
          const [hour, minute] = [at.getUTCHours(), at.getUTCMinutes()];
          if (
            cronMatches(m, minute) &&
            cronMatches(h, hour) &&
            cronMatches(dom, at.getUTCDate()) &&
            cronMatches(dow, at.getUTCDay())
          )
            byCron.push(t);
          if (
            weekdays?.includes(at.getUTCDay()) === false ||
            (dayOfMonth ?? at.getUTCDate()) !== at.getUTCDate()
          )
            continue;
          const since = hour * 60 + minute - dsm.task.hour * 60 - dsm.task.minute;
          const every =
            repeat === undefined
              ? Infinity
              : repeat.every === 'hours'
                ? repeat.interval * 60
                : repeat.interval;
          if (since === 0 || (since > 0 && since % every === 0 && hour <= repeat!.lastHour)) byTask.push(t);
        }
        const runs = nextEvents(event, { zone: 'UTC', after, count: byCron.length + 1 }).filter(
          run => run <= after + 7 * 86_400,
        );
        expect(runs).toEqual(byCron);
        expect(runs).toEqual(byTask);
      }),
      { numRuns: 80 },
    );
  });
});
