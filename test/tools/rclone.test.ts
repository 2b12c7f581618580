/**
 * rclone to an S3 server on loopback, everything as rendered: the unit's own command line, the remote and the file with
 * the keys. Names of the provider point to the server, and its certificate is trusted, on this machine alone.
 */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withDummySecrets } from '../../src/artifacts/secrets.ts';
import { estate, outcome } from '../artifacts/unit-trigger/estate.ts';
import { listening, type Machine, machineUnavailable, openMachine } from './machine.ts';

const ADDRESS = '192.0.2.10';
const SERVICE = 'etc/systemd/system/offsite-up.service';
const FLOW =
  'up: { kind: rclone, from: local, to: "cold-one:archive", account: s3, via: internet, schedule: "04:00" }';
const BUCKET = '{ provider: wasabi, name: example-cold, region: eu-central-1 }';

interface Provider {
  readonly name: string;
  readonly bucket: string;
  readonly port: number;
  readonly names: readonly string[];
  /** What s3rver takes for the end of its own name. */
  readonly service: string;
}

/** One with the bucket in the host name, one with the bucket in the path. */
const PROVIDERS: readonly Provider[] = [
  {
    name: 'Wasabi',
    bucket: BUCKET,
    port: 443,
    names: ['s3.eu-central-1.wasabisys.com', 'example-cold.s3.eu-central-1.wasabisys.com'],
    service: 'wasabisys.com',
  },
  {
    name: 'MinIO',
    bucket: '{ provider: minio, name: example-cold, endpoint: s3.example.org, port: 9000 }',
    port: 9000,
    names: ['s3.example.org'],
    service: 'example.org',
  },
];

describe.skipIf(machineUnavailable('rclone', 'openssl', 'flock')).each(PROVIDERS)('$name', provider => {
  let machine: Machine;

  beforeAll(async () => {
    machine = await openMachine([ADDRESS]);
    const { texts } = outcome(estate(FLOW, text => text.replace(BUCKET, provider.bucket)));
    for (const [path, text] of texts) {
      const [, place] = /^mover\/(?:root|fill)\/(.*)$/.exec(path) ?? [];
      // The server has one user, whose key and secret are the same.
      const filled = withDummySecrets(text).replaceAll('dummy', 'S3RVER');
      if (place !== undefined) machine.write(place, filled, place.includes('/lib/') ? 0o755 : 0o600);
    }
    machine.write('etc/hosts', `127.0.0.1 localhost\n${ADDRESS} ${provider.names.join(' ')}\n`);
    machine.write('srv/local/a.vma.zst', 'first');
    machine.write('srv/local/dump/b.vma.zst', 'second');
    machine.write('srv/local/vzdump-qemu-100-half.vma.dat', 'unfinished');
    await certify();
    const server = join(import.meta.dirname, 's3-server.ts');
    await machine.start(
      's3',
      process.execPath,
      server,
      ADDRESS,
      String(provider.port),
      provider.service,
      'example-cold',
    );
    await listening(machine, ADDRESS, provider.port);
  }, 30_000);
  afterAll(() => machine?.close());

  async function certify(): Promise<void> {
    await machine.mustRun('mkdir', '-p', '/run/s3/data');
    const names = provider.names.map(name => `DNS:${name}`).join(',');
    await machine.mustRun(
      ...['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-keyout', '/run/s3/key.pem', '-out', '/run/s3/cert.pem', '-days', '2', '-subj', '/CN=s3'],
      ...['-addext', `subjectAltName=${names}`],
    );
    machine.write('etc/ssl/certs/ca-certificates.crt', machine.read('run/s3/cert.pem'));
  }

  /** The configuration as rclone has it, with the keys as the unit has them. */
  const rclone = (...args: string[]) =>
    machine.mustRun(
      ...[
        'env',
        '-i',
        'PATH=/usr/bin:/bin',
        'RCLONE_CONFIG=/etc/offsite/rclone.conf',
        'AWS_SHARED_CREDENTIALS_FILE=/run/credentials/aws',
      ],
      ...['rclone', '--retries=1', '--low-level-retries=1', ...args],
    );

  test('the unit copies, and objects arrive below the prefix', async () => {
    const run = await machine.runUnit(SERVICE);
    expect(run.status, run.stderr + machine.read('run/s3.log')).toBe(0);
    const listed = await rclone('lsf', '-R', '--files-only', 'cold_one:example-cold');
    expect(listed.trim().split('\n').sort()).toEqual(['archive/a.vma.zst', 'archive/dump/b.vma.zst']);
    expect(await rclone('cat', 'cold_one:example-cold/archive/dump/b.vma.zst')).toBe('second');
    expect(machine.read('var/lib/offsite/success/up')).toMatch(/^\d+\n$/);
  });
  test('makes no bucket and asks for no deletion', () => {
    const requests = machine.read('run/s3.log');
    expect(requests).toMatch(/^PUT \/(?:example-cold\/)?archive\/a\.vma\.zst/m);
    expect(requests).not.toMatch(/^(?:DELETE|POST) /m);
    expect(requests).not.toMatch(/^PUT \/(?:example-cold)?\/?(?:\?|$)/m);
  });
  test('deletes nothing that the source has no more, and replaces nothing that changed', async () => {
    await machine.mustRun('rm', '/srv/local/a.vma.zst');
    machine.write('srv/local/dump/b.vma.zst', 'something else');
    const run = await machine.runUnit(SERVICE);
    expect(run.status).not.toBe(0);
    expect(run.stderr).toContain('immutable file modified');
    expect(await rclone('cat', 'cold_one:example-cold/archive/a.vma.zst')).toBe('first');
    expect(await rclone('cat', 'cold_one:example-cold/archive/dump/b.vma.zst')).toBe('second');
  });
  test('without its directory it does not start', async () => {
    await machine.mustRun('mv', '/srv/local', '/srv/gone');
    expect((await machine.runUnit(SERVICE)).status).toBe(74);
    await machine.mustRun('mkdir', '/srv/local');
    expect(await machine.runUnit(SERVICE)).toMatchObject({
      status: 74,
      stdout: 'nothing to copy in /srv/local/\n',
    });
    await machine.mustRun('rmdir', '/srv/local');
    await machine.mustRun('mv', '/srv/gone', '/srv/local');
  });
  test('takes the key from the credential', async () => {
    machine.write('srv/local/c.vma.zst', 'third');
    machine.write('srv/local/dump/b.vma.zst', 'second');
    const keys = 'etc/offsite/secrets/s3-cold.aws';
    machine.write(keys, machine.read(keys).replace('= S3RVER', '= ANOTHER'), 0o600);
    const run = await machine.runUnit(SERVICE, ['--retries=1', '--low-level-retries=1']);
    expect(run.status).not.toBe(0);
    expect(run.stderr).toContain('InvalidAccessKeyId');
  });
});
