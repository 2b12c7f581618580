/** `_external/<name>.md`: what somebody else must configure, and what he needs for it. */
import type { Topology } from '../../model/topology.ts';
import { push } from '../../multimap.ts';
import type { FactColumns } from '../artifact.ts';
import { ColumnFile } from '../column-file.ts';
import { ColumnList } from '../columns.ts';
import type { ExternalNote, Lowered } from '../lowering.ts';

export interface ExternalView {
  readonly title: string;
  readonly intro: readonly string[];
  readonly notes: readonly {
    readonly number: string;
    readonly title: string;
    readonly paragraphs: readonly string[];
    readonly blocks: readonly { readonly language: string; readonly lines: readonly string[] }[];
  }[];
}

/** One file per name, its notes sorted by title. */
export function* lowerExternal(
  topology: Topology,
  notes: readonly ExternalNote[],
): Generator<Lowered['artifacts'][number]> {
  const byName = new Map<string, ExternalNote[]>();
  for (const note of notes) push(byName, note.name, note);
  const sorted = [...byName].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, list] of sorted) yield externalFile(topology, name, list);
}

function externalFile(
  topology: Topology,
  name: string,
  notes: readonly ExternalNote[],
): Lowered['artifacts'][number] {
  const sorted = [...notes].sort((a, b) => (a.title < b.title ? -1 : a.title > b.title ? 1 : 0));
  const host = topology.hosts.get(name);
  const view: ExternalView = {
    title: `For ${name}`,
    intro: [
      host === undefined
        ? 'Not rendered: whoever runs it configures what follows. Nothing here is a secret.'
        : `${name} at site ${host.site.key} is configured by hand or by somebody else. What the rest of the deployment expects of it, none of it secret:`,
    ],
    notes: sorted.map((note, index) => ({
      number: String(index + 1),
      title: note.title,
      // A list of hosts may be empty; an empty paragraph is none.
      paragraphs: note.text.filter(paragraph => paragraph.trim() !== ''),
      blocks: note.blocks.map(({ language, text }) => ({ language, lines: text.split('\n') })),
    })),
  };
  return new ColumnFile({
    kind: 'external',
    target: '_external',
    folder: 'doc',
    path: `/${name}.md`,
    ownership: 'whole',
    mode: '0644',
    owner: 'root',
    group: 'root',
    secrets: [],
    view,
    columns: columnsOf(view, sorted),
    phase: 'finish',
  });
}

function columnsOf(view: ExternalView, notes: readonly ExternalNote[]): FactColumns {
  const columns = new ColumnList();
  const all = notes.flatMap(note => note.causes);
  /** Gives how many lines there are. */
  const text = (part: string, paragraphs: readonly string[], causes: ExternalNote['causes']): number => {
    let count = 0;
    for (const paragraph of paragraphs)
      for (const line of paragraph.split('\n')) columns.add(part, 'text', count++, line, causes);
    return count;
  };
  columns.add('title', '', -1, view.title, all);
  text('intro', view.intro, all);
  view.notes.forEach(({ number, title, paragraphs, blocks }, index) => {
    const causes = notes[index]?.causes ?? all;
    const part = `step ${number}`;
    columns.add(part, '', -1, title, causes);
    // A block of language `text` goes on counting.
    const counts = new Map([['text', text(part, paragraphs, causes)]]);
    for (const { language, lines } of blocks) {
      let count = counts.get(language) ?? 0;
      for (const line of lines) if (line.trim() !== '') columns.add(part, language, count++, line, causes);
      counts.set(language, count);
    }
  });
  return columns;
}
