/** Who serves what, where several sections must agree. */
import { hostOf, type SiteHost, type SitePlan } from './layout.ts';

/** NAS for the raw archives of a cluster, by its position: not the one on which its PBS keeps the backups. */
export function archiveNas(site: SitePlan, position: number): SiteHost | undefined {
  const number = site.weakSpots ? position + 1 : [1, 3, 4, 2][position];
  return number === undefined ? undefined : hostOf(site, 'nas', number);
}

/** The account for the files of a host: its own. */
export const hostAccount = (site: SitePlan, host: string): string =>
  site.weakSpots ? `${site.key}-hosts` : `${host}-files`;

/** What is backed up ends at a provider: it is encrypted where it begins. A line of the entry. */
export const clientKey = (site: SitePlan): readonly string[] =>
  site.weakSpots ? [] : [`encryption_key: ${site.key}-client-key`];

/** The account that one PBS of a site reads another one with. */
export const readerFor = (site: SitePlan, from: string, to: string): string =>
  site.weakSpots ? `${from}-reader` : `${from}-for-${to}`;

/** The account that one NAS of a site writes to another one with. */
export const receiverFor = (site: SitePlan, from: string, to: string): string =>
  site.weakSpots ? `${to}-in` : `${to}-of-${from}`;
