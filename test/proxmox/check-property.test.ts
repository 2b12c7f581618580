import { describe, expect, it } from 'vitest';
import { checkPbsValue, checkPveValue } from '../../src/proxmox/check-property.ts';
import { FLAT } from '../../src/proxmox/pbs-files.ts';
import { parseVersion, type Version } from '../../src/proxmox/version.ts';
import vectors from './pbs-vectors.json' with { type: 'json' };

const version = (text: string): Version => {
  const parsed = parseVersion(text);
  if (parsed === undefined) throw new Error(`not a version: ${text}`);
  return parsed;
};

describe('checkPbsValue', () => {
  it.each(vectors.backend)('backend $in: $ok', ({ in: text, ok }) => {
    const finding = checkPbsValue('datastore.cfg', 'datastore', 'backend', text, version('4.2'));
    expect(finding?.code).toBe(ok ? undefined : 'bad-value');
  });

  it.each<[string, string, string, string, string, string, string]>([
    ['sync.cfg', 'sync', 'shedule', 'daily', '4.2', 'unknown-property', 'did you mean "schedule"?'],
    ['sync.cfg', 'sync', 'rate_in', '1 MB', '4.2', 'unknown-property', 'did you mean "rate-in"?'],
    ['sync.cfg', 'sync', 'flavour', 'x', '4.2', 'unknown-property', 'known: '],
    ['sync.cfg', 'sync', 'constructor', 'x', '4.2', 'unknown-property', 'known: '],
    ['sync.cfg', 'sync', 'worker-threads', '2', '4.1', 'property-too-new', 'declare the version'],
    ['sync.cfg', 'sync', 'worker-threads', '33', '4.2', 'bad-value', 'greatest value is 32'],
    ['sync.cfg', 'sync', 'ns', 'a/b/c/d/e/f/g/h', '4.2', 'bad-value', 'at most 7'],
    ['sync.cfg', 'sync', 'group-filter', 'vm/1', '4.2', 'bad-value', 'group filter'],
    ['datastore.cfg', 'datastore', 'maintenance-mode', 's3-refresh', '3.4', 'property-too-new', 'declare'],
    ['datastore.cfg', 'datastore', 'gc-schedule', 'Daily', '4.2', 'bad-value', ''],
    ['datastore.cfg', 'datastore', 'keep-daily', '7', '4.2', 'bad-value', 'leave it out'],
    ['traffic-control.cfg', 'rule', 'network', '10.0.0.0', '4.2', 'bad-value', 'ADDRESS/LENGTH'],
    ['traffic-control.cfg', 'rule', 'timeframe', 'mon-fri 9-17', '4.2', 'bad-value', 'mon..fri'],
    ['remote.cfg', 'remote', 'port', '70000', '4.2', 'bad-value', '65535'],
    ['node.cfg', FLAT, 'default-lang', 'xx', '4.2', 'bad-value', 'zh_TW'],
    ['node.cfg', FLAT, 'http-proxy', 'https://x', '4.2', 'bad-value', 'HOST[:PORT]'],
    ['node.cfg', FLAT, 'location', 'latitude=91,longitude=0', '4.2.1', 'bad-value', '-90 to 90'],
  ])('%s %s: %s %s in %s is %s', (file, type, key, value, declared, code, help) => {
    expect(checkPbsValue(file, type, key, value, version(declared))).toMatchObject({
      code,
      help: expect.stringContaining(help),
    });
  });

  it.each<[string, string, string, string]>([
    ['sync.cfg', 'sync', 'rate-in', '40 MiB'],
    ['sync.cfg', 'sync', 'schedule', 'mon..fri 02:00'],
    ['s3.cfg', 's3-endpoint', 'endpoint', '{{bucket}}.s3.eu-central-1.wasabisys.com'],
    ['remote.cfg', 'remote', 'host', 'fd00::1'],
    ['traffic-control.cfg', 'rule', 'network', '::/0'],
    ['node.cfg', FLAT, 'http-proxy', 'http://10.0.0.1:3128'],
    ['node.cfg', FLAT, 'acmedomain0', 'example.com,plugin=dns1'],
    ['metricserver.cfg', 'influxdb-udp', 'host', '[fd00::1]:8089'],
    ['domains.cfg', 'openid', 'scopes', 'email profile'],
  ])('%s %s: %s %s is fine', (file, type, key, value) =>
    expect(checkPbsValue(file, type, key, value, version('4.2'))).toBeUndefined(),
  );

  it('says both versions, and does not suggest what is too new', () => {
    const finding = checkPbsValue('sync.cfg', 'sync', 'worker-threads', '2', version('4.1'));
    expect(finding?.message).toBe(
      '"worker-threads" of sync in sync.cfg needs 4.1.8 (release 4.2); declared "4.1" = package 4.1.0',
    );
    expect(checkPbsValue('sync.cfg', 'sync', 'worker-thread', '2', version('4.1'))?.help).toContain(
      'known: ',
    );
  });

  it('does not repeat a secret', () => {
    const finding = checkPbsValue('remote.cfg', 'remote', 'password', 'hunter2!', version('4.2'));
    expect(finding?.code).toBe('bad-value');
    expect(JSON.stringify(finding)).not.toContain('hunter2');
  });

  it('throws for a table that does not exist', () => {
    expect(() => checkPbsValue('sync.cfg', 'synk', 'a', 'b', version('4.2'))).toThrow('synk');
  });
});

describe('checkPveValue', () => {
  it.each<[string, string, string, string, string, string]>([
    ['storage.cfg', 'nfs', 'snapshot-as-volume-chain', '1', '8.4', 'property-too-new'],
    ['storage.cfg', 'nfs', 'shared', '1', '9.0', 'unknown-property'],
    ['storage.cfg', 'pbs', 'password', 'x', '9.0', 'bad-value'],
    ['storage.cfg', 'pbs', 'content', 'images', '9.0', 'bad-value'],
    ['storage.cfg', 'dir', 'content', 'none,iso', '9.0', 'bad-value'],
    ['storage.cfg', 'dir', 'path', 'relative', '9.0', 'bad-value'],
    ['storage.cfg', 'nfs', 'prune-backups', 'keep-all=1,keep-last=3', '9.0', 'bad-value'],
    ['jobs.cfg', 'vzdump', 'compress', 'zst', '9.0', 'bad-value'],
    ['jobs.cfg', 'vzdump', 'fleecing', '1', '9.0', 'bad-value'],
    ['jobs.cfg', 'vzdump', 'fleecing', '1,storage=local-zfs', '8.1', 'property-too-new'],
    ['jobs.cfg', 'vzdump', 'schedule', 'mon-fri 2:00', '9.0', 'bad-value'],
    ['jobs.cfg', 'vzdump', 'vmid', '100,99', '9.0', 'bad-value'],
    ['jobs.cfg', 'vzdump', 'performance', 'max-workers=257', '9.0', 'bad-value'],
  ])('%s %s: %s %s in %s is %s', (file, type, key, value, declared, code) =>
    expect(checkPveValue(file, type, key, value, version(declared))?.code).toBe(code),
  );

  it.each<[string, string, string, string]>([
    ['storage.cfg', 'pbs', 'fingerprint', `${'09:'.repeat(31)}09`],
    ['storage.cfg', 'nfs', 'options', 'vers=4.1,hard'],
    ['storage.cfg', 'iscsi', 'portal', '10.10.30.10:3260'],
    ['storage.cfg', 'dir', 'is_mountpoint', 'yes'],
    ['storage.cfg', 'dir', 'prune-backups', 'keep-all=0,keep-last=3'],
    ['jobs.cfg', 'vzdump', 'fleecing', 'enabled=1,storage=local-zfs'],
    ['jobs.cfg', 'vzdump', 'vmid', '100,101'],
    ['jobs.cfg', 'vzdump', 'exclude-path', '/tmp/?*'],
  ])('%s %s: %s %s is fine', (file, type, key, value) =>
    expect(checkPveValue(file, type, key, value, version('9.1'))).toBeUndefined(),
  );
});
