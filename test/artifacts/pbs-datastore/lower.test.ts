import { describe, expect, it } from 'vitest';
import { codesOf, fileOf, lowerText, type PbsKind, renderLowered, twoSites } from '../../support/pbs.ts';

const store = (text: string, version = '4.2.3') =>
  twoSites(`datastores: { main: { host: pbs-dc, ${text} } }`, { home: '4.2.3', dc: version });
const file = (text: string) => fileOf('pbs-datastore', store(text), 'pbs-dc');
const step = (text: string, phase = 'datastores') =>
  lowerText('pbs-datastore', store(text)).steps.find(entry => entry.phase === phase);

describe('datastore.cfg', () => {
  it.each([
    ['the least', 'path: /srv/main', '\tnotification-mode notification-system\n\tpath /srv/main\n'],
    [
      'everything, in byte order of keys',
      'path: /srv/main, comment: "a: b # c", gc: { schedule: "Sat 4:00" }, verify_new: true, notification_mode: legacy-sendmail, maintenance: read-only, tuning: { sync_level: file, gc_atime_cutoff: 1d, chunk_order: none }, properties: { notify-user: ops@pam }',
      '\tcomment a: b # c\n\tgc-schedule sat 04:00\n\tmaintenance-mode read-only\n\tnotification-mode legacy-sendmail\n\tnotify-user ops@pam\n\tpath /srv/main\n\ttuning chunk-order=none,gc-atime-cutoff=1440,sync-level=file\n\tverify-new true\n',
    ],
    [
      'a removable device: the path is that on the device',
      'path: /vault, removable: { uuid: 0f2b3c4d-1111-2222-3333-444455556666, gc_on_unmount: true }',
      '\tbacking-device 0f2b3c4d-1111-2222-3333-444455556666\n\tgc-on-unmount true\n\tnotification-mode notification-system\n\tpath vault\n',
    ],
    [
      'defaults are not written',
      'path: /srv/main, verify_new: false',
      '\tnotification-mode notification-system\n\tpath /srv/main\n',
    ],
  ])('%s', (_, text, body) => {
    expect(file(text)).toBe(`datastore: main\n${body}`);
  });

  it('keeps the native name and sorts by it', () => {
    const yaml = twoSites(
      'datastores: { b: { host: pbs-dc, name: Alpha, path: /b }, a: { host: pbs-dc, path: /a, name: Beta } }',
    );
    expect(fileOf('pbs-datastore', yaml, 'pbs-dc')?.match(/^datastore: .*$/gm)).toEqual([
      'datastore: Alpha',
      'datastore: Beta',
    ]);
  });

  it('is there, empty, on a PBS without datastores', () => {
    expect(fileOf('pbs-datastore', store('path: /srv/main'), 'pbs-home')).toBe('');
  });

  it('leaves planned and retired datastores out', () => {
    for (const state of ['planned', 'retired']) expect(file(`path: /srv/main, state: ${state}`)).toBe('');
  });

  it('is one that the proxy can read', () => {
    const [artifact] = lowerText('pbs-datastore', store('path: /srv/main')).artifacts;
    expect(artifact).toMatchObject({
      mode: '0640',
      owner: 'root',
      group: 'backup',
      folder: 'root',
      ownership: 'whole',
      phase: 'datastores',
      path: '/etc/proxmox-backup/datastore.cfg',
      sections: ['datastore: main'],
    });
  });

  it('names the most specific cause of each line', () => {
    const [artifact] = lowerText(
      'pbs-datastore',
      store('path: /srv/main, gc: { schedule: daily }'),
    ).artifacts;
    expect(artifact?.facts.map(({ at, causes }) => `${at} <- ${causes[0]?.join('.')}`)).toEqual([
      'datastore: main <- datastores.main',
      'datastore: main/gc-schedule <- datastores.main.gc.schedule',
      'datastore: main/notification-mode <- datastores.main',
      'datastore: main/path <- datastores.main.path',
    ]);
  });
});

describe('refused', () => {
  it.each([
    [
      'a property that the model has',
      'path: /m, properties: { comment: x }',
      'property-modelled datastores.main.properties.comment',
    ],
    [
      'a property that nobody knows',
      'path: /m, properties: { gc-shedule: daily }',
      'unknown-property datastores.main.properties.gc-shedule',
    ],
    [
      'a property that PBS ignores',
      'path: /m, properties: { keep-last: 3 }',
      'bad-value datastores.main.properties.keep-last',
    ],
    [
      'a bad value',
      'path: /m, properties: { notify-user: nobody }',
      'bad-value datastores.main.properties.notify-user',
    ],
    [
      'a cut-off that is no whole minute',
      'path: /m, tuning: { gc_atime_cutoff: 90s }',
      'bad-value datastores.main.tuning.gc_atime_cutoff',
    ],
    [
      'an option of the chunk store that is newer than the host',
      'path: /m, tuning: { sync_level: file, default_verification_workers: 8 }',
      'property-too-new datastores.main.tuning.default_verification_workers',
      '4.0',
    ],
    [
      'what is newer than the host',
      'path: /m, removable: { uuid: 0f2b3c4d-1111-2222-3333-444455556666, gc_on_unmount: true }',
      'property-too-new datastores.main.removable.gc_on_unmount',
      '4.1.7',
    ],
    ['an id that is too short', 'path: /m, name: ab', 'bad-id datastores.main.name'],
  ])('%s', (_, text, code, version = '4.2.3') => {
    expect(codesOf(lowerText('pbs-datastore', store(text, version)))).toEqual([code]);
  });

  it('two datastores of one name', () => {
    const yaml = twoSites(
      'datastores: { a: { host: pbs-dc, name: same, path: /a }, b: { host: pbs-dc, name: same, path: /b } }',
    );
    expect(codesOf(lowerText('pbs-datastore', yaml))).toEqual(['section-twice datastores.b.name']);
  });

  it('a pending UUID withholds the file', () => {
    const lowered = lowerText('pbs-datastore', store('path: /vault, removable: { uuid: pending }'));
    expect(codesOf(lowered)).toEqual(['pending-value datastores.main.removable.uuid']);
    expect(Object.keys(renderLowered(lowered))).toEqual(['pbs-home:datastore.cfg']);
    expect(lowered.withheld.map(({ target, path }) => target + path)).toEqual([
      'pbs-dc/etc/proxmox-backup/datastore.cfg',
    ]);
    expect(lowered.steps.some(({ phase }) => phase === 'datastores')).toBe(false);
  });

  it.each([
    ['removable', 'path: /vault, removable: { uuid: pending }'],
    ['disk', 'path: /vault, disk: { uuid: pending }'],
  ])('what stands on a datastore without its UUID waits too: %s', (_, on) => {
    const yaml = twoSites(`
datastores:
  vault: { host: pbs-dc, ${on}, namespaces: { home: {} }, retention: { keep_last: 1, schedule: "01:00" }, verify: { schedule: "02:00" } }
  other: { host: pbs-dc, path: /other, retention: { keep_last: 1, schedule: "01:00" } }
flows: { copy: { kind: sync, direction: local, from: other, to: vault, via: local } }`);
    const paths = (kind: PbsKind) => lowerText(kind, yaml).withheld.map(({ path }) => path);
    const files = ['datastore', 'sync', 'prune', 'verification'] as const;
    for (const file of files) expect(paths(`pbs-${file}`)).toEqual([`/etc/proxmox-backup/${file}.cfg`]);
    expect(lowerText('pbs-prune', yaml).withheld[0]?.how).toContain(
      'datastore `vault`, which cannot be made',
    );
    const { steps } = lowerText('pbs-datastore', yaml);
    expect(steps.filter(({ target }) => target === 'pbs-dc').map(({ title }) => title)).toEqual([
      'Create datastore other',
      'Check that PBS reads its configuration',
    ]);
  });
});

describe('steps', () => {
  it('create the chunk store only where there is none', () => {
    expect(step('path: /srv/main')?.commands).toEqual([
      `if proxmox-backup-manager datastore show main >/dev/null 2>&1; then
  offsite_has_chunks main
else
  offsite_make 'datastore main' proxmox-backup-manager datastore create main /srv/main
fi`,
    ]);
  });

  it('name the syncs that would empty their target behind a new and empty source', () => {
    const text = (more: string) =>
      lowerText(
        'pbs-datastore',
        twoSites(`
accounts: { puller: { kind: pbs, on: pbs-home, id: "sync@pbs!dc", secret: puller } }
datastores: { main: { host: pbs-home, path: /srv/main }, copy: { host: pbs-dc, path: /srv/copy } }
flows: { mirror: { kind: sync, direction: pull, from: main, to: copy, account: puller, via: backup, schedule: "05:00"${more} } }`),
      )
        .steps.find(({ title }) => title === 'Create datastore main')
        ?.text.join('\n');
    expect(text(', propagate_deletions: true')).toContain(
      'it is empty, and `mirror` (on pbs-dc) deletes the copies',
    );
    expect(text('')).not.toContain('mirror');
  });

  it('wait for the mount', () => {
    const text =
      'path: /mnt/d/store, disk: { uuid: 0f2b3c4d-1111-2222-3333-444455556666, mountpoint: /mnt/d }';
    expect(step(text)?.commands[0]).toContain(
      "elif mountpoint -q /mnt/d; then\n  offsite_make 'datastore main' proxmox-backup-manager datastore create main /mnt/d/store\n",
    );
  });

  it.each([
    ['kind: zfs, device: tank/backup', '/tank/main tank'],
    ['kind: zfs, device: tank', '/tank/main tank'],
    ['kind: zfs, device: /dev/disk/by-id/x', undefined],
    ['kind: zfs', undefined],
    ['kind: lvm, device: tank', undefined],
  ])('look whether the pool is there (%s)', (pool, words) => {
    const text = store('path: /tank/main, on: pbs-dc/tank').replace(
      '    api: { public_ca: true }\n',
      `    api: { public_ca: true }\n    pools: { tank: { ${pool} } }\n`,
    );
    const commands = lowerText('pbs-datastore', text).steps.flatMap(one => one.commands);
    expect(/offsite_on_zfs (.*); then/.exec(commands.join('\n'))?.[1]).toBe(words);
  });

  it('ask for the repository of PBS where another system was installed', () => {
    const titles = (roles: string) =>
      lowerText(
        'pbs-datastore',
        store('path: /srv/main').replace(
          'roles: { pbs: "4.2.3" }\n    nics: { ens19',
          `roles: { ${roles} }\n    nics: { ens19`,
        ),
      )
        .steps.filter(({ target }) => target === 'pbs-dc')
        .map(({ title }) => title);
    const source = 'Package source of proxmox-backup-server';
    expect(titles('pbs: "4.2.3", pve: "9.1.4"')).toContain(source);
    expect(titles('pbs: "4.2.3"')).not.toContain(source);
  });

  it('remove on the way back only what they made', () => {
    expect(step('path: /srv/main')?.undo).toEqual([
      "offsite_unmake 'datastore main' proxmox-backup-manager datastore remove main # the data stays",
    ]);
  });

  it('name the device of a removable one', () => {
    expect(
      step('path: /vault, removable: { uuid: 0f2b3c4d-1111-2222-3333-444455556666 }')?.commands[0],
    ).toContain('create main vault --backing-device 0f2b3c4d-1111-2222-3333-444455556666\n');
  });

  it('create namespaces, parents first, without a password', () => {
    expect(step('path: /srv/main, namespaces: { a/b: {}, a-c: {} }', 'namespaces')?.commands).toEqual([
      "[ -d /srv/main/ns/a ] || offsite_make 'namespace main:a' proxmox-backup-debug api create /admin/datastore/main/namespace --name a",
      "[ -d /srv/main/ns/a-c ] || offsite_make 'namespace main:a-c' proxmox-backup-debug api create /admin/datastore/main/namespace --name a-c",
      "[ -d /srv/main/ns/a/ns/b ] || offsite_make 'namespace main:a/b' proxmox-backup-debug api create /admin/datastore/main/namespace --name b --parent a",
    ]);
    expect(step('path: /srv/main, namespaces: { a/b: {}, a-c: {} }', 'namespaces')?.undo).toEqual([
      "offsite_unmake 'namespace main:a/b' proxmox-backup-debug api delete /admin/datastore/main/namespace --ns a/b",
      "offsite_unmake 'namespace main:a-c' proxmox-backup-debug api delete /admin/datastore/main/namespace --ns a-c",
      "offsite_unmake 'namespace main:a' proxmox-backup-debug api delete /admin/datastore/main/namespace --ns a",
    ]);
  });

  it('mount what is removable before they look into it', () => {
    const text =
      'path: /vault, namespaces: { a: {} }, removable: { uuid: 0f2b3c4d-1111-2222-3333-444455556666 }';
    expect(step(text, 'namespaces')?.commands).toEqual([
      'mountpoint -q /mnt/datastore/main || proxmox-backup-manager datastore mount main',
      "[ -d /mnt/datastore/main/vault/ns/a ] || offsite_make 'namespace main:a' proxmox-backup-debug api create /admin/datastore/main/namespace --name a",
    ]);
  });

  it('never delete the data of a retired datastore', () => {
    const lowered = lowerText('pbs-datastore', store('path: /srv/main, state: retired'));
    const commands = lowered.steps.flatMap(entry => entry.commands).join('\n');
    expect(commands).toContain('proxmox-backup-manager datastore remove main\n');
    expect(commands).not.toContain('destroy');
    expect(lowered.changes.map(({ verb, kind, name }) => `${verb} ${kind} ${name}`)).toEqual([
      'removes datastore main',
    ]);
  });
});

it('a PBS of others gets a note instead of files', () => {
  const yaml = store('path: /srv/main, namespaces: { in: {} }').replace(
    'site: dc\n',
    'site: dc\n    managed: false\n',
  );
  const lowered = lowerText('pbs-datastore', yaml);
  expect(lowered.artifacts.map(({ target }) => target)).toEqual(['pbs-home']);
  expect(lowered.external.map(({ name, title }) => `${name}: ${title}`)).toEqual([
    'pbs-dc: datastore.cfg of PBS pbs-dc',
    'pbs-dc: Namespaces of datastore main',
  ]);
  expect(lowered.steps.every(({ target }) => target === 'pbs-home')).toBe(true);
});

it('a note for a PBS that is too old to know `notification-mode` leaves it out', () => {
  const yaml = store('path: /srv/main', '3.1.2').replace('site: dc\n', 'site: dc\n    managed: false\n');
  const { external, diagnostics } = lowerText('pbs-datastore', yaml);
  expect(external.flatMap(({ blocks }) => blocks.map(({ text }) => text))).toEqual([
    'datastore: main\n\tpath /srv/main\n',
  ]);
  expect(diagnostics).toEqual([]);
});
