import { describe, expect, it } from 'vitest';
import { codesOf, fileOf, lowerText, renderLowered, twoSites } from '../../support/pbs.ts';

const yaml = (bucket: string, s3 = '', version = '4.2.3') =>
  twoSites(
    `
buckets: { bucket: { ${bucket} } }
accounts: { key: { kind: s3, secret: cloud } }
datastores: { cloud-1: { host: pbs-dc, path: /cache, s3: { bucket: bucket, account: key${s3} } } }`,
    { home: '4.2.3', dc: version },
  );
const file = (bucket: string, s3 = '') => fileOf('pbs-s3', yaml(bucket, s3), 'pbs-dc');
const section = (...lines: string[]) => `s3-endpoint: cloud-1\n${lines.map(line => `\t${line}\n`).join('')}`;
const ACCESS = 'access-key @@offsite:cloud.access-key:plain@@';
const SECRET = 'secret-key @@offsite:cloud.secret-key:plain@@';

describe('s3.cfg', () => {
  it.each([
    [
      'Wasabi, by path',
      'provider: wasabi, region: eu-central-1',
      '',
      [ACCESS, 'endpoint s3.eu-central-1.wasabisys.com', 'path-style true', 'region eu-central-1', SECRET],
    ],
    [
      'AWS, by host name',
      'provider: aws, region: eu-central-1',
      '',
      [ACCESS, 'endpoint {{bucket}}.s3.eu-central-1.amazonaws.com', 'region eu-central-1', SECRET],
    ],
    [
      'B2, which has no conditional PUT',
      'provider: backblaze, region: eu-central-003',
      '',
      [
        ACCESS,
        'endpoint s3.eu-central-003.backblazeb2.com',
        'path-style true',
        'provider-quirks skip-if-none-match-header',
        'region eu-central-003',
        SECRET,
      ],
    ],
    [
      'R2, region auto',
      'provider: cloudflare, provider_id: 0123456789abcdef',
      '',
      [
        ACCESS,
        'endpoint 0123456789abcdef.r2.cloudflarestorage.com',
        'path-style true',
        'region auto',
        SECRET,
      ],
    ],
    [
      'an own server with limits',
      `provider: minio, endpoint: s3.example.com, port: 9000, fingerprint: "${'AB:'.repeat(31)}AB"`,
      ', put_rate: 50, rates: { out: 400 Mbit/s, burst_out: 100 MB }',
      [
        ACCESS,
        'burst-out 100 MB',
        'endpoint s3.example.com',
        `fingerprint ${'ab:'.repeat(31)}ab`,
        'path-style true',
        'port 9000',
        'put-rate-limit 50',
        'rate-out 50 MB',
        'region us-east-1',
        SECRET,
      ],
    ],
  ])('%s', (_, bucket, s3, lines) => {
    expect(file(bucket, s3)).toBe(section(...lines));
  });

  it('is a template to fill, and the empty one is not', () => {
    const { artifacts, needs } = lowerText('pbs-s3', yaml('provider: aws, region: eu-central-1'));
    expect(artifacts.map(({ target, folder, secrets }) => [target, folder, secrets])).toEqual([
      ['pbs-dc', 'fill', ['cloud.access-key', 'cloud.secret-key']],
      ['pbs-home', 'root', []],
    ]);
    expect(needs.map(({ name }) => name)).toEqual(['cloud.access-key', 'cloud.secret-key']);
  });

  it('names its endpoint as the datastore does', () => {
    const lowered = renderLowered(
      lowerText('pbs-datastore', yaml('provider: aws, region: eu-central-1', ', max_cache_size: 64 GiB')),
    );
    expect(lowered['pbs-dc:datastore.cfg']).toContain(
      '\tbackend bucket=bucket,client=cloud-1,max-cache-size=64 GiB,type=s3\n',
    );
  });

  it('is not rendered for PBS 3, which does not know it', () => {
    const text = yaml('provider: aws, region: eu-central-1', '', '3.4.8');
    expect(Object.keys(renderLowered(lowerText('pbs-s3', text)))).toEqual(['pbs-home:s3.cfg']);
    expect(codesOf(lowerText('pbs-datastore', text))).toEqual(['property-too-new datastores.cloud-1.s3']);
  });

  it('takes over what the bucket holds: garbage collection behind an empty cache deletes it', () => {
    const { steps } = lowerText('pbs-datastore', yaml('provider: wasabi, name: kept, region: eu-central-1'));
    expect(steps.find(({ title }) => title === 'Create datastore cloud-1')?.commands[0]).toContain(
      ' --reuse-datastore true\n',
    );
  });

  it('checks each bucket, which PBS does not create', () => {
    const [step] = lowerText('pbs-s3', yaml('provider: aws, region: eu-central-1')).steps;
    expect(step?.commands).toEqual(['proxmox-backup-manager s3 check cloud-1 bucket --store-prefix cloud-1']);
  });

  it('waits for a pending fingerprint', () => {
    const lowered = lowerText(
      'pbs-s3',
      yaml('provider: minio, endpoint: s3.example.com, fingerprint: pending'),
    );
    expect(codesOf(lowered)).toEqual(['pending-value buckets.bucket.fingerprint']);
    expect(lowered.artifacts.map(({ target }) => target)).toEqual(['pbs-home']);
    expect(lowered.steps).toEqual([]);
  });

  it('refuses rates before PBS 4.1', () => {
    const text = yaml('provider: aws, region: eu-central-1', ', rates: { in: 1 MiB/s }', '4.0.20');
    expect(codesOf(lowerText('pbs-s3', text))).toEqual(['property-too-new datastores.cloud-1.s3.rates.in']);
  });

  it('removes a retired datastore, then its endpoint, before the new file', () => {
    const text = yaml('provider: aws, region: eu-central-1').replace(
      'path: /cache',
      'path: /cache, state: retired',
    );
    const all = [...lowerText('pbs-datastore', text).steps, ...lowerText('pbs-s3', text).steps];
    const order = all.filter(({ phase }) => phase === 's3').map(({ order, title }) => `${order} ${title}`);
    expect(order).toEqual([
      '20 Remove retired datastore cloud-1',
      '30 Remove the endpoint of retired datastore cloud-1',
    ]);
  });
});
