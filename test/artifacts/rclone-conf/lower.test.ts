import { expect, test } from 'vitest';
import { estate, outcome } from '../unit-trigger/estate.ts';

const flows = `up: { kind: rclone, from: local, to: cold-one, account: s3, via: internet }
nas-up: { kind: rclone, from: raw, to: cold-one:raw, account: s3, via: internet }`;
const HEAD = '# Rendered by offsite. Keys are not in here: the environment names the file that has them.\n';
const conf = (provider: string, region: string, endpoint: string, ...more: string[]): string =>
  `${HEAD}[cold_one]\ntype = s3\nprovider = ${provider}\nenv_auth = true\nregion = ${region}\nendpoint = ${endpoint}\n${more.map(line => `${line}\n`).join('')}no_check_bucket = true\nchunk_size = 64M\nupload_concurrency = 2\n`;
const WASABI = conf('Wasabi', 'eu-central-1', 's3.eu-central-1.wasabisys.com', 'acl = private');

test('one file per host, without secrets', () => {
  const { texts } = outcome(estate(flows));
  expect(texts.get('mover/root/etc/offsite/rclone.conf')).toBe(WASABI);
  expect(texts.get('nas/root/volume1/offsite/rclone.conf')).toBe(WASABI);
});

test('keys are filled in on the host, in the form of the AWS tools', () => {
  const { texts, lowered } = outcome(estate(flows));
  expect(texts.get('mover/fill/etc/offsite/secrets/s3-cold.aws')).toBe(
    '# Rendered by offsite: keys of account s3.\n[default]\naws_access_key_id = @@offsite:s3-cold.access-key:plain@@\naws_secret_access_key = @@offsite:s3-cold.secret-key:plain@@\n',
  );
  const file = lowered.artifacts.find(({ folder }) => folder === 'fill');
  expect(file).toMatchObject({ mode: '0600', secrets: ['s3-cold.access-key', 's3-cold.secret-key'] });
  expect([...texts.keys()].filter(path => path.startsWith('nas/fill'))).toEqual([]);
  expect(
    lowered.needs.filter(({ kind }) => kind === 'secret').map(need => `${need.target} ${need.name}`),
  ).toEqual([
    'mover s3-cold.access-key',
    'mover s3-cold.secret-key',
    'nas s3-cold.access-key',
    'nas s3-cold.secret-key',
  ]);
});

const bucket =
  (text: string) =>
  (all: string): string =>
    all.replace('{ provider: wasabi, name: example-cold, region: eu-central-1 }', text);
test.each([
  [
    '{ provider: aws, name: example-cold, region: eu-north-1 }',
    conf('AWS', 'eu-north-1', 's3.eu-north-1.amazonaws.com', 'force_path_style = false'),
  ],
  [
    '{ provider: cloudflare, provider_id: 0123abc }',
    conf(
      'Cloudflare',
      'auto',
      '0123abc.r2.cloudflarestorage.com',
      'force_path_style = true',
      'acl = private',
    ),
  ],
  [
    '{ provider: minio, endpoint: s3.example.org, port: 9000 }',
    conf('Minio', 'us-east-1', 's3.example.org:9000', 'force_path_style = true', 'acl = private'),
  ],
  [
    '{ provider: backblaze, region: eu-central-003 }',
    conf(
      'Other',
      'eu-central-003',
      's3.eu-central-003.backblazeb2.com',
      'force_path_style = true',
      'acl = private',
    ),
  ],
  [
    '{ provider: generic, endpoint: "{{bucket}}.s3.example.org" }',
    conf('Other', 'us-east-1', 's3.example.org', 'force_path_style = false', 'acl = private'),
  ],
])('%s', (text, expected) => {
  const { texts } = outcome(estate(flows, bucket(text)));
  expect(texts.get('mover/root/etc/offsite/rclone.conf')).toBe(expected);
});
