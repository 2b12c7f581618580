/** `systemd-analyze calendar` (systemd-analyze(1), systemd.time(7)) of every timer. */
import { push } from '../../multimap.ts';
import { linesIn, parts, refused, unclear } from '../findings.ts';
import type { Finding, JudgedFile, Tool } from '../tool.ts';
import type { World } from '../world.ts';

const EVENT = /^OnCalendar=(.*)$/gm;
/** Expressions on one command line. */
const MANY = 200;

interface Event {
  readonly file: JudgedFile;
  readonly line: number;
}

export const systemdCalendar: Tool = {
  name: 'systemd-analyze calendar',
  package: 'systemd',
  programs: ['systemd-analyze'],
  scope: 'text',
  wants: ({ artifact, text }) => artifact.path.endsWith('.timer') && /^OnCalendar=/m.test(text),
  async judge(files, world) {
    const events = eventsOf(files);
    const runs = parts([...events.keys()], MANY).map(some => judge(some, events, world));
    return (await Promise.all(runs)).flat();
  },
};

function eventsOf(files: readonly JudgedFile[]): ReadonlyMap<string, readonly Event[]> {
  const events = new Map<string, Event[]>();
  for (const file of files) {
    for (const { 1: text = '', index } of file.text.matchAll(EVENT)) {
      const line = file.text.slice(0, index).split('\n').length;
      push(events, text, { file, line });
    }
  }
  return events;
}

async function judge(
  texts: readonly string[],
  events: ReadonlyMap<string, readonly Event[]>,
  world: World,
): Promise<readonly Finding[]> {
  const run = await world.run(['systemd-analyze', 'calendar', '--', ...texts]);
  const first = events.get(texts[0] ?? '')?.[0]?.file;
  if (first === undefined) return [];
  if (run.status === undefined) return [unclear(first, run)];
  const findings = linesIn(run.stderr).flatMap(message => {
    const text = texts.find(one => message.includes(`'${one}'`));
    return (text === undefined ? [] : (events.get(text) ?? [])).map(({ file, line }) =>
      refused(file, message, line),
    );
  });
  return findings.length === 0 && run.status !== 0 ? [unclear(first, run)] : findings;
}
