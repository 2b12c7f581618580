import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { syncsInChains } from '../../../src/artifacts/unit-trigger/runs.ts';
import { plainUnitText, readUnit } from '../../../src/formats/systemd-unit/read.ts';
import { estate, outcome, settingIn, told } from './estate.ts';

const rsync = (key: string, more: string): string =>
  `${key}: { kind: rsync, from: local:${key}, to: vault:${key}, account: to-far, via: home/lan, ${more} }`;
const UNITS = 'mover/root/etc/systemd/system/';
const unitsOf = (texts: ReadonlyMap<string, string>): string[] =>
  [...texts.keys()]
    .filter(path => path.startsWith(UNITS))
    .map(path => path.slice(UNITS.length))
    .sort();

describe('timers', () => {
  test('text', () => {
    const { texts } = outcome(estate(rsync('a', 'schedule: "sat 02:30"')));
    expect(texts.get(`${UNITS}offsite-a.timer`)).toBe(
      '# Rendered by offsite.\n[Unit]\nDescription=Starts flow a\n\n[Timer]\nOnCalendar=Sat *-*-* 02:30:00\nPersistent=true\nAccuracySec=1s\n\n[Install]\nWantedBy=timers.target\n',
    );
  });
  test.each([
    ['schedule: "02:30"', ['offsite-a.service', 'offsite-a.timer', 'offsite-alert@.service']],
    ['takes: 1h', ['offsite-a.service', 'offsite-alert@.service']],
    ['schedule: "02:30", disabled: true', ['offsite-a.service', 'offsite-a.timer', 'offsite-alert@.service']],
    ['schedule: "02:30", state: planned', []],
    ['schedule: "02:30", state: retired', []],
  ])('%s', (more, units) => {
    expect(unitsOf(outcome(estate(rsync('a', more))).texts)).toEqual(units);
  });
  test('what systemd would fire at other times is refused', () => {
    const { lowered } = outcome(estate(rsync('a', 'schedule: "0/5:00"')));
    expect(told(lowered.diagnostics)).toEqual(['error schedule-not-for-systemd flows.a.schedule']);
  });
  test('nothing on a host that is not there yet', () => {
    const { texts, lowered } = outcome(
      estate(rsync('a', 'schedule: "02:30"'), text =>
        text.replace('roles: { linux: "12" }', 'roles: { linux: "12" }\n    state: planned'),
      ),
    );
    expect([texts.size, lowered.steps.length]).toEqual([0, 0]);
  });
});

describe('steps', () => {
  const stepOf = (flows: string, title: string) =>
    outcome(estate(flows)).lowered.steps.find(step => step.title === title);
  test('timers are switched on, or off where disabled', () => {
    const flows = [
      rsync('a', 'schedule: "01:00"'),
      rsync('b', 'schedule: "02:00", disabled: true'),
      rsync('c', 'takes: 1h'),
    ].join('\n');
    expect(stepOf(flows, 'Start the timers')?.commands).toEqual([
      'if [ -e /etc/systemd/system/offsite-c.timer ]; then systemctl disable --now offsite-c.timer && rm -f /etc/systemd/system/offsite-c.timer; fi',
      'systemctl daemon-reload',
      'systemctl disable --now offsite-b.timer',
      'offsite_enable offsite-a.timer',
      'systemctl start --no-block offsite-a.service',
    ]);
  });
  test('flows that delete are named before they start', () => {
    const flows = [
      rsync('a', 'schedule: "01:00", propagate_deletions: true'),
      rsync('b', 'schedule: "02:00", propagate_deletions: true, disabled: true'),
      rsync('c', 'schedule: "03:00"'),
    ].join('\n');
    expect(stepOf(flows, 'Start the timers')?.text[0]).toContain('each run of `a` deletes copies');
  });
  test('retired flows go away', () => {
    const step = stepOf(rsync('a', 'state: retired, schedule: "01:00"'), 'Remove retired flow a');
    expect(step?.commands).toEqual([
      'if [ -e /etc/systemd/system/offsite-a.timer ]; then systemctl disable --now offsite-a.timer; fi',
      'rm -f /etc/systemd/system/offsite-a.service /etc/systemd/system/offsite-a.timer /var/lib/offsite/success/a /var/lib/prometheus/node-exporter/offsite-a.prom',
      'systemctl daemon-reload',
    ]);
    const { changes } = outcome(estate(rsync('a', 'state: retired'))).lowered;
    expect(changes).toContainEqual(
      expect.objectContaining({ target: 'mover', verb: 'removes', kind: 'unit', name: 'offsite-a' }),
    );
  });
});

describe('chains', () => {
  test('the flow before starts the next one', () => {
    const flows = [
      rsync('a', 'schedule: "01:00"'),
      rsync('b', 'trigger: { after: a }'),
      rsync('c', 'trigger: { after: a }'),
    ].join('\n');
    const { texts } = outcome(estate(flows));
    const next = (texts.get(`${UNITS}offsite-a.service`) ?? '')
      .split('\n')
      .filter(line => line.startsWith('OnSuccess='));
    expect(next).toEqual(['OnSuccess=offsite-b.service', 'OnSuccess=offsite-c.service']);
  });
  test('unless it is switched off', () => {
    const flows = [rsync('a', 'schedule: "01:00"'), rsync('b', 'trigger: { after: a }, disabled: true')].join(
      '\n',
    );
    expect(outcome(estate(flows)).texts.get(`${UNITS}offsite-a.service`)).not.toContain('OnSuccess');
  });
  test('a sync in a chain is run by a unit of ours', () => {
    const sync = (key: string, more: string): string =>
      `${key}: { kind: sync, direction: local, from: main, to: second, via: local, ${more} }`;
    const flows = [
      sync('first', 'schedule: "01:00", id: native-id'),
      sync('then', 'trigger: { after: first }'),
      sync('alone', 'schedule: "05:00"'),
    ].join('\n');
    const topology = estate(flows);
    expect([...syncsInChains(topology)].map(({ key }) => key).sort()).toEqual(['first', 'then']);
    const { texts } = outcome(topology);
    const unit = texts.get('pbs/root/etc/systemd/system/offsite-first.service');
    expect(settingIn(unit, 'ExecStart')).toMatch(
      / \/usr\/sbin\/proxmox-backup-manager sync-job run native-id$/,
    );
    expect(settingIn(unit, 'OnSuccess')).toBe('offsite-then.service');
    expect(texts.has('pbs/root/etc/systemd/system/offsite-first.timer')).toBe(true);
    expect([...texts.keys()].some(path => path.includes('offsite-alone'))).toBe(false);
  });
  test('nothing starts after a flow that is not there', () => {
    const flows = [rsync('a', 'schedule: "01:00", state: planned'), rsync('b', 'trigger: { after: a }')].join(
      '\n',
    );
    expect(told(outcome(estate(flows)).lowered.diagnostics)).toEqual([
      'error trigger-not-possible flows.b.trigger.after',
    ]);
  });
});

test('what is only declared is said once each', () => {
  const flows = `disk: { kind: carry, from: main, to: home, via: local }
later: { kind: carry, from: main, to: home, via: local, state: planned }
${rsync('a', 'schedule: "01:00"')}`;
  const unmanaged = (text: string): string =>
    text.replace('roles: { linux: "12" }', 'roles: { linux: "12" }\n    managed: false');
  const { lowered, texts } = outcome(estate(flows, unmanaged));
  expect(told(lowered.diagnostics)).toEqual(['info declared-only flows.a', 'info declared-only flows.disk']);
  expect([...texts.keys()].filter(path => path.startsWith('mover/'))).toEqual([]);
  expect(lowered.external.map(({ name, title }) => `${name}: ${title}`)).toEqual(['mover: Flow a']);
});

/** Characters that the schema lets into a comment and that mean something to systemd. */
const comment = fc
  .string({
    unit: fc.constantFrom('%', '%n', '\\', '"', "'", '$', ';', '#', '=', '[', ']', ' ', 'a', 'é', '\u00a0'),
    minLength: 1,
    maxLength: 20,
  })
  .filter(text => text === text.trim() && !text.startsWith(' ') && !text.endsWith(' '));

test('a comment stays in its line and means itself', () => {
  fc.assert(
    fc.property(comment, text => {
      const { texts } = outcome(estate(rsync('a', `comment: ${JSON.stringify(text)}`)));
      const { settings, errors } = readUnit(texts.get(`${UNITS}offsite-a.service`) ?? '');
      const found = settings
        .filter(({ key }) => key === 'Description')
        .map(({ value }) => plainUnitText(value));
      expect(errors).toEqual([]);
      expect(found).toEqual([`Flow a: rsync from local to vault (${text})`]);
    }),
    { numRuns: 60 },
  );
});
