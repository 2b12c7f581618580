/** `_external/<name>.md`: what somebody else must configure, and what he needs for it. */
import type { Topology } from '../../model/topology.ts';
import { factList } from '../facts.ts';
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
  for (const note of notes) {
    const list = byName.get(note.name);
    if (list === undefined) byName.set(note.name, [note]);
    else list.push(note);
  }
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
  return {
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
    facts: factsOf(view, sorted),
    phase: 'finish',
  };
}

function factsOf(view: ExternalView, notes: readonly ExternalNote[]) {
  const list = factList();
  const all = notes.flatMap(note => note.causes);
  const text = (at: string, paragraphs: readonly string[], causes: ExternalNote['causes']): void => {
    for (const line of paragraphs.flatMap(paragraph => paragraph.split('\n')))
      list.next(`${at}/text`, line, causes);
  };
  list.one('title', view.title, all);
  text('intro', view.intro, all);
  view.notes.forEach((note, index) => {
    const causes = notes[index]?.causes ?? all;
    const at = `step ${note.number}`;
    list.one(at, note.title, causes);
    text(at, note.paragraphs, causes);
    for (const { language, lines } of note.blocks) {
      for (const line of lines) if (line.trim() !== '') list.next(`${at}/${language}`, line, causes);
    }
  });
  return list.facts;
}
