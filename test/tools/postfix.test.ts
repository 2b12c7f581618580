/**
 * Postfix with the rendered parameters and tables, put in place by the rendered functions, delivers to a relay that wants
 * STARTTLS and a login. The two relay clients of the root topology: one relay has a name, the other an address only.
 */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compiledTopology, completeTopologies } from '../topologies/load.ts';
import { listening, type Machine, machineUnavailable, openMachine } from './machine.ts';

const PROGRAMS = ['postfix', 'postconf', 'sendmail', 'openssl', 'bash', 'awk'];
const PASSWORD = 'p&ss|w0rd\\';
/** What a host has to begin with: no chroot, since that one is not there, and names from /etc/hosts. */
const HOST = [
  'maillog_file=/var/log/mail.log',
  'smtp_host_lookup=native',
  'myhostname=pbs.example.com',
  'minimal_backoff_time=1s',
];

interface Client {
  readonly host: string;
  readonly address: string;
  readonly sender: string;
  /** Of the relay; undefined when the host knows its address only. */
  readonly name?: string;
}
const CLIENTS: readonly Client[] = [
  { host: 'pbs-home', address: '192.0.2.25', sender: 'pbs-home@example.com', name: 'mail.example.com' },
  { host: 'pbs-dc', address: '10.20.50.25', sender: 'pbs-dc@example.com' },
];

describe.skipIf(machineUnavailable(...PROGRAMS)).each(CLIENTS)('$host', ({ host, address, sender, name }) => {
  let machine: Machine;

  async function certify(subject: string): Promise<void> {
    await machine.mustRun('mkdir', '-p', '/run/tls');
    await machine.mustRun(
      ...['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-keyout', '/run/tls/key.pem', '-out', '/run/tls/cert.pem', '-days', '2', '-subj', '/CN=mail'],
      ...['-addext', `subjectAltName=DNS:${subject}`],
    );
    machine.write('etc/ssl/certs/ca-certificates.crt', machine.read('run/tls/cert.pem'));
  }

  async function relay(log: string, mode: 'starttls' | 'plain'): Promise<void> {
    const sink = join(import.meta.dirname, 'smtp-sink.ts');
    await machine.start(log, process.execPath, sink, address, '587', sender, PASSWORD, mode);
    await listening(machine, address, 587);
  }

  beforeAll(async () => {
    const [root] = completeTopologies;
    const files = root === undefined ? [] : ((await compiledTopology(root)).files ?? []);
    machine = await openMachine([address]);
    machine.write('etc/hosts', `127.0.0.1 localhost\n${address} mail.example.com\n`);
    for (const { path, text } of files) {
      if (path.startsWith(`${host}/`)) machine.write(`run/offsite/${path.slice(host.length + 1)}`, text);
      if (path === '_shared/apply-functions.sh') machine.write('run/offsite/apply-functions.sh', text);
    }
    await installed();
    await certify(name ?? 'mail');
  }, 30_000);
  afterAll(async () => {
    await machine?.run('postfix', 'stop');
    await machine?.close();
  });

  /** The lines of APPLY.md that put Postfix's files in place, run on a fresh host. */
  async function installed(): Promise<void> {
    const distribution = '/usr/share/postfix/master.cf.dist';
    await machine.mustRun('cp', distribution, '/etc/postfix/master.cf');
    machine.write('etc/postfix/main.cf', 'compatibility_level = 3.6\ninet_interfaces = all\n');
    await machine.mustRun('postconf', '-F', '*/*/chroot = n');
    await machine.mustRun('postconf', '-e', ...HOST);
    await machine.mustRun('install', '-d', '-o', 'root', '/var/spool/postfix');
    await machine.mustRun('install', '-d', '-o', 'postfix', '/var/lib/postfix');
    await machine.mustRun('postalias', '/etc/aliases');
    machine.write(`run/offsite-secrets/mail-${host}`, `${PASSWORD}\n`, 0o600);
    const lines = machine
      .read('run/offsite/APPLY.md')
      .split('\n')
      .filter(
        line =>
          line.startsWith('offsite_') &&
          !line.startsWith('offsite_put_back') &&
          line.includes('/etc/postfix/'),
      );
    expect(lines).toHaveLength(3);
    const script = ['set -e', 'cd /run/offsite', '. ./apply-functions.sh', ...lines, 'postfix check'];
    const environment = ['OFFSITE_SECRETS=/run/offsite-secrets', 'OFFSITE_KEPT=/run/offsite-kept'];
    await machine.mustRun('env', ...environment, 'bash', '-c', script.join('\n'));
    await machine.mustRun('postfix', 'start');
  }

  const send = (subject: string) =>
    machine.mustRun('sh', '-c', `printf 'Subject: ${subject}\\n\\nbody\\n' | sendmail -i -- ops@example.com`);

  /** Waits until the log of Postfix has a line on a delivery that matches. */
  async function logged(pattern: string): Promise<string> {
    const script =
      'for i in $(seq 100); do grep -E "$0" /var/log/mail.log && exit 0; sleep 0.1; done; cat /var/log/mail.log; exit 1';
    return machine.mustRun('bash', '-c', script, pattern);
  }

  /** Ends a relay, and drops what could not be sent to it. */
  async function forget(log: string): Promise<void> {
    await machine.stop(log);
    await machine.mustRun('postsuper', '-d', 'ALL');
    machine.write('var/log/mail.log', '');
  }

  test('keeps what the host had', async () => {
    expect(await machine.mustRun('postconf', '-n')).toMatch(/^smtp_host_lookup = native$/m);
    expect(await machine.mustRun('postconf', '-h', 'inet_interfaces')).toBe('loopback-only\n');
  });

  test('nothing is sent without TLS', async () => {
    await relay('plain', 'plain');
    await send('in the clear');
    expect(await logged('status=deferred')).toMatch(/TLS is required, but was not offered/);
    expect(machine.read('run/plain.log')).toBe('');
    await forget('plain');
  });

  test('a certificate for another name is refused where the relay has a name', async () => {
    await certify('somebody-else.example.com');
    await relay('false', 'starttls');
    await send('to an impostor');
    // An address has no certificate: the line is encrypted, and nobody knows who is at the other end.
    const expected = name === undefined ? /status=sent/ : /status=deferred .*Server certificate not verified/;
    expect(await logged('status=(sent|deferred)')).toMatch(expected);
    expect(machine.read('run/false.log') === '').toBe(name !== undefined);
    await forget('false');
    await certify(name ?? 'mail');
    // The trusted certificates were read when the client started.
    await machine.mustRun('postfix', 'reload');
  });

  test('mail arrives over TLS, with login and with the sender that the relay takes', async () => {
    await relay('sink', 'starttls');
    await send('hello');
    expect(await logged('status=sent')).toContain('to=<ops@example.com>');
    const mail = JSON.parse(machine.read('run/sink.log'));
    expect(mail).toMatchObject({ from: sender, to: ['ops@example.com'], login: sender, secure: true });
    expect(mail.text).toMatch(/^Subject: hello\r?$/m);
    expect(mail.text).toMatch(new RegExp(`^From: .*${sender}`, 'm'));
  });
});
