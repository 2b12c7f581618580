import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matcherId } from '../../../src/artifacts/pbs-notifications/matcher.ts';
import { codesOf, renderedTexts } from '../../support/rendered.ts';
import { lowerNotifications, textsOf } from './estate.ts';

const DIRECTORY = 'etc/proxmox-backup';
const file = (notifications: string) =>
  textsOf('pbs', notifications)[`pbs/root/${DIRECTORY}/notifications.cfg`];
const builtIns = (disable: string) =>
  `matcher: default-matcher\n\tcomment Route everything but successful prune job notifications to mail-to-root\n${disable}\tinvert-match true\n\tmatch-field exact:type=prune\n\tmatch-severity info\n\tmode all\n\ttarget mail-to-root\n`;
const toRoot =
  "sendmail: mail-to-root\n\tcomment Send mails to root@pam's email address\n\tmailto-user root@pam\n";

describe('notifications.cfg', () => {
  it('writes the built-in sections out when nothing is declared', () => {
    expect(file('{}')).toBe(`${builtIns('')}\n${toRoot}`);
  });

  it.each([
    [
      'smtp',
      '{ kind: smtp, hosts: [pbs], server: mail.example.com, port: 587, from_address: p@example.com, mailto: [b@example.com, a@example.com], username: p, secret: mail, comment: Ops }',
      'smtp: it\n\tcomment Ops\n\tfrom-address p@example.com\n\tmailto b@example.com\n\tmailto a@example.com\n\tmode starttls\n\tport 587\n\tserver mail.example.com\n\tusername p\n',
      '\ttarget it\n',
    ],
    [
      'smtp without recipient or login',
      '{ kind: smtp, hosts: [pbs], server: mail.example.com, from_address: p@example.com }',
      'smtp: it\n\tfrom-address p@example.com\n\tmailto-user root@pam\n\tmode tls\n\tserver mail.example.com\n',
      '\ttarget it\n',
    ],
    [
      'postfix',
      '{ kind: postfix, hosts: [pbs], server: 10.0.0.9, from_address: p@example.com, mailto: [a@example.com], severities: [error, warning, error] }',
      'sendmail: it\n\tfrom-address p@example.com\n\tmailto a@example.com\n',
      '\tmatch-severity warning,error\n\ttarget it\n',
    ],
    [
      'gotify',
      '{ kind: gotify, hosts: [pbs], url: "https://push.example.com/x", secret: push, types: [verify, gc, verify] }',
      'gotify: it\n\tserver https://push.example.com/x\n',
      '\tmatch-field exact:type=gc,verify\n\ttarget it\n',
    ],
  ])('%s', (_, notification, target, matcher) => {
    const sections = [target, builtIns('\tdisable true\n'), toRoot, `matcher: to-it\n${matcher}`];
    const ordered = [sections[1], sections[0], sections[2], sections[3]];
    expect(file(`{ it: ${notification} }`)).toBe(ordered.join('\n'));
  });

  it('sends JSON by webhook, with the secret in a header', () => {
    const text =
      file('{ it: { kind: webhook, hosts: [pbs], url: "https://hook.example.com", secret: hook } }') ?? '';
    const decoded = (pattern: RegExp) => Buffer.from(pattern.exec(text)?.[1] ?? '', 'base64').toString();
    expect(decoded(/header name=Authorization,value=(.*)/)).toBe('Bearer {{ secrets.token }}');
    expect(decoded(/header name=Content-Type,value=(.*)/)).toBe('application/json');
    expect(decoded(/body (.*)/)).toContain('"message": {{ json message }}');
    expect(text).toContain('\tmethod post\n\tsecret name=token\n\turl https://hook.example.com\n');
  });

  it('sends no header without a secret', () => {
    const text = file('{ it: { kind: webhook, hosts: [pbs], url: "https://hook.example.com" } }');
    expect(text).not.toMatch(/Authorization|secret/);
  });

  it('tests each target after all files are there, removes retired ones before', () => {
    const { steps, changes } = lowerNotifications(
      'pbs',
      '{ new: { kind: postfix, hosts: [pbs, other], server: x }, old: { kind: postfix, state: retired, hosts: [pbs, other], server: x } }',
    );
    expect(changes.map(({ target, verb, name }) => `${target} ${verb} ${name}`)).toEqual(['pbs removes old']);
    expect(steps.map(({ target, order, commands }) => [target, order, commands.join('\n')])).toEqual([
      ['pbs', 70, 'proxmox-backup-manager notification target test new'],
      ['pbs', 30, expect.stringMatching(/matcher delete to-old\n[\s\S]*endpoint sendmail delete old/)],
    ]);
  });

  it('tells those who run a PBS themselves, without the built-in sections', () => {
    const { external } = lowerNotifications(
      'pbs',
      '{ it: { kind: gotify, hosts: [other], url: "https://x", secret: s } }',
    );
    expect(external.map(({ name, blocks }) => [name, blocks[0]?.text])).toEqual([
      ['other', 'gotify: it\n\tserver https://x\n\nmatcher: to-it\n\ttarget it\n'],
    ]);
  });

  it.each([
    ['mail-to-root', 'section-twice notifications.mail-to-root'],
    ['x', 'bad-id notifications.x'],
    ['a-name-of-more-than-thirty-two-letters', 'bad-id notifications.a-name-of-more-than-thirty-two-letters'],
  ])('refuses the name %s', (name, expected) => {
    const { diagnostics } = lowerNotifications('pbs', `{ ${name}: { kind: sendmail, hosts: [pbs] } }`);
    expect(codesOf({ diagnostics })).toContain(expected);
  });

  it('says of a name that PBS has itself that the notification needs another one', () => {
    const { diagnostics } = lowerNotifications(
      'pbs',
      '{ default-matcher: { kind: sendmail, hosts: [pbs] } }',
    );
    expect(diagnostics.map(({ help }) => help)).toContain(
      'PBS keeps only the last of them: give the notification another name',
    );
  });
});

describe('notifications-priv.cfg', () => {
  it.each([
    ['nothing', '{}', 'root', ''],
    [
      'a login',
      '{ kind: smtp, hosts: [pbs], server: x, username: p, secret: mail }',
      'fill',
      'smtp: it\n\tpassword @@offsite:mail:plain@@\n',
    ],
    ['no login', '{ kind: smtp, hosts: [pbs], server: x }', 'root', 'smtp: it\n'],
    [
      'gotify',
      '{ kind: gotify, hosts: [pbs], url: "https://x", secret: push }',
      'fill',
      'gotify: it\n\ttoken @@offsite:push:plain@@\n',
    ],
    [
      'webhook',
      '{ kind: webhook, hosts: [pbs], url: "https://x", secret: hook }',
      'fill',
      'webhook: it\n\tsecret name=token,value=@@offsite:hook:base64@@\n',
    ],
    ['webhook without secret', '{ kind: webhook, hosts: [pbs], url: "https://x" }', 'root', 'webhook: it\n'],
    ['mail', '{ kind: postfix, hosts: [pbs], server: x, username: p, secret: mail }', 'root', ''],
  ])('%s', (_, notification, folder, expected) => {
    const lowered = lowerNotifications('pbs-priv', notification === '{}' ? '{}' : `{ it: ${notification} }`);
    expect(renderedTexts(lowered)).toEqual({
      [`pbs/${folder}/${DIRECTORY}/notifications-priv.cfg`]: expected,
    });
    const [artifact] = lowered.artifacts;
    expect([artifact?.mode, artifact?.owner, artifact?.group]).toEqual(['0600', 'root', 'root']);
    expect(lowered.needs.length).toBe(folder === 'fill' ? 1 : 0);
  });
});

describe('names of matchers', () => {
  const key = fc.stringMatching(/^[a-z][a-z0-9-]{0,39}$/);
  it('fit, and differ for different notifications', () => {
    fc.assert(
      fc.property(key, key, (one, two) => {
        expect(matcherId(one).length).toBeLessThanOrEqual(32);
        expect(matcherId(one) === matcherId(two)).toBe(one === two);
      }),
    );
  });
});
