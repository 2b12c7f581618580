/** An artifact whose text is made: where it goes and whose it is. Its content is made again for who asks for it. */
import { type Artifact, type Fact, type FactColumns, outPath } from './artifact.ts';
import { FilePlace } from './file-place.ts';
import type { Lowered } from './lowering.ts';

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

class Placed extends FilePlace implements Lower {
  readonly #again: Again;

  constructor(artifact: Lower, again: Again) {
    super(artifact);
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
