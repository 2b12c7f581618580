import { describe, expect, it } from 'vitest';
import { codesOf, renderedTexts } from '../../support/rendered.ts';
import { lowerNotifications, textsOf } from '../pbs-notifications/estate.ts';

const CONFIG = 'pve/merge/etc/pve/notifications.cfg';
const defaultMatcher = (disable: string) =>
  `matcher: default-matcher\n\tcomment Route all notifications to mail-to-root\n${disable}\tmode all\n\ttarget mail-to-root\n`;

describe('/etc/pve/notifications.cfg', () => {
  it('is not there for a cluster without notifications', () => {
    expect(textsOf('pve', '{}')).toEqual({});
  });

  it('replaces the built-in matcher where all nodes are told of', () => {
    const lowered = lowerNotifications(
      'pve',
      '{ ops: { kind: postfix, hosts: [pve], server: x, mailto: [a@example.com] } }',
    );
    expect(renderedTexts(lowered)).toEqual({
      [CONFIG]: `${defaultMatcher('\tdisable true\n')}\nsendmail: ops\n\tmailto a@example.com\n\nmatcher: to-ops\n\ttarget ops\n`,
    });
    const [artifact] = lowered.artifacts;
    expect([artifact?.ownership, artifact?.mode, artifact?.group]).toEqual(['sections', '0640', 'www-data']);
  });

  it('takes messages of listed nodes only, and leaves the built-in matcher to the others', () => {
    expect(textsOf('pve', '{ ops: { kind: sendmail, hosts: [a], types: [vzdump] } }')[CONFIG]).toBe(
      `${defaultMatcher('')}\nsendmail: ops\n\tmailto-user root@pam\n\nmatcher: to-ops\n\tmatch-field exact:type=vzdump\n\tmatch-field regex:hostname=^(?:a)(?:\\..*)?$\n\ttarget ops\n`,
    );
  });

  it('switches the built-in matcher off where two notifications cover all nodes', () => {
    const text = textsOf(
      'pve',
      '{ one: { kind: sendmail, hosts: [a] }, two: { kind: sendmail, hosts: [b] } }',
    )[CONFIG];
    expect(text).toContain('\tdisable true\n');
  });

  it('switches it on again, and removes the sections, when all are retired', () => {
    const lowered = lowerNotifications(
      'pve',
      '{ old: { kind: gotify, state: retired, hosts: [pve], url: "https://x", secret: s } }',
    );
    expect(renderedTexts(lowered)[CONFIG]).toBe(defaultMatcher(''));
    expect(lowered.changes.map(({ verb, name }) => `${verb} ${name}`)).toEqual(['removes old']);
    expect(lowered.steps.map(({ order, commands }) => [order, commands.join('\n')])).toEqual([
      [
        30,
        expect.stringMatching(
          /delete \/cluster\/notifications\/matchers\/to-old;[\s\S]*endpoints\/gotify\/old;/,
        ),
      ],
    ]);
  });

  it.each([
    ['8.0', 'kind: sendmail', 1],
    ['8.1', 'kind: sendmail', 0],
    ['8.2.7', 'kind: webhook, url: "https://x"', 1],
    ['8.3', 'kind: webhook, url: "https://x"', 0],
  ])('PVE %s, %s', (pve, kind, count) => {
    const { diagnostics } = lowerNotifications('pve', `{ ops: { ${kind}, hosts: [pve] } }`, { pve });
    expect(diagnostics.map(({ code }) => code)).toEqual(Array(count).fill('property-too-new'));
  });

  it('refuses names that PVE does not take', () => {
    const { diagnostics } = lowerNotifications('pve', '{ ab: { kind: sendmail, hosts: [pve] } }');
    expect(codesOf({ diagnostics })).toEqual(['bad-id notifications.ab']);
  });
});

describe('/etc/pve/priv/notifications.cfg', () => {
  it('has the secrets as sections, to be filled in', () => {
    const lowered = lowerNotifications(
      'pve-priv',
      '{ ops: { kind: gotify, hosts: [pve], url: "https://x", secret: push } }',
    );
    expect(renderedTexts(lowered)).toEqual({
      'pve/fill/etc/pve/priv/notifications.cfg': 'gotify: ops\n\ttoken @@offsite:push:plain@@\n',
    });
    expect(lowered.artifacts[0]?.mode).toBe('0600');
    expect(lowered.needs.map(need => [need.target, need.kind, need.name])).toEqual([
      ['pve', 'secret', 'push'],
    ]);
  });

  it('is merged as it is without a secret, and not there without such a target', () => {
    expect(Object.keys(textsOf('pve-priv', '{ ops: { kind: smtp, hosts: [pve], server: x } }'))).toEqual([
      'pve/merge/etc/pve/priv/notifications.cfg',
    ]);
    expect(textsOf('pve-priv', '{ ops: { kind: sendmail, hosts: [pve] } }')).toEqual({});
  });
});
