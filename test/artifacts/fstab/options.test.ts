import { describe, expect, test } from 'vitest';
import { mergeOptions, nfsType } from '../../../src/artifacts/fstab/options.ts';

const own = { plain: ['noatime', 'errors=remount-ro'], boot: ['nofail', 'x-systemd.before=a.service'] };
const nfs = { plain: ['vers=4.1', 'hard'], boot: ['_netdev'] };

describe('mount options', () => {
  test.each([
    ['none', own, undefined, 'noatime,errors=remount-ro,nofail,x-systemd.before=a.service'],
    ['added', own, 'discard', 'noatime,errors=remount-ro,discard,nofail,x-systemd.before=a.service'],
    ['repeated', own, 'nofail,noatime', 'noatime,errors=remount-ro,nofail,x-systemd.before=a.service'],
    ['another atime', own, 'relatime', 'relatime,errors=remount-ro,nofail,x-systemd.before=a.service'],
    ['another value', own, 'errors=panic', 'noatime,errors=panic,nofail,x-systemd.before=a.service'],
    [
      'dependencies add up',
      own,
      'x-systemd.before=b.service',
      'noatime,errors=remount-ro,x-systemd.before=b.service,nofail,x-systemd.before=a.service',
    ],
    ['soft is the user’s to have', nfs, 'soft', 'vers=4.1,soft,_netdev'],
    ['version by another name', nfs, 'nfsvers=3', 'nfsvers=3,hard,_netdev'],
    ['version in short', nfs, 'v4.2,nconnect=4', 'v4.2,hard,nconnect=4,_netdev'],
  ])('%s', (_, base, user, text) => {
    const merged = mergeOptions(base, user);
    expect(merged.options.join(',')).toBe(text);
    expect(merged.contradictions).toEqual([]);
    expect(merged.refused).toEqual([]);
  });

  test.each([
    ['hard,soft', ['hard', 'soft']],
    ['vers=3,nfsvers=4', ['vers=3', 'nfsvers=4']],
    ['noatime,relatime', ['noatime', 'relatime']],
    ['exec,noexec', ['exec', 'noexec']],
    ['timeo=1,timeo=2', ['timeo=1', 'timeo=2']],
  ])('%s contradict each other', (user, pair) => {
    expect(mergeOptions(nfs, user).contradictions).toEqual([pair]);
  });

  test.each(['x-systemd.automount', 'noauto', 'ro', '=x', 'bind'])('%s is refused', option => {
    expect(mergeOptions(own, `discard,${option}`).refused).toEqual([option]);
  });

  test.each([
    ['vers=4.1', 'nfs4'],
    ['vers=3', 'nfs'],
    ['nfsvers=3', 'nfs'],
    ['v3', 'nfs'],
    ['v4.2', 'nfs4'],
    ['timeo=3', 'nfs4'],
    ['vers=4.2', 'nfs4'],
  ])('%s is mounted as %s', (option, type) => expect(nfsType(['hard', option])).toBe(type));
});
