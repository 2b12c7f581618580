import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTemplates } from '../../../scripts/build-templates.ts';
import { codesOf, renderedTexts } from '../../support/rendered.ts';
import { missingTool } from '../../support/tools.ts';
import { lowerNotifications, textsOf } from '../pbs-notifications/estate.ts';

const relay = (text: string) => textsOf('postfix', `{ mail: { kind: postfix, ${text} } }`);
const mainCf = (text: string, host = 'pbs') =>
  Object.fromEntries(
    (relay(text)[`${host}/merge/etc/postfix/main.cf`] ?? '')
      .split('\n')
      .filter(line => line.includes('='))
      .map(line => line.split(/ =\s?/)),
  );
const LOGIN = 'username: p@example.com, secret: mail';

describe('main.cf', () => {
  it('relays all mail with login and without a check of the certificate of an address', () => {
    expect(relay(`hosts: [pbs], server: 10.0.0.9, port: 587, from_address: p@example.com, ${LOGIN}`)).toEqual(
      {
        'pbs/fill/etc/postfix/sasl_passwd':
          '# Rendered by offsite. Login at the relay.\n[10.0.0.9]:587 p@example.com:@@offsite:mail:plain@@\n',
        'pbs/root/etc/postfix/generic':
          '# Rendered by offsite. Sender of mail that leaves this host.\nroot p@example.com\n@pbs.example.com p@example.com\n@pbs p@example.com\n',
        'pbs/merge/etc/postfix/main.cf': [
          "# Rendered by offsite: these parameters only, the rest of main.cf is the host's.",
          'inet_interfaces = loopback-only',
          'relayhost = [10.0.0.9]:587',
          'smtp_generic_maps = texthash:/etc/postfix/generic',
          'smtp_sasl_auth_enable = yes',
          'smtp_sasl_password_maps = texthash:/etc/postfix/sasl_passwd',
          'smtp_sasl_security_options = noanonymous',
          'smtp_sasl_tls_security_options = noanonymous',
          'smtp_tls_security_level = encrypt',
          'smtp_tls_wrappermode = no',
          '',
        ].join('\n'),
      },
    );
  });

  it.each([
    ['server: mail.example.com, mode: starttls', '[mail.example.com]:587', 'secure', 'no'],
    ['server: mail.example.com, mode: tls', '[mail.example.com]:465', 'secure', 'yes'],
    ['server: mail.example.com, mode: insecure', '[mail.example.com]:25', 'may', 'no'],
    ['server: "2001:db8::9", port: 465', '[2001:db8::9]:465', 'encrypt', 'yes'],
    ['relay: mx, port: 587', '[mail.example.com]:587', 'secure', 'no'],
  ])('%s', (text, hop, level, wrapper) => {
    const found = mainCf(`hosts: [pbs], ${text}`);
    expect([found['relayhost'], found['smtp_tls_security_level'], found['smtp_tls_wrappermode']]).toEqual([
      hop,
      level,
      wrapper,
    ]);
    expect('smtp_tls_CAfile' in found).toBe(level === 'secure');
  });

  it('takes an old login and an old sender away', () => {
    const texts = relay('hosts: [pbs], server: x');
    expect(mainCf('hosts: [pbs], server: x')).toMatchObject({
      smtp_generic_maps: '',
      smtp_sasl_auth_enable: 'no',
      smtp_sasl_password_maps: '',
    });
    expect(texts['pbs/root/etc/postfix/sasl_passwd']).toBe('# Rendered by offsite. Login at the relay.\n');
  });

  it('sends mail to root to the recipients where no Proxmox takes it', () => {
    const text = 'hosts: [pbs, box, a], server: x, mailto: [a@example.com, b@example.com]';
    expect(relay(text)['box/root/etc/postfix/virtual']).toBe(
      '# Rendered by offsite. Who gets the mail to root.\nroot a@example.com, b@example.com\n',
    );
    expect(mainCf(text, 'box')['virtual_alias_maps']).toBe('texthash:/etc/postfix/virtual');
    expect(mainCf(text, 'a')).not.toHaveProperty('virtual_alias_maps');
    expect(Object.keys(relay(text)).filter(name => name.endsWith('/virtual'))).toHaveLength(1);
  });

  it('does not rewrite the domain of a recipient', () => {
    const texts = relay(
      'hosts: [pbs], server: x, from_address: p@example.org, mailto: [ops@PBS.example.com]',
    );
    expect(texts['pbs/root/etc/postfix/generic']).toBe(
      '# Rendered by offsite. Sender of mail that leaves this host.\nroot p@example.org\n@pbs p@example.org\n',
    );
  });
});

describe('around it', () => {
  it('needs packages and the password', () => {
    const { needs } = lowerNotifications(
      'postfix',
      `{ mail: { kind: postfix, hosts: [box], server: x, ${LOGIN} } }`,
    );
    expect(needs.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'package postfix',
      'package libsasl2-modules',
      'package ca-certificates',
      'secret mail',
    ]);
  });

  it('says what the relay must allow, at the host that is the relay', () => {
    const notes = (text: string) =>
      lowerNotifications('postfix', `{ mail: { kind: postfix, hosts: [pbs], ${text} } }`).external;
    expect(notes('server: MAIL.example.com').map(({ name }) => name)).toEqual(['mx']);
    expect(notes('server: 10.9.9.9, relay: nas').map(({ name }) => name)).toEqual(['nas']);
    expect(notes('server: "2001:db8::9"').map(({ name }) => name)).toEqual(['2001-db8--9']);
    const [note] = notes(`server: x, via: home/lan, from_address: p@example.com, ${LOGIN}`);
    expect(note?.text).toContain('* `pbs` from 10.0.0.2');
    expect(note?.text.join(' ')).toContain('log in as `p@example.com`');
  });

  it('tells a NAS and those who run a host themselves', () => {
    const lowered = lowerNotifications(
      'postfix',
      '{ mail: { kind: postfix, hosts: [nas, mx], server: x.example.com } }',
    );
    expect(lowered.artifacts).toEqual([]);
    expect(lowered.steps).toEqual([]);
    expect(lowered.external.map(({ name }) => name)).toEqual(['x.example.com', 'nas', 'mx']);
  });

  it('has one relay per host', () => {
    const two = (second: string) =>
      codesOf(
        lowerNotifications(
          'postfix',
          `{ one: { kind: postfix, hosts: [box], server: x, mailto: [a@example.com] }, two: { kind: postfix, hosts: [box], ${second} } }`,
        ),
      );
    expect(two('server: x, mailto: [b@example.com]')).toEqual([]);
    expect(two('server: y')).toEqual(['relay-conflict notifications.two']);
    expect(two('server: x, port: 26')).toEqual(['relay-conflict notifications.two']);
    expect(two('server: x, from_address: z@example.com')).toEqual(['relay-conflict notifications.two']);
    expect(two('server: y, state: retired')).toEqual([]);
  });

  it('takes a retired relay away', () => {
    const { artifacts, steps, changes } = lowerNotifications(
      'postfix',
      '{ old: { kind: postfix, state: retired, hosts: [box, nas], server: x } }',
    );
    expect(artifacts).toEqual([]);
    expect(changes.map(({ target, verb, kind, name }) => `${target} ${verb} ${kind} ${name}`)).toEqual([
      'box removes mail-relay x',
    ]);
    expect(steps[0]?.commands[0]).toMatch(/postconf -X relayhost [\s\S]*rm -f \/etc\/postfix\/sasl_passwd/);
  });
});

describe.skipIf(missingTool('postconf'))('on a host', () => {
  it('sets the parameters, keeps the rest, changes nothing the second time', () => {
    const root = fs.mkdtempSync(path.join(os.tmpdir(), 'offsite-postfix-'));
    try {
      const [main = ''] = Object.values(
        renderedTexts(lowerNotifications('postfix', '{ mail: { kind: postfix, hosts: [box], server: x } }')),
      ).slice(-1);
      const live = path.join(root, 'etc/postfix/main.cf');
      fs.mkdirSync(path.dirname(live), { recursive: true });
      fs.writeFileSync(live, '# ours\nmyhostname = box\nrelayhost =\n  [old]:25\n');
      fs.writeFileSync(path.join(root, 'new'), main);
      const functions = path.join(root, 'functions.sh');
      fs.writeFileSync(functions, readTemplates().get('apply-functions/apply-functions')?.text ?? '');
      const owner = `${os.userInfo().uid}:${os.userInfo().gid}`;
      const run = () =>
        execFileSync(
          'bash',
          [
            '-c',
            `. "$1" && offsite_merge_postfix "$2" /etc/postfix/main.cf ${owner} 0644`,
            'x',
            functions,
            path.join(root, 'new'),
          ],
          {
            env: { ...process.env, ROOT: root, OFFSITE_KEPT: path.join(root, 'kept') },
          },
        );
      run();
      const first = fs.readFileSync(live, 'utf8');
      expect(first).toContain('# ours\nmyhostname = box\nrelayhost = [x]:465\n');
      expect(first).not.toContain('[old]');
      run();
      expect(fs.readFileSync(live, 'utf8')).toBe(first);
    } finally {
      fs.rmSync(root, { recursive: true });
    }
  });
});
