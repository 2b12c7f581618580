/** Places that are declared and take nothing: disabled storages and datastores in maintenance. */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Datastore, Flow, Storage } from '../model/topology.ts';

interface Refusal {
  readonly node: object;
  /** For messages: ``datastore `main` in maintenance``. */
  readonly what: string;
  /** The value that says so. */
  readonly path: TopologyPath;
}

/** Why what the flow writes is refused; undefined when it is taken. */
export function refusesWrites(flow: Flow): Refusal | undefined {
  switch (flow.kind) {
    case 'backup':
    case 'vzdump': {
      const { backing } = flow.to;
      return (
        disabled(flow.to) ??
        (backing.kind === 'datastore' ? inMaintenance(backing.place.datastore) : undefined)
      );
    }
    case 'host-backup':
    case 'sync':
      return inMaintenance(flow.to.datastore);
    default:
      return undefined;
  }
}

const disabled = (storage: Storage): Refusal | undefined =>
  storage.spec.disabled === true
    ? { node: storage, what: `the disabled storage \`${storage.key}\``, path: [...storage.path, 'disabled'] }
    : undefined;

const inMaintenance = (datastore: Datastore): Refusal | undefined =>
  datastore.spec.maintenance === undefined
    ? undefined
    : {
        node: datastore,
        what: `datastore \`${datastore.key}\` in maintenance`,
        path: [...datastore.path, 'maintenance'],
      };
