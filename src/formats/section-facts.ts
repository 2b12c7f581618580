/** What the readers of section files tell, PBS's and PVE's alike, and the facts that it comes to. */
import type { TakeFound } from '../artifacts/artifact.ts';

/** Gets what a text says, piece by piece: sections that the program knows, and their lines. */
export interface SectionSink {
  header(type: string, id: string, line: number): void;
  /** @param isArray whether it may stand in its section more than once. */
  property(key: string, value: string, line: number, isArray: boolean): void;
}

/** One fact per header (`sync: pull-home`, value '') and one per property line; items of an array are numbered. */
export function factSink(take: TakeFound): SectionSink {
  let section = '';
  let counts: Map<string, number> | undefined;
  return {
    header(type, id, line) {
      section = `${type}: ${id}`;
      counts = undefined;
      take(section, '', -1, '', line);
    },
    property(key, value, line, isArray) {
      if (!isArray) {
        take(section, key, -1, value, line);
        return;
      }
      counts ??= new Map();
      const count = counts.get(key) ?? 0;
      counts.set(key, count + 1);
      take(section, key, count, value, line);
    },
  };
}
