/** An artifact whose text is made: where it goes and whose it is. Its content is made again for who asks for it. */
import { type Artifact, type Fact, type FactColumns, outPath } from './artifact.ts';
import type { Lowered, Phase } from './lowering.ts';

type Lower = Lowered['artifacts'][number];

/** The artifact of that path below out/, lowered again. */
type Again = (path: string) => Artifact;

/** @param artifacts lowers them again, once for all that ask. */
export function withoutContent(artifacts: () => Iterable<Artifact>): (artifact: Lower) => Lower {
  let byPath: ReadonlyMap<string, Artifact> | undefined;
  const again = (path: string): Artifact => {
    byPath ??= new Map([...artifacts()].map(artifact => [outPath(artifact), artifact]));
    const found = byPath.get(path);
    if (found === undefined) throw new Error(`${path} was lowered once and not again`);
    return found;
  };
  return artifact => new Placed(artifact, again);
}

/** A class, since there is one for every file of a large fleet. */
class Placed implements Lower {
  readonly kind: string;
  readonly target: string;
  readonly folder: Artifact['folder'];
  readonly path: string;
  readonly ownership: Artifact['ownership'];
  readonly mode: string;
  readonly owner: string;
  readonly group: string;
  readonly secrets: readonly string[];
  readonly phase: Phase;
  declare readonly sections?: readonly string[];
  readonly #again: Again;

  constructor(artifact: Lower, again: Again) {
    this.kind = artifact.kind;
    this.target = artifact.target;
    this.folder = artifact.folder;
    this.path = artifact.path;
    this.ownership = artifact.ownership;
    this.mode = artifact.mode;
    this.owner = artifact.owner;
    this.group = artifact.group;
    this.secrets = artifact.secrets;
    this.phase = artifact.phase;
    if (artifact.sections !== undefined) this.sections = artifact.sections;
    this.#again = again;
  }

  get view(): unknown {
    return this.#again(outPath(this)).view;
  }

  get facts(): readonly Fact[] {
    return this.#again(outPath(this)).facts;
  }

  get columns(): FactColumns | undefined {
    return this.#again(outPath(this)).columns;
  }
}
