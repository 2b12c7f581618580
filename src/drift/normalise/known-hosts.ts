/** known_hosts: which key each name may show; lines of one host in any order and grouping. */
import { keyProblem } from '../../formats/authorized-keys/key.ts';
import { readKnownHosts } from '../../formats/known-hosts/read.ts';
import type { Normaliser } from '../statement.ts';
import { property, understood } from './build.ts';

export const knownHosts: Normaliser = text => {
  const { hosts, errors } = readKnownHosts(text);
  const sound = hosts.filter(({ type, key }) => keyProblem(type, key) === undefined);
  const statements = sound.flatMap(({ marker, patterns, type, key, line }) =>
    patterns.map(pattern => ({
      ...property('', 'host', { value: key, line }),
      at: [marker, pattern.toLowerCase(), type].filter(Boolean).join(' '),
    })),
  );
  return understood([], statements, errors);
};
