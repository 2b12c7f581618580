/** Places where backups lie, and on what they lie there: the pool at the bottom, the machine, the site. */
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import type { Bucket, Cluster, Datastore, Host, Pool, Share, Site } from '../model/topology.ts';
import { memo } from '../once.ts';

export type CopyPlace =
  | { readonly kind: 'datastore'; readonly datastore: Datastore; readonly namespace: string }
  | { readonly kind: 'share'; readonly share: Share; readonly directory: string }
  | { readonly kind: 'bucket'; readonly bucket: Bucket; readonly prefix: string }
  | { readonly kind: 'pool'; readonly pool: Pool };

export const placeKey = (place: CopyPlace): string => {
  switch (place.kind) {
    case 'datastore':
      return `datastore ${place.datastore.key}:${place.namespace}`;
    case 'share':
      return `share ${place.share.key}:${place.directory}`;
    case 'bucket':
      return `bucket ${place.bucket.key}:${place.prefix}`;
    case 'pool':
      return `pool ${poolRef(place.pool)}`;
  }
};

export const isSamePlace = (a: CopyPlace, b: CopyPlace): boolean =>
  holderOf(a) === holderOf(b) && belowHolder(a) === belowHolder(b);

const belowHolder = (place: CopyPlace): string => {
  switch (place.kind) {
    case 'datastore':
      return place.namespace;
    case 'share':
      return place.directory;
    case 'bucket':
      return place.prefix;
    case 'pool':
      return '';
  }
};

export const poolRef = ({ host, key }: Pool): string => `${host.key}/${key}`;

/** The object that holds the copy: two places in one of them are one copy. */
export const holderOf = (place: CopyPlace): Datastore | Share | Bucket | Pool => {
  switch (place.kind) {
    case 'datastore':
      return place.datastore;
    case 'share':
      return place.share;
    case 'bucket':
      return place.bucket;
    case 'pool':
      return place.pool;
  }
};

/** For people: "datastore `backups`". */
export const placeText = (place: CopyPlace): string =>
  place.kind === 'pool' ? `pool \`${poolRef(place.pool)}\`` : `${place.kind} \`${holderOf(place).key}\``;

export const placePath = (place: CopyPlace): TopologyPath => holderOf(place).path;

/** The device below a pool of a guest, as far as it is declared. */
export function bottomPool(pool: Pool): Pool {
  if (pool.on === undefined) return pool;
  const seen = new Set<Pool>();
  let at = pool;
  while (at.on !== undefined && !seen.has(at)) {
    seen.add(at);
    at = at.on;
  }
  return at;
}

/** The machines that a host runs on: itself when it is one; the nodes of a cluster that may run it. */
export function machinesOf(host: Host): readonly Host[] {
  if (host.runsOn === undefined) return [host];
  const seen = new Set<Host>();
  let at: Host | Cluster = host;
  while (!('nodes' in at) && at.runsOn !== undefined && !seen.has(at)) {
    seen.add(at);
    at = at.runsOn;
  }
  return 'nodes' in at ? at.nodes : [at];
}

/** What a place lies on. */
export interface Ground {
  /** Undefined: not declared. */
  readonly pool: Pool | undefined;
  /** Machines without which it cannot be read; none for a bucket of a provider. */
  readonly machines: readonly Host[];
  /** Undefined: at a provider. */
  readonly site: Site | undefined;
  /** A disk that is carried away. */
  readonly removable: boolean;
}

export function groundOf(place: CopyPlace): Ground {
  switch (place.kind) {
    case 'datastore':
      return datastoreGround(place.datastore);
    case 'share':
      return shareGround(place.share);
    case 'bucket':
      return bucketGround(place.bucket);
    case 'pool':
      return onPool(place.pool, place.pool.host);
  }
}

// Many copies lie in one of them, and many rules ask.
const shareGround = memo(({ pool, host }: Share): Ground => onPool(pool, host));
const datastoreGround = memo(findDatastoreGround);

function findDatastoreGround({ host, backing, pool }: Datastore): Ground {
  switch (backing.kind) {
    case 'path':
    case 'disk':
      return onPool(pool, host);
    case 'removable':
      return { pool, machines: [], site: host.site, removable: true };
    case 'iscsi':
      return onPool(backing.lun.pool, backing.lun.host);
    case 'nfs':
      return shareGround(backing.share);
    case 's3':
      return bucketGround(backing.bucket);
  }
}

function onPool(pool: Pool | undefined, host: Host): Ground {
  const bottom = pool && bottomPool(pool);
  const machines = machinesOf(bottom?.host ?? host);
  return {
    pool: bottom,
    machines,
    site: (bottom?.host ?? host).site,
    removable: bottom?.spec.kind === 'removable',
  };
}

const bucketGround = ({ host }: Bucket): Ground => ({
  pool: undefined,
  machines: host === undefined ? [] : machinesOf(host),
  site: host?.site,
  removable: false,
});
