import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lowerPveJobs } from '../../../src/artifacts/pve-jobs/lower.ts';
import { kind } from '../../../src/artifacts/pve-jobs/verify.ts';
import { readPveSections } from '../../../src/formats/pve-sections/read.ts';
import { writePveSections } from '../../../src/formats/pve-sections/write.ts';
import type { VzdumpFlow } from '../../../src/model/topology.ts';
import { hostileString } from '../../formats/hostile.ts';
import { missingTool } from '../../support/tools.ts';
import { topologyOf } from '../../support/topology.ts';
import { codes, deployment, said, script, texts } from '../pve-storage/pve.ts';

const yaml = (flows: string, options = {}) =>
  deployment(
    `
accounts: { pve: { kind: pbs, on: pbs, id: "pve@pbs!duo" } }
shares: { raw: { host: nas, path: /volume1/raw } }
storages:
  main: { cluster: duo, id: PBS.main, datastore: main, account: pve, via: home/storage }
  raw: { cluster: duo, share: raw, via: home/storage }
flows:
${flows}`,
    options,
  );
const lowered = (flows: string, options = {}) => lowerPveJobs(topologyOf(yaml(flows, options)));
const BACKUP = 'kind: backup, to: main, via: home/storage';
const VZDUMP = 'kind: vzdump, to: raw, via: home/storage';

async function job(flow: string): Promise<string | undefined> {
  const part = lowered(`  job: { ${flow} }`);
  expect(said(part.diagnostics)).toEqual([]);
  const text = (await texts(part, kind))['duo'] ?? '';
  const read = readPveSections(text, { file: 'jobs.cfg' });
  expect(writePveSections(read.sections, 'jobs.cfg')).toBe(text);
  return text;
}

const lines = (header: string, ...rest: string[]) => `${[header, ...rest].join('\n\t')}\n\n`;

test('a cluster without jobs has an empty file', async () => {
  const part = lowered(`  job: { ${BACKUP}, from: all, schedule: "01:00", state: planned }`);
  expect(await texts(part, kind)).toEqual({ alone: '', duo: '' });
  expect(part.artifacts[0]).toMatchObject({
    path: '/etc/pve/jobs.cfg',
    folder: 'merge',
    ownership: 'sections',
    mode: '0640',
    group: 'www-data',
  });
});

test('a backup to PBS, with defaults', async () => {
  expect(await job(`${BACKUP}, from: all, schedule: "1:00", comment: "Flow 1: 100% é"`)).toBe(
    lines(
      'vzdump: job',
      'comment Flow 1%3A 100%25 %C3%A9',
      'schedule 01:00',
      'all 1',
      'enabled 1',
      'exclude 101,900',
      'mode snapshot',
      'notes-template {{guestname}}',
      'notification-mode notification-system',
      'repeat-missed 0',
      'storage PBS.main',
    ),
  );
});

test('a backup to PBS, with everything', async () => {
  const more =
    'id: Nightly_1, node: node-a, mode: stop, fleecing: local-lvm, notes_template: "{{vmid}}\\\\n{{guestname}}", repeat_missed: true, notification_mode: auto, bwlimit: 40 MB/s, change_detection: metadata, disabled: true, properties: { lockwait: 20, stdexcludes: false, performance: "max-workers=4" }';
  expect(await job(`${BACKUP}, from: some, schedule: "mon..fri 22,23:30", ${more}`)).toBe(
    lines(
      'vzdump: Nightly_1',
      'schedule mon..fri 22,23:30',
      'bwlimit 39062',
      'enabled 0',
      'fleecing 1,storage=local-lvm',
      'lockwait 20',
      'mode stop',
      'node node-a',
      'notes-template {{vmid}}\\n{{guestname}}',
      'notification-mode auto',
      'pbs-change-detection-mode metadata',
      'performance max-workers=4',
      'repeat-missed 1',
      'stdexcludes 0',
      'storage PBS.main',
      'vmid 100,200,300',
    ),
  );
});

test('raw archives, overriding the retention of the storage', async () => {
  expect(
    await job(
      `${VZDUMP}, from: pool, schedule: monthly, retention: { keep_weekly: 4, keep_last: 2 }, properties: { exclude-path: "/tmp/?*" }`,
    ),
  ).toBe(
    lines(
      'vzdump: job',
      'schedule monthly',
      'compress zstd',
      'enabled 1',
      'exclude-path /tmp/?*',
      'mode snapshot',
      'notes-template {{guestname}}',
      'notification-mode notification-system',
      'pool prod/web',
      'prune-backups keep-last=2,keep-weekly=4',
      'repeat-missed 0',
      'storage raw',
    ),
  );
  expect(await job(`${VZDUMP}, from: pool, schedule: monthly, compress: none`)).toContain('\tcompress 0\n');
});

test('causes are the most specific places', () => {
  const facts = lowered(`  job: { ${BACKUP}, from: all, schedule: "01:00" }`).artifacts[1]?.facts ?? [];
  const causes = Object.fromEntries(
    facts.map(({ at, causes: paths }) => [at, paths.map(path => path.join('.'))]),
  );
  expect(causes['vzdump: job/schedule']).toEqual(['flows.job.schedule']);
  expect(causes['vzdump: job/exclude']).toEqual(['guests.all.exclude', 'flows.job.from']);
  expect(causes['vzdump: job/mode']).toEqual(['flows.job']);
});

test('the least limit is said where one is too small', () => {
  const { diagnostics } = lowered(`  job: { ${BACKUP}, from: all, schedule: "01:00", bwlimit: 100 B/s }`);
  expect(diagnostics.map(({ help }) => help)).toEqual([
    'PVE counts whole KiB/s: the least limit is `1 KiB/s`',
  ]);
});

describe('what cannot be', () => {
  const at = 'from: all, schedule: "01:00"';
  test.each([
    [`${BACKUP}, from: all`, 'schedule-required flows.job:key'],
    [`${BACKUP}, from: all, schedule: "25 o'clock"`, 'bad-value flows.job.schedule:value'],
    [`${BACKUP}, ${at}, id: x.y`, 'bad-id flows.job.id:value'],
    [`${BACKUP}, ${at}, bwlimit: 100 B/s`, 'bad-value flows.job.bwlimit:value'],
    [`${BACKUP}, ${at}, notes_template: "{{name}}"`, 'bad-value flows.job.notes_template:value'],
    [`${BACKUP}, ${at}, notes_template: "a\\\\tb"`, 'bad-value flows.job.notes_template:value'],
    [`${BACKUP}, ${at}, notes_template: "b\\\\\\\\\\\\"`, 'bad-value flows.job.notes_template:value'],
    [
      `${BACKUP}, ${at}, properties: { prune-backups: keep-last=1 }`,
      'property-modelled flows.job.properties.prune-backups:key',
    ],
    [`${VZDUMP}, ${at}, properties: { tmpdir: /x }`, 'property-modelled flows.job.properties.tmpdir:key'],
    [`${VZDUMP}, ${at}, properties: { zst: 1 }`, 'unknown-property flows.job.properties.zst:value'],
    [`${VZDUMP}, ${at}, properties: { ionice: 9 }`, 'bad-value flows.job.properties.ionice:value'],
    [`${VZDUMP}, ${at}, retention: { keep_all: true }, fleecing: x`, 'bad-value flows.job.fleecing:value'],
  ])('%s', (flow, expected) => {
    const found = said(lowered(`  job: { ${flow} }`).diagnostics);
    expect(found.map(text => text.replace(/^error |: .*$/g, ''))).toEqual([expected]);
  });
  test('two jobs with one id', () => {
    const flows = `  a: { ${BACKUP}, ${at}, id: same }\n  b: { ${VZDUMP}, ${at}, id: same }`;
    expect(codes(lowered(flows).diagnostics)).toEqual(['section-twice']);
  });
  test('fleecing and change detection before PVE 8.2', () => {
    const flow = `  job: { ${BACKUP}, ${at}, fleecing: local-lvm, change_detection: data }`;
    expect(said(lowered(flow, { pve: '8.1.4' }).diagnostics)).toEqual([
      'error property-too-new flows.job.fleecing:value: "fleecing" of vzdump in jobs.cfg needs 8.2.0 (release 8.2); declared "8.1.4"',
      'error property-too-new flows.job.change_detection:value: "pbs-change-detection-mode" of vzdump in jobs.cfg needs 8.2.0 (release 8.2); declared "8.1.4"',
    ]);
    expect(lowered(flow, { pve: '8.2.2' }).diagnostics).toEqual([]);
  });
  test('the mode of notifications before PVE 8.1', async () => {
    const flow = `  job: { ${BACKUP}, ${at}, notification_mode: auto }`;
    expect(said(lowered(flow, { pve: '8.0.4' }).diagnostics)).toEqual([
      'error property-too-new flows.job.notification_mode:value: "notification-mode" of vzdump in jobs.cfg needs 8.1.0 (release 8.1); declared "8.0.4"',
    ]);
    expect(lowered(flow, { pve: '8.1.3' }).diagnostics).toEqual([]);
    const silent = lowered(`  job: { ${BACKUP}, ${at} }`, { pve: '8.0.4' });
    expect(silent.diagnostics).toEqual([]);
    expect((await texts(silent, kind))['duo']).not.toContain('notification-mode');
  });
});

describe('steps', () => {
  const part = lowered(
    `  old: { ${BACKUP}, from: all, id: Old-Job, state: retired }\n  job: { ${BACKUP}, from: all, schedule: "01:00" }`,
  );
  test('a retired job is removed, the others are asked for', () => {
    expect(
      part.changes.map(({ target, verb, kind: what, name }) => `${target} ${verb} ${what} ${name}`),
    ).toEqual(['duo removes job Old-Job']);
    expect(part.steps.map(({ phase, order, commands }) => [`${phase} ${order}`, ...commands])).toEqual([
      [
        'storages 20',
        'if pvesh get /cluster/backup/Old-Job >/dev/null 2>&1; then pvesh delete /cluster/backup/Old-Job; fi',
      ],
      ['jobs 60', 'pvesh get /cluster/backup/job'],
    ]);
  });
  test.skipIf(missingTool('shellcheck'))('shellcheck', () => {
    execFileSync('shellcheck', ['-s', 'bash', '-'], { input: script(part) });
  });
});

test('a hostile value is refused or is exactly one line', async () => {
  const topology = topologyOf(yaml(`  job: { ${VZDUMP}, from: all, schedule: "01:00" }`));
  const flow = topology.flows.get('job') as VzdumpFlow;
  const key = fc.constantFrom('comment', 'notes_template', 'schedule', 'bwlimit', 'fleecing', 'exclude-path');
  await fc.assert(
    fc.asyncProperty(key, hostileString, async (name, value) => {
      const spec =
        name === 'exclude-path'
          ? { ...flow.spec, properties: { [name]: value } }
          : { ...flow.spec, [name]: value };
      const hostile = { ...flow, spec };
      const part = lowerPveJobs({ ...topology, flows: new Map([['job', hostile]]) });
      if (part.diagnostics.some(({ severity }) => severity === 'error')) return;
      expect((await texts(part, kind))['duo']?.match(/^\t/gm)?.length).toBeLessThanOrEqual(13);
    }),
    { numRuns: 100 },
  );
});
