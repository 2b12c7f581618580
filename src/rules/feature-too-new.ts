import { atKey, atValue, type Place } from '../diagnostics/diagnostic.ts';
import type { Host, Topology } from '../model/topology.ts';
import { needsText, parseVersion, supports } from '../proxmox/version.ts';
import type { Rule } from './rule.ts';
import { isUnreadable } from './unsupported-version.ts';

export const featureTooNew: Rule = {
  id: 'feature-too-new',
  severity: 'error',
  summary: 'Something declared needs a newer PBS than the host has.',
  why: 'An older PBS does not know such a section, and refuses the whole file that holds it.',
  fix: 'Upgrade the PBS, or do without.',
  example: {
    bad: 'pbs: { roles: { pbs: "3.4.2" } }\ncloud: { host: pbs, s3: { … } }',
    good: 'pbs: { roles: { pbs: "4.1.8" } }',
  },
  *check({ topology }) {
    for (const { what, since, host, place } of featuresOf(topology)) {
      const version = parseVersion(host.roles.get('pbs') ?? '');
      if (version === undefined || supports(version, since) || isUnreadable(host)) continue;
      yield {
        message: `${what} ${needsText(since, version)}`,
        place,
        related: [{ message: `version of \`${host.key}\``, place: atValue([...host.path, 'roles', 'pbs']) }],
        help: `upgrade \`${host.key}\`, or correct its version if it really runs a newer one`,
      };
    }
  },
};

interface Feature {
  readonly what: string;
  /** As `parseSince` reads it; from the table of features by release in the changelogs of PBS. */
  readonly since: string;
  readonly host: Host;
  readonly place: Place;
}

function* featuresOf({ datastores, flows }: Topology): Iterable<Feature> {
  for (const { key, path, host, backing, state } of datastores.values()) {
    if (state === 'retired') continue;
    if (backing.kind === 's3') {
      yield {
        what: `datastore \`${key}\` in a bucket`,
        since: '4.0.4 (4.0)',
        host,
        place: atKey([...path, 's3']),
      };
    }
    if (backing.kind === 'removable') {
      const place = atKey([...path, 'removable']);
      yield { what: `datastore \`${key}\` on a removable device`, since: '3.2.11 (3.3)', host, place };
    }
  }
  for (const flow of flows.values()) {
    if (flow.kind !== 'sync' || flow.state === 'retired') continue;
    const place = atValue([...flow.path, 'direction']);
    const since = { push: '3.2.11 (3.3)', local: '3.1', pull: undefined }[flow.direction];
    if (since) yield { what: `the ${flow.direction} sync \`${flow.key}\``, since, host: flow.runsOn, place };
  }
}
