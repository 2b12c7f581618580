import { readPackageFile } from '../load/input.ts';
import type { Io } from './io.ts';
import type { Settings } from './parse.ts';

export const SCHEMA_FILE = 'schema/topology.schema.json';

/** `offsite schema`: the JSON Schema of the topology, byte for byte as it is installed. */
export function schema(_settings: Settings, io: Io): number {
  io.stdout(readPackageFile(SCHEMA_FILE));
  return 0;
}
