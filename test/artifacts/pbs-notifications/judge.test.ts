import { describe, expect, it } from 'vitest';
import { codesOf } from '../../support/rendered.ts';
import { lowerNotifications } from './estate.ts';

const found = (notification: string, more = '') =>
  codesOf(lowerNotifications('pbs', `{ it: { ${notification} } }`, { more })).map(text =>
    text.replace('notifications.it', 'it'),
  );
const SMTP = 'kind: smtp, hosts: [pbs], from_address: p@example.com';

describe('a notification', () => {
  it.each([
    [`${SMTP}, server: mail.example.com`, []],
    [`${SMTP}`, ['notification-incomplete it']],
    [`${SMTP}, relay: nas`, ['notification-incomplete it']],
    [`${SMTP}, relay: mx`, []],
    ['kind: smtp, hosts: [pbs], server: x', ['notification-incomplete it']],
    [`${SMTP}, server: x, username: p`, ['notification-incomplete it']],
    [`${SMTP}, server: x, secret: s`, ['notification-incomplete it']],
    ['kind: postfix, hosts: [pbs]', ['notification-incomplete it']],
    ['kind: gotify, hosts: [a]', ['notification-incomplete it', 'notification-incomplete it']],
    ['kind: webhook, hosts: [a]', ['notification-incomplete it']],
    ['kind: webhook, hosts: [a], state: retired', []],
    [
      'kind: sendmail, hosts: [pbs], port: 25, url: x',
      ['notification-key-unused it.port', 'notification-key-unused it.url'],
    ],
    ['kind: sendmail, hosts: [pbs], relay: mx, via: home/lan, comment: x, severities: [info]', []],
    [`${SMTP}, server: 10.0.0.9, mode: starttls`, ['smtp-certificate-for-address it.server']],
    [`${SMTP}, server: "2001:db8::9"`, ['smtp-certificate-for-address it.server']],
    [`${SMTP}, server: 10.0.0.9, port: 25`, []],
    ['kind: postfix, hosts: [pbs], server: 10.0.0.9', []],
    [`${SMTP}, server: x, port: 25, username: p, secret: s`, ['login-without-tls it.port']],
    [
      'kind: postfix, hosts: [box], server: x, mode: insecure, username: p, secret: s',
      ['login-without-tls it.mode'],
    ],
    ['kind: webhook, hosts: [a], url: "http://x.example.com/y", secret: s', ['login-without-tls it.url']],
    ['kind: gotify, hosts: [a], url: "http://10.0.0.9:8080", secret: s', ['login-without-tls it.url']],
    ['kind: gotify, hosts: [a], url: "https://x.example.com", secret: s', []],
    ['kind: gotify, hosts: [a], url: "http://localhost:8080", secret: s', []],
    ['kind: gotify, hosts: [a], url: "http://[::1]/", secret: s', []],
    ['kind: webhook, hosts: [a], url: "http://x.example.com/y"', []],
    ['kind: sendmail, hosts: [pbs], types: [gc, vzdump]', ['message-type-never-sent it.types.1']],
    ['kind: sendmail, hosts: [pve], types: [gc, vzdump]', ['message-type-never-sent it.types.0']],
    ['kind: sendmail, hosts: [pve, pbs], types: [gc, vzdump]', []],
    ['kind: sendmail, hosts: [a], types: [system-mail]', []],
  ])('%s', (notification, expected) => {
    const errors = found(notification).filter(text => !text.startsWith('bad-'));
    expect(errors).toEqual(expected);
  });
});

describe('failures of units', () => {
  const more = `
datastores: { main: { host: other, path: /srv/main } }
accounts: { files: { kind: pbs, on: other, id: "f@pbs!t", secret: files } }
flows: { etc: { kind: host-backup, from: pbs, to: main, account: files, paths: { etc: /etc }, via: home/lan, schedule: "01:00" } }
`;
  it.each([
    ['hosts: [pbs]', []],
    ['hosts: [pbs], severities: [error, unknown]', []],
    ['hosts: [pbs], severities: [error]', ['unit-failures-not-told it.severities']],
    ['hosts: [pbs], types: [gc]', ['unit-failures-not-told it.types']],
    ['hosts: [pbs], types: [gc, system-mail]', []],
    ['hosts: [pbs], severities: [error], state: planned', []],
    ['hosts: [pve], severities: [error]', []],
  ])('%s', (text, expected) => {
    expect(found(`kind: sendmail, ${text}`, more)).toEqual(expected);
  });
});
