/** Where a file goes and whose it is: what the classes of artifacts have in common. There is one for every file of a fleet. */
import type { Artifact } from './artifact.ts';
import type { Lowered, Phase } from './lowering.ts';

type Place = Omit<Lowered['artifacts'][number], 'view' | 'facts' | 'columns'>;

/** Of most files; what is kept of them shall not be a list each. */
const NO_SECRETS: readonly string[] = [];

export class FilePlace implements Place {
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

  constructor(place: Place) {
    this.kind = place.kind;
    this.target = place.target;
    this.folder = place.folder;
    this.path = place.path;
    this.ownership = place.ownership;
    this.mode = place.mode;
    this.owner = place.owner;
    this.group = place.group;
    this.secrets = place.secrets.length === 0 ? NO_SECRETS : place.secrets;
    this.phase = place.phase;
    if (place.sections !== undefined) this.sections = place.sections;
  }
}
