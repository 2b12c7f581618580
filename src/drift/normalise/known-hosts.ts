/** known_hosts: which key each name may show; lines of one host in any order and grouping. */
import { readKnownHosts } from '../../formats/known-hosts/read.ts';
import type { Normaliser } from '../statement.ts';
import { property, understood } from './build.ts';

export const knownHosts: Normaliser = text => {
  const { hosts, errors } = readKnownHosts(text);
  const statements = hosts.flatMap(({ marker, patterns, type, key, line }) =>
    patterns.map(pattern => ({
      ...property('', 'host', { value: key, line }),
      at: [marker, pattern.toLowerCase(), type].filter(Boolean).join(' '),
    })),
  );
  return understood([], statements, errors);
};
