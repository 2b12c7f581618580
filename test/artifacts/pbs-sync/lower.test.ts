import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codesOf, fileOf, lowerText, renderLowered, twoSites } from '../../support/pbs.ts';

const yaml = (flow: string, version = '4.2.3') =>
  twoSites(
    `
datastores:
  src: { host: pbs-home, name: Src, path: /src }
  dst: { host: pbs-dc, path: /dst }
  near: { host: pbs-dc, path: /near }
accounts:
  reader: { kind: pbs, on: pbs-home, id: "sync@pbs!dc" }
  writer: { kind: pbs, on: pbs-dc, id: "push@pbs!home" }
  owner: { kind: pbs, on: pbs-dc, id: "own@pbs!x" }
flows: { job-1: { kind: sync, ${flow} } }`,
    { home: version, dc: version },
  );
const PULL = 'direction: pull, from: src, to: dst, account: reader, via: backup';
const LOCAL = 'direction: local, from: dst, to: near, via: local';
const body = (...lines: string[]) => `sync: job-1\n${lines.map(line => `\t${line}\n`).join('')}`;

it('waits for the remote that waits for a fingerprint', () => {
  const text = yaml(PULL).replace(/fingerprint: "[^"]*"/, 'fingerprint: pending');
  expect(lowerText('pbs-sync', text).withheld.map(({ target, path, how }) => [target, path, how])).toEqual([
    [
      'pbs-dc',
      '/etc/proxmox-backup/sync.cfg',
      'It has jobs with the remote of `pbs-home`, whose fingerprint `/etc/proxmox-backup/remote.cfg` waits for.',
    ],
  ]);
  expect(lowerText('pbs-sync', yaml(PULL)).withheld).toEqual([]);
});

describe('sync.cfg', () => {
  it.each([
    [
      'a pull',
      PULL,
      'pbs-dc',
      ['owner root@pam', 'remote pbs-home', 'remote-store Src', 'remove-vanished false', 'store dst'],
    ],
    [
      'a pull with namespaces',
      PULL.replace('src', '"src:a/b"').replace('to: dst', 'to: "dst:home"'),
      'pbs-dc',
      [
        'ns home',
        'owner root@pam',
        'remote pbs-home',
        'remote-ns a/b',
        'remote-store Src',
        'remove-vanished false',
        'store dst',
      ],
    ],
    [
      'a push',
      'direction: push, from: "src:a", to: "dst:b", account: writer, remote: far, via: backup, propagate_deletions: true',
      'pbs-home',
      [
        'ns a',
        'owner root@pam',
        'remote far',
        'remote-ns b',
        'remote-store dst',
        'remove-vanished true',
        'store Src',
        'sync-direction push',
      ],
    ],
    [
      'a local sync',
      `${LOCAL}, owner: owner, schedule: "Mon..Fri 6:30"`,
      'pbs-dc',
      [
        'owner own@pbs!x',
        'remote-store dst',
        'remove-vanished false',
        'schedule mon..fri 06:30',
        'store near',
      ],
    ],
    [
      'everything',
      `${PULL}, schedule: "05:00", max_depth: 2, groups: ["include:type:vm", "exclude:group:ct/101", "regex:^vm/1"], transfer_last: 3, encrypted_only: true, verified_only: true, resync_corrupt: true, run_on_mount: true, unmount_on_done: true, rates: { in: 40 MiB/s, out: 100 Mbit/s, burst_in: 1.5 GiB, burst_out: 200 MB }, worker_threads: 4, comment: "x: y", properties: { associated-key: my-key }`,
      'pbs-dc',
      [
        'associated-key my-key',
        'burst-in 1536 MiB',
        'burst-out 200 MB',
        'comment x: y',
        'encrypted-only true',
        'group-filter type:vm',
        'group-filter exclude:group:ct/101',
        'group-filter regex:^vm/1',
        'max-depth 2',
        'owner root@pam',
        'rate-in 40 MiB',
        'rate-out 12500 KB',
        'remote pbs-home',
        'remote-store Src',
        'remove-vanished false',
        'resync-corrupt true',
        'run-on-mount true',
        'schedule 05:00',
        'store dst',
        'transfer-last 3',
        'unmount-on-done true',
        'verified-only true',
        'worker-threads 4',
      ],
    ],
    [
      'a disabled job has no schedule',
      `${PULL}, schedule: "05:00", disabled: true`,
      'pbs-dc',
      ['owner root@pam', 'remote pbs-home', 'remote-store Src', 'remove-vanished false', 'store dst'],
    ],
  ])('%s', (_, flow, target, lines) => {
    expect(fileOf('pbs-sync', yaml(flow), target)).toBe(body(...lines));
  });

  it('uses the native id', () => {
    expect(fileOf('pbs-sync', yaml(`${PULL}, id: Pull.1`), 'pbs-dc')).toMatch(/^sync: Pull\.1\n/);
  });

  it('names causes: the schedule by its key, the place by the reference', () => {
    const [artifact] = lowerText('pbs-sync', yaml(`${PULL}, schedule: "05:00"`)).artifacts;
    const causes = Object.fromEntries(
      (artifact?.facts ?? []).map(fact => [fact.at, fact.causes[0]?.join('.')]),
    );
    expect(causes).toMatchObject({
      'sync: job-1': 'flows.job-1',
      'sync: job-1/schedule': 'flows.job-1.schedule',
      'sync: job-1/store': 'flows.job-1.to',
      'sync: job-1/remote-store': 'flows.job-1.from',
    });
  });
});

describe('refused', () => {
  it.each([
    ['rates of a local sync', `${LOCAL}, rates: { in: 1 MiB/s }`, 'rates-on-local-sync flows.job-1.rates'],
    [
      'a property newer than the host',
      `${PULL}, worker_threads: 2`,
      'property-too-new flows.job-1.worker_threads',
      '4.1.7',
    ],
    [
      'a native one newer than the host',
      `${PULL}, properties: { associated-key: my-key }`,
      'property-too-new flows.job-1.properties.associated-key',
      '4.1.8',
    ],
    [
      'a group filter that PBS cannot read',
      `${PULL}, groups: ["type:vm", "regex:("]`,
      'bad-value flows.job-1.groups.1',
    ],
    [
      'a property that the model has',
      `${PULL}, properties: { remove-vanished: true }`,
      'property-modelled flows.job-1.properties.remove-vanished',
    ],
    ['an id that is too long', `${PULL}, id: ${'x'.repeat(33)}`, 'bad-id flows.job-1.id'],
  ])('%s', (_, flow, code, version = '4.2.3') => {
    expect(codesOf(lowerText('pbs-sync', yaml(flow, version)))).toEqual([code]);
  });
});

it('a key of PBS itself is there before its job, and is never made unasked', () => {
  const push = 'direction: push, from: src, to: dst, account: writer, remote: far, via: backup';
  const { steps } = lowerText('pbs-sync', yaml(`${push}, properties: { active-encryption-key: Off.site }`));
  expect(steps.map(({ target, title }) => `${target}: ${title}`)).toEqual([
    'pbs-home: Encryption key Off.site',
  ]);
  expect(steps[0]?.commands).toEqual([
    `if test -s /etc/proxmox-backup/encryption-keys/Off.site.enc; then
  echo 'key Off.site is there'
elif test -s /root/offsite-secrets/Off.site.key; then
  proxmox-backup-debug api create /config/encryption-keys --id Off.site --key "$(cat /root/offsite-secrets/Off.site.key)" >/dev/null
else
  offsite_stop 'there is no key Off.site. Put the one that exists into /root/offsite-secrets/Off.site.key and repeat this step. Only if nothing was ever encrypted with it: proxmox-backup-debug api create /config/encryption-keys --id Off.site'
fi`,
  ]);
  const pull = lowerText('pbs-sync', yaml(`${PULL}, properties: { associated-key: [one, two] }`));
  expect(pull.steps.map(({ title }) => title)).toEqual(['Encryption key one', 'Encryption key two']);
});

it('removes a retired job by command, and nothing else', () => {
  const { changes, steps, artifacts } = lowerText('pbs-sync', yaml(`${PULL}, state: retired`));
  expect(changes.map(({ target, verb, kind, name }) => [target, verb, kind, name].join(' '))).toEqual([
    'pbs-dc removes sync job-1',
  ]);
  expect(steps.map(({ commands }) => commands.join('\n'))).toEqual([
    'if proxmox-backup-manager sync-job show job-1 >/dev/null 2>&1; then\n  proxmox-backup-manager sync-job remove job-1\nfi',
  ]);
  expect(artifacts.every(({ sections }) => sections?.length === 0)).toBe(true);
});

it('no value leaves its line: any comment is read back as it is or refused', () => {
  const printable = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
    .filter(text => text.trim() === text);
  fc.assert(
    fc.property(printable, comment => {
      const lowered = lowerText('pbs-sync', yaml(`${PULL}, comment: ${JSON.stringify(comment)}`));
      if (lowered.diagnostics.length > 0) return;
      const text = renderLowered(lowered)['pbs-dc:sync.cfg'];
      expect(text?.split('\n')[1]).toBe(`\tcomment ${comment}`);
      expect(text?.split('\n')).toHaveLength(8);
    }),
    { numRuns: 100 },
  );
});
