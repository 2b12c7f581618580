/** A small topology around declared notifications, and everything that is lowered from it. */
import { factsOf } from '../../../src/analyses/facts.ts';
import type { Lowered } from '../../../src/artifacts/lowering.ts';
import { lowerPbsNotifications } from '../../../src/artifacts/pbs-notifications/lower.ts';
import { lowerPbsNotificationsPriv } from '../../../src/artifacts/pbs-notifications-priv/lower.ts';
import { lowerPostfix } from '../../../src/artifacts/postfix/lower.ts';
import { lowerPveNotifications } from '../../../src/artifacts/pve-notifications/lower.ts';
import { lowerPveNotificationsPriv } from '../../../src/artifacts/pve-notifications-priv/lower.ts';
import { renderedTexts } from '../../support/rendered.ts';
import { topologyOf } from '../../support/topology.ts';

const estate = (notifications: string, pve: string): string => `
offsite: 1
sites: { home: { timezone: UTC, vlans: { lan: { subnet: 10.0.0.0/24 } } } }
hosts:
  pbs: { site: home, roles: { pbs: "4.1.8" }, fqdn: pbs.example.com, nics: { e0: { vlan: lan, address: 10.0.0.2 } } }
  other: { site: home, roles: { pbs: "4.1.8" }, managed: false }
  a: { site: home, roles: { pve: "${pve}" } }
  b: { site: home, roles: { pve: "${pve}" } }
  box: { site: home, roles: { linux: true } }
  nas: { site: home, roles: { nas: "7.2.2" }, os: dsm }
  mx: { site: home, roles: { linux: true }, managed: false, fqdn: mail.example.com }
clusters: { pve: { nodes: [a, b] } }
${notifications}
`;

const LOWERINGS = {
  pbs: lowerPbsNotifications,
  'pbs-priv': lowerPbsNotificationsPriv,
  pve: lowerPveNotifications,
  'pve-priv': lowerPveNotificationsPriv,
  postfix: lowerPostfix,
};

/** `notifications` is the value of the key, in YAML's flow form; `more` further top-level keys. */
export function lowerNotifications(
  kind: keyof typeof LOWERINGS,
  notifications: string,
  { pve = '9.1.4', more = '' } = {},
): Lowered {
  const facts = factsOf(topologyOf(estate(`notifications: ${notifications}\n${more}`, pve)));
  return LOWERINGS[kind](facts.topology, facts.notified);
}

export const textsOf = (kind: keyof typeof LOWERINGS, notifications: string): Record<string, string> =>
  renderedTexts(lowerNotifications(kind, notifications));
