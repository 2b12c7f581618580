import { describe, expect, test } from 'vitest';
import { estate, FINGERPRINT, outcome, settingIn, told } from '../unit-trigger/estate.ts';

const flow = (more = '', to = 'main'): string =>
  `save: { kind: host-backup, from: mover, to: "${to}", account: files, via: home/lan, paths: { etc: /etc, all: / }${more} }`;
const UNIT = 'mover/root/etc/systemd/system/offsite-save.service';

test('repository, certificate and password come from the environment', () => {
  const { texts } = outcome(estate(flow()));
  const unit = texts.get(UNIT) ?? '';
  const environment = unit.split('\n').filter(line => /^(?:Environment|LoadCredential)=/.test(line));
  expect(environment).toEqual([
    'LoadCredential=password:/etc/offsite/secrets/pbs-files',
    'Environment="PBS_REPOSITORY=files@pbs!mover@10.1.0.8:main"',
    `Environment=PBS_FINGERPRINT=${FINGERPRINT}`,
    'Environment=PBS_PASSWORD_FILE=%d/password',
    'Environment=XDG_CACHE_HOME=%C/offsite',
    'Environment=XDG_CONFIG_HOME=%C/offsite',
    'Environment=XDG_RUNTIME_DIR=%t/offsite',
  ]);
  expect(settingIn(unit, 'ReadWritePaths')).toBe('/tmp');
  expect(unit).not.toContain('PrivateTmp');
});

describe('command', () => {
  const start = '/usr/bin/proxmox-backup-client backup all.pxar:/ etc.pxar:/etc --backup-type host';
  test.each([
    ['plain', flow(), `${start} --backup-id mover --crypt-mode none`],
    [
      'namespace',
      flow('', 'main:hosts/linux'),
      `${start} --backup-id mover --ns hosts/linux --crypt-mode none`,
    ],
    [
      'everything',
      flow(
        ', backup_id: box, exclude: ["*.tmp", "-a[!b]"], change_detection: metadata, rate: 60 MiB/s, encryption_key: files-key',
      ),
      `${start} --backup-id box --change-detection-mode metadata "--exclude=*.tmp" "--exclude=-a[!b]" --rate "60 MiB" --crypt-mode encrypt --keyfile %d/key`,
    ],
  ])('%s', (_, text, command) => {
    const { texts } = outcome(estate(text));
    expect(settingIn(texts.get(UNIT), 'ExecStart').replace(/^.*\.lock /, '')).toBe(command);
  });
  test('port and IPv6 address of the server', () => {
    const edit = (text: string): string =>
      text
        .replace(/10\.1\.0\.0\/24/, 'fd00::/64')
        .replace('subnet:', 'subnet6:')
        .replaceAll(/address: 10\.1\.0\./g, 'address6: fd00::')
        .replace('api: {', 'api: { port: 8008,');
    const { texts } = outcome(estate(flow(), edit));
    expect(texts.get(UNIT)).toContain('"PBS_REPOSITORY=files@pbs!mover@[fd00::8]:8008:main"');
  });
});

test('the key is made once per host, with a reminder to keep it on paper', () => {
  const two = `${flow(', encryption_key: k')}\n${flow(', encryption_key: k, backup_id: two').replace('save', 'save-two')}`;
  const { lowered } = outcome(estate(two));
  const steps = lowered.steps.filter(({ title }) => title === 'Encryption key k');
  expect(steps).toHaveLength(1);
  expect(steps[0]?.commands).toEqual([
    `if test -s /etc/offsite/secrets/k.key; then
  echo 'key k is there'
elif test -s /root/offsite-secrets/k.key; then
  offsite_place k.key /etc/offsite/secrets/k.key
else
  proxmox-backup-client key create /etc/offsite/secrets/k.key --kdf none
fi`,
    'chmod 0600 /etc/offsite/secrets/k.key',
    'proxmox-backup-client key paperkey /etc/offsite/secrets/k.key --output-format text',
  ]);
  expect(lowered.changes).toContainEqual(
    expect.objectContaining({ verb: 'creates', kind: 'key', name: '/etc/offsite/secrets/k.key' }),
  );
});

test('a pending fingerprint withholds unit and timer', () => {
  const { texts, lowered } = outcome(
    estate(flow(', schedule: "03:00"'), text => text.replace(`"${FINGERPRINT}"`, 'pending')),
  );
  expect([...texts.keys()].filter(path => path.includes('offsite-save'))).toEqual([]);
  expect(lowered.withheld.map(({ path }) => path)).toEqual(['/etc/systemd/system/offsite-save.service']);
  expect(told(lowered.diagnostics)).toEqual(['warning pending-value hosts.pbs.api.fingerprint']);
  expect(lowered.steps.map(({ title }) => title)).not.toContain('Start the timers');
});

test('a NAS takes no units: declared only', () => {
  const { texts, lowered } = outcome(estate(flow().replace('from: mover', 'from: nas')));
  expect(texts.size).toBe(0);
  expect(told(lowered.diagnostics)).toEqual(['info declared-only flows.save']);
  expect(lowered.external.map(({ name, title }) => `${name}: ${title}`)).toEqual(['nas: Flow save']);
});

test('change detection needs PBS 3.3', () => {
  const { lowered } = outcome(
    estate(flow(', change_detection: data'), text => text.replace('4.1.8', '3.2.7')),
  );
  expect(told(lowered.diagnostics)).toEqual(['error property-too-new flows.save.change_detection']);
});
