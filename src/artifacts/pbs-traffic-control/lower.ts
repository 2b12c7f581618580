/** `traffic-control.cfg`: limits for clients of a PBS. Its own sync jobs are not slowed down by them. */
import type { TopologyPath } from '../../diagnostics/diagnostic.ts';
import type { Host, Topology, TrafficLimit } from '../../model/topology.ts';
import { push } from '../../multimap.ts';
import { parseCidr } from '../../net/address.ts';
import type { ApplyStep, Change, Lowered } from '../lowering.ts';
import { isRendered } from '../pbs-hosts.ts';
import { rateProperties } from '../pbs-values.ts';
import { sectionFiles } from '../section-files.ts';
import { type Property, property, type Section, section } from '../sections.ts';
import { word } from '../shell-words.ts';

/** Linear in limits and the hosts that they name. */
export function lowerPbsTrafficControl(topology: Topology): Lowered {
  const sections = new Map<Host, Section[]>();
  const steps: ApplyStep[] = [];
  const changes: Change[] = [];
  for (const limit of topology.trafficLimits.values()) {
    if (limit.state === 'planned') continue;
    for (const host of new Set(limit.hosts)) {
      if (limit.state === 'active') {
        push(sections, host, ruleSection(limit));
      } else if (host.state === 'active' && isRendered(host)) {
        steps.push(removeStep(host, limit));
        changes.push(removal(host, limit));
      }
    }
  }
  for (const [host, rules] of sections) {
    if (host.state === 'active' && isRendered(host)) steps.push(checkStep(host, rules));
  }
  const kind = 'pbs-traffic-control';
  const files = sectionFiles(topology, { kind, file: 'traffic-control.cfg', phase: 'jobs', sections });
  return { ...files, steps, changes };
}

function ruleSection({ key, path, spec }: TrafficLimit): Section {
  return section(
    'rule',
    key,
    [path],
    [
      networkLines(spec.networks, [...path, 'networks']),
      rateProperties(spec.rates, [...path, 'rates']),
      items('timeframe', spec.timeframes?.map(timeframeText), [...path, 'timeframes']),
      items('users', spec.users, [...path, 'users']),
      property('comment', spec.comment, [...path, 'comment']),
    ],
  );
}

/** One blank between weekdays and span, none in the span: PBS takes tabs there, and could not save them again. */
const timeframeText = (text: string): string => text.replaceAll(/[ \t]+/g, ' ').replaceAll(/ ?- ?/g, '-');

/** One line per item, none twice. */
const items = (key: string, given: readonly string[] = [], path: TopologyPath): readonly Property[] => {
  const first = new Map<string, number>();
  for (const [index, item] of given.entries()) if (!first.has(item)) first.set(item, index);
  return [...first].map(([value, index]) => ({ key, value, causes: [[...path, index]] }));
};

/** Canonical, so that two spellings of one network are one line. What does not parse goes on: the table refuses it. */
const networkLines = (given: readonly string[], path: TopologyPath): readonly Property[] =>
  items(
    'network',
    given.map(text => parseCidr(text)?.network ?? text),
    path,
  );

/** The rules are read anew within a minute; no job of PBS itself is slowed down. */
const checkStep = (host: Host, rules: readonly Section[]): ApplyStep => ({
  target: host.key,
  phase: 'jobs',
  order: 60,
  title: 'Look at the traffic limits',
  text: [
    'They hold for clients from the next minute on. Sync jobs of this PBS are not slowed down by them: those have rates of their own.',
  ],
  commands: ['proxmox-backup-manager traffic-control list', 'proxmox-backup-manager traffic-control traffic'],
  causes: rules.flatMap(({ causes }) => causes),
});

const removeStep = (host: Host, { key, path }: TrafficLimit): ApplyStep => ({
  target: host.key,
  phase: 'jobs',
  order: 30,
  title: `Remove retired traffic limit ${key}`,
  text: [],
  commands: [
    [
      `if proxmox-backup-manager traffic-control show ${word(key)} >/dev/null 2>&1; then`,
      `  proxmox-backup-manager traffic-control remove ${word(key)}`,
      'fi',
    ].join('\n'),
  ],
  check: [`! proxmox-backup-manager traffic-control show ${word(key)} >/dev/null 2>&1`],
  undo: ['# make the limit active in the topology again, and apply'],
  causes: [path],
});

const removal = (host: Host, { key, path }: TrafficLimit): Change => ({
  target: host.key,
  verb: 'removes',
  kind: 'traffic-limit',
  name: key,
  causes: [path],
});
