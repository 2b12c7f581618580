/**
 * A file whose facts are columns, and a list when somebody asks for it. A class, since there are many and a literal
 * with a getter takes five times the memory.
 */
import type { Artifact, Fact, FactColumns } from './artifact.ts';
import { factsFrom } from './columns.ts';
import { FilePlace } from './file-place.ts';

export class ColumnFile<View> extends FilePlace implements Artifact<View> {
  readonly view: View;
  readonly columns: FactColumns;

  constructor(file: ConstructorParameters<typeof FilePlace>[0] & Pick<ColumnFile<View>, 'view' | 'columns'>) {
    super(file);
    this.view = file.view;
    this.columns = file.columns;
  }

  get facts(): readonly Fact[] {
    return factsFrom(this.columns);
  }
}
