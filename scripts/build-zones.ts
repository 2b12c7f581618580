/**
 * Makes `src/calendar/generated/zones.ts` from the zone data of the Node that runs it: `node scripts/build-zones.ts`.
 * By hand, and not by every build, so that a build by another Node does not change the tree; a test compares.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { engineKnows, engineYear } from '../src/calendar/zone-engine.ts';

/** The year for which schedules are judged, and its neighbours. */
const YEARS = [2025, 2026, 2027] as const;

/** In use everywhere, but the engine lists them under older names. */
const RENAMED = [
  'America/Argentina/Buenos_Aires',
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Yangon',
  'Etc/UTC',
  'Europe/Kyiv',
  'UTC',
];

function rulesOf(zone: string): string {
  const years = YEARS.map(year => engineYear(zone, year));
  const changes = years.flatMap(({ transitions }) => transitions.map(({ at, after }) => `${at}:${after}`));
  return [years[0]?.offset, ...changes].join();
}

/** The text of the generated module. */
export function generate(): string {
  const names = new Set([...Intl.supportedValuesOf('timeZone'), ...RENAMED].filter(engineKnows));
  const byRules = Map.groupBy([...names].sort(), rulesOf);
  const lines = [...byRules].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    `// Made by scripts/build-zones.ts from tz ${process.versions.tz}; do not edit.`,
    `export const TZ = '${process.versions.tz}';`,
    `export const FIRST_YEAR = ${YEARS[0]};`,
    `export const LAST_YEAR = ${YEARS[2]};`,
    '/** Each line: the offset at the start of the first year, every change as `at:offset`, and who has them. */',
    `export const ZONES = \`${lines.map(([rules, zones]) => [rules, ...zones].join(' ')).join('\n')}\`;`,
    '',
  ].join('\n');
}

if (import.meta.main) {
  const folder = new URL('../src/calendar/generated/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL('zones.ts', folder), generate());
}
