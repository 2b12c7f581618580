/**
 * An rsync flow in the words of rsync and ssh, the same for a unit, a script on a NAS and the far end's key.
 *
 * Flags (rsync(1), measured): no `--delete*` unless asked for, and then with a limit; `--links`, `--times` and nothing of owners, as the
 * receiver is not root; no `-z`, archives are compressed; a time-out, or a dead tunnel hangs for hours. With
 * `--ignore-existing` a partial file under its final name would never be completed, so nothing partial is kept then.
 */
import { peerAddress, peerOf } from '../../analyses/flow-ends.ts';
import type { Host, RsyncFlow } from '../../model/topology.ts';
import { parseRate } from '../../proxmox/quantity.ts';
import { maxDelete } from '../unit-trigger/deletions.ts';
import { type LocalPlace, localPlace, ownAddress, placeOnHost } from '../unit-trigger/place.ts';
import { withSlash } from '../unit-trigger/service.ts';
import { type Word, word } from '../unit-trigger/unit-file.ts';

/** Seconds without any data. */
const TIMEOUT = 600;

export interface Copy {
  readonly flow: RsyncFlow;
  readonly direction: 'push' | 'pull';
  readonly local: LocalPlace;
  readonly far: Host;
  /** The directory on the far host itself. */
  readonly farDirectory: Word;
  /** Where ssh connects to; undefined: the far host has no address on the flow's network. */
  readonly address: Word | undefined;
  readonly port: Word;
  readonly bind: Word | undefined;
}

export function copyOf(flow: RsyncFlow): Copy {
  const pull = flow.runsOn === flow.to.share.host;
  const [near, away] = pull ? [flow.to, flow.from] : [flow.from, flow.to];
  const end = peerAddress(flow);
  const far = peerOf(flow) ?? away.share.host;
  const via = [...flow.path, 'via'];
  return {
    flow,
    direction: pull ? 'pull' : 'push',
    local: localPlace(near, flow.runsOn),
    far,
    farDirectory: placeOnHost(away),
    address: end && word(end.address, ...end.causes, via),
    port:
      end?.port === undefined ? word('22', far.path) : word(String(end.port), [...far.path, 'ssh', 'port']),
    bind: ownAddress(flow, flow.runsOn, end?.family),
  };
}

/** Options of the rsync that the flow's host runs. */
export function rsyncOptions({ flow }: Copy): Word[] {
  const { spec, path } = flow;
  const excludes = (spec.exclude ?? []).map((pattern, index) =>
    word(`--exclude=${pattern}`, [...path, 'exclude', index]),
  );
  return [
    ...['--recursive', '--times', '--links', `--timeout=${TIMEOUT}`].map(text => word(text, path)),
    ...keeping(flow),
    ...limit(flow),
    // Unfinished files of vzdump: its temporary directory, and the archive under its name while it is written. Other files
    // may have these endings, and are copied.
    word('--exclude=vzdump-*.dat', path),
    word('--exclude=vzdump-*.tmp/', path),
    ...excludes,
    word('--stats', path),
  ];
}

function keeping(flow: RsyncFlow): Word[] {
  const { spec, path } = flow;
  const existing =
    spec.overwrite === false
      ? word('--ignore-existing', [...path, 'overwrite'])
      : word('--partial', spec.overwrite === undefined ? path : [...path, 'overwrite']);
  if (spec.propagate_deletions !== true) return [existing];
  return [maxDelete(flow), word('--delete-delay', [...path, 'propagate_deletions']), existing];
}

/** In KiB per second; 0 would mean no limit. */
function limit({ spec, path }: RsyncFlow): Word[] {
  const rate = spec.rate === undefined ? undefined : parseRate(spec.rate);
  if (!rate?.ok) return [];
  return [word(`--bwlimit=${Math.max(1, Math.floor(rate.value / 1024))}`, [...path, 'rate'])];
}

/**
 * The ssh command, as rsync splits it at blanks: no user configuration, this key, this host key, this source address.
 * A tunnel that has just started needs seconds for its handshake: hence the attempts.
 */
export function sshCommand(copy: Copy, key: string, knownHosts: string): Word[] {
  const { flow, bind, port } = copy;
  const option = (text: string): Word => word(`-o ${text}`, flow.path);
  return [
    word('/usr/bin/ssh -F /dev/null', flow.path),
    word(`-i ${key}`, [...flow.path, 'account']),
    ...(port.text === '22' ? [] : [word(`-p ${port.text}`, ...port.causes)]),
    ...(bind === undefined ? [] : [word(`-o BindAddress=${bind.text}`, ...bind.causes)]),
    ...[
      'IdentitiesOnly=yes',
      'BatchMode=yes',
      'StrictHostKeyChecking=yes',
      `UserKnownHostsFile=${knownHosts}`,
      'ConnectTimeout=30',
      'ConnectionAttempts=10',
      'ServerAliveInterval=30',
    ].map(option),
  ];
}

/** Source and target; both end in a slash: what lies in the directory, not the directory. */
export function ends(copy: Copy, remotePath: Word): [Word, Word] {
  const { flow, local, address } = copy;
  const account = flow.account;
  const host = address?.text.includes(':') ? `[${address.text}]` : (address?.text ?? '');
  const near = word(withSlash(local.directory.text), ...local.directory.causes);
  const away = word(
    `${account.spec.user}@${host}:${remotePath.text}`,
    [...account.path, 'user'],
    [...flow.path, 'account'],
    ...(address?.causes ?? []),
    ...remotePath.causes,
  );
  return copy.direction === 'push' ? [near, away] : [away, near];
}
