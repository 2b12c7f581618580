import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { estate, outcome, settingIn } from '../unit-trigger/estate.ts';

const flow = (more = ''): string =>
  `up: { kind: rclone, from: local:dump, to: cold-one:archive, account: s3, via: internet${more} }`;
const UNIT = 'mover/root/etc/systemd/system/offsite-up.service';
const execOf = (more: string): string => {
  const { texts } = outcome(estate(flow(more)));
  return settingIn(texts.get(UNIT), 'ExecStart').replace(/^.*\.lock /, '');
};

describe('flags', () => {
  const rest = '--transfers=2 --checkers=4 "--exclude=vzdump-*.dat" "--exclude=vzdump-*.tmp/**"';
  const end = '--stats-one-line --stats=10m --log-level=INFO /srv/local/dump cold_one:example-cold/archive';
  const immutable = '--immutable --size-only --no-update-modtime';
  test.each([
    ['copies archives that never change', '', `/usr/bin/rclone copy ${immutable} ${rest} ${end}`],
    [
      'deletes only with a limit',
      ', propagate_deletions: true',
      `/usr/bin/rclone sync --max-delete=100 ${immutable} ${rest} ${end}`,
    ],
    [
      'limit of deletions',
      ', propagate_deletions: true, max_delete: 0',
      `/usr/bin/rclone sync --max-delete=0 ${immutable} ${rest} ${end}`,
    ],
    [
      'max_delete alone deletes nothing',
      ', max_delete: 5',
      `/usr/bin/rclone copy ${immutable} ${rest} ${end}`,
    ],
    ['files that change', ', immutable: false', `/usr/bin/rclone copy ${rest} ${end}`],
    ['rate', ', rate: 3 MiB/s', `/usr/bin/rclone copy ${immutable} --bwlimit=3072K ${rest} ${end}`],
    [
      'a class that excludes is written as rclone reads it',
      ', exclude: ["[!a-c]*"]',
      `/usr/bin/rclone copy ${immutable} ${rest} "--exclude=[^a-c]*" ${end}`,
    ],
    [
      'excludes',
      ', exclude: ["@eaDir/**"]',
      `/usr/bin/rclone copy ${immutable} ${rest} --exclude=@eaDir/** ${end}`.replace(
        '--exclude=@eaDir/**',
        '"--exclude=@eaDir/**"',
      ),
    ],
  ])('%s', (_, more, command) => {
    expect(execOf(more)).toBe(command);
  });
  test('the source address, where the network is given', () => {
    expect(execOf('').includes('--bind')).toBe(false);
    const { texts } = outcome(estate(flow().replace('via: internet', 'via: home/lan')));
    expect(settingIn(texts.get(UNIT), 'ExecStart')).toContain(' --bind=10.1.0.6 ');
  });
});

test('keys come from the credentials directory, and are nowhere in the text', () => {
  const { texts } = outcome(estate(flow()));
  const unit = texts.get(UNIT);
  expect(unit).toContain('LoadCredential=aws:/etc/offsite/secrets/s3-cold.aws\n');
  expect(unit).toContain(
    'Environment=AWS_SHARED_CREDENTIALS_FILE=%d/aws\nEnvironment=RCLONE_CONFIG=/etc/offsite/rclone.conf\n',
  );
});

test('a self-signed endpoint is trusted by its certificate, after a look at the fingerprint', () => {
  const signed =
    (value: string) =>
    (text: string): string =>
      text.replace('region: eu-central-1 }', `region: eu-central-1, fingerprint: ${value} }`);
  const print = 'AA:'.repeat(31) + 'AA';
  const { texts, lowered } = outcome(estate(flow(), signed(`"${print}"`)));
  expect(texts.get(UNIT)).toContain('Environment=RCLONE_CA_CERT=/etc/offsite/ca-cold-one.pem\n');
  const packages = lowered.needs.filter(need => need.target === 'mover' && need.kind === 'package');
  expect(packages.map(({ name }) => name)).toEqual(['rclone', 'ca-certificates', 'openssl']);
  const step = lowered.steps.find(({ title }) => title === 'Certificate of bucket cold-one');
  expect(step?.undo).toEqual([
    'offsite_put_back /etc/offsite/ca-cold-one.pem # without it rclone refuses the endpoint',
  ]);
  const typed = (shown: string) => {
    const others = `openssl() { [ "$2" != -noout ] || echo 'sha256 Fingerprint=${shown}'; }; offsite_put() { echo "put $2"; }; offsite_stop() { echo "STOP: $1"; }`;
    return execFileSync('bash', ['-c', `${others}\n${step?.commands.join('\n')}`], { encoding: 'utf8' });
  };
  expect(typed(print)).toBe('put /etc/offsite/ca-cold-one.pem\n');
  expect(typed('BB')).toBe('STOP: the endpoint shows another certificate, or none\n');
  const pending = outcome(estate(flow(), signed('pending'))).lowered.steps.find(
    ({ title }) => title === 'Certificate of bucket cold-one',
  );
  expect(pending?.commands.join('\n')).not.toContain('mv ');
});
