/**
 * A file whose facts are columns, and a list when somebody asks for it. A class, since there are many and a literal
 * with a getter takes five times the memory.
 */
import type { Artifact, Fact, FactColumns } from './artifact.ts';
import { factsFrom } from './columns.ts';
import type { Lowered, Phase } from './lowering.ts';

type Lower = Lowered['artifacts'][number];

/** Of most files; what is kept of them shall not be a list each. */
const NO_SECRETS: readonly string[] = [];

export class ColumnFile<View> implements Artifact<View> {
  readonly kind: string;
  readonly target: string;
  readonly folder: Artifact['folder'];
  readonly path: string;
  readonly ownership: Artifact['ownership'];
  readonly mode: string;
  readonly owner: string;
  readonly group: string;
  readonly secrets: readonly string[];
  declare readonly sections?: readonly string[];
  readonly view: View;
  readonly columns: FactColumns;
  readonly phase: Phase;

  constructor(file: Omit<Lower, 'facts' | 'columns' | 'view'> & Pick<ColumnFile<View>, 'view' | 'columns'>) {
    this.kind = file.kind;
    this.target = file.target;
    this.folder = file.folder;
    this.path = file.path;
    this.ownership = file.ownership;
    this.mode = file.mode;
    this.owner = file.owner;
    this.group = file.group;
    this.secrets = file.secrets.length === 0 ? NO_SECRETS : file.secrets;
    if (file.sections !== undefined) this.sections = file.sections;
    this.view = file.view;
    this.columns = file.columns;
    this.phase = file.phase;
  }

  get facts(): readonly Fact[] {
    return factsFrom(this.columns);
  }
}
