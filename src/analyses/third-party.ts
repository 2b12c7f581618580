/** Whose machines a copy lies on. */
import type { Host } from '../model/topology.ts';
import type { CopyPlace } from './copy-place.ts';
import { isAtProvider } from './s3-uses.ts';

/** In the bucket of a provider, or on a machine that others run. */
export function isAtThirdParty(place: CopyPlace): boolean {
  switch (place.kind) {
    case 'bucket':
      return isAtProvider(place.bucket);
    case 'datastore': {
      const { backing, host } = place.datastore;
      return backing.kind === 's3' ? isAtProvider(backing.bucket) : isForeign(host);
    }
    case 'share':
      return isForeign(place.share.host);
    case 'pool':
      return isForeign(place.pool.host);
  }
}

/** At a site where nothing is ours; a machine that is not managed among our own is our own, too. */
const isForeign = ({ site }: Host): boolean => site.hosts.every(one => !one.managed);
