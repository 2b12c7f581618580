/**
 * An rclone flow in the words of rclone (rclone: docs/content/docs.md), the same for a unit and a script on a NAS.
 *
 * `copy` never deletes. `--size-only --no-update-modtime` for archives that never change: when only the time differs
 * rclone would rewrite the object, which a provider with a minimum storage time bills as a deletion; `--immutable` turns
 * a changed file into an error.
 */
import type { RcloneFlow } from '../../model/topology.ts';
import { parseRate } from '../../proxmox/quantity.ts';
import { remoteOf } from '../rclone-conf/remote.ts';
import { maxDelete } from '../unit-trigger/deletions.ts';
import { ownAddress } from '../unit-trigger/place.ts';
import { type Word, word } from '../unit-trigger/unit-file.ts';

/** The subcommand and its options, without source and target. */
export function rcloneOptions(flow: RcloneFlow): Word[] {
  const { spec, path } = flow;
  const sync = spec.propagate_deletions === true;
  const bind = ownAddress(flow, flow.runsOn, undefined);
  const excludes = (spec.exclude ?? []).map((pattern, index) =>
    // rclone takes what stands in brackets as a regular expression does.
    word(`--exclude=${pattern.replaceAll('[!', '[^')}`, [...path, 'exclude', index]),
  );
  return [
    word(sync ? 'sync' : 'copy', sync ? [...path, 'propagate_deletions'] : path),
    ...(sync ? [maxDelete(flow)] : []),
    ...(spec.immutable === false
      ? []
      : ['--immutable', '--size-only', '--no-update-modtime'].map(text =>
          word(text, spec.immutable === undefined ? path : [...path, 'immutable']),
        )),
    ...limit(flow),
    ...(bind === undefined ? [] : [word(`--bind=${bind.text}`, ...bind.causes)]),
    ...['--transfers=2', '--checkers=4', '--exclude=vzdump-*.dat', '--exclude=vzdump-*.tmp/**'].map(text =>
      word(text, path),
    ),
    ...excludes,
    ...['--stats-one-line', '--stats=10m', '--log-level=INFO'].map(text => word(text, path)),
  ];
}

/** `remote:bucket/prefix`. */
export function bucketPath({ to, path }: RcloneFlow): Word {
  const { bucket, prefix } = to;
  const name = `${remoteOf(bucket)}:${bucket.name}`;
  return word(prefix === '' ? name : `${name}/${prefix}`, [...path, 'to'], bucket.path);
}

/** In KiB per second; 0 would mean no limit. */
function limit({ spec, path }: RcloneFlow): Word[] {
  const rate = spec.rate === undefined ? undefined : parseRate(spec.rate);
  if (!rate?.ok) return [];
  return [word(`--bwlimit=${Math.max(1, Math.floor(rate.value / 1024))}K`, [...path, 'rate'])];
}

/** A self-signed endpoint: rclone pins no fingerprint, it takes the certificate as a file. */
export const caFile = ({ to }: RcloneFlow, directory: string): Word | undefined =>
  to.bucket.spec.fingerprint === undefined
    ? undefined
    : word(`${directory}/ca-${to.bucket.key}.pem`, [...to.bucket.path, 'fingerprint']);
