/**
 * iSCSI initiators. There is no file: defaults in iscsid.conf count for new records only, and where records lie depends
 * on the package, so everything is done by iscsiadm(8).
 */
import type { Host, Topology } from '../../model/topology.ts';
import { groupBy } from '../../multimap.ts';
import { emptyLowered, type Lowered, type Need } from '../lowering.ts';
import { secretFile } from '../secrets.ts';
import { chapNames } from './commands.ts';
import { goneTarget, initiatorNote, targetNote } from './notes.ts';
import { idOf, iscsiSessions, type Session } from './sessions.ts';
import { initiatorStep, retireStep, sessionStep } from './steps.ts';

export function lowerIscsi(topology: Topology): Lowered {
  const { sessions, diagnostics } = iscsiSessions(topology, 'active');
  const hosts = groupBy(sessions, session => session.host);
  const parts = [...hosts].map(([host, own]) => lowerHost(host, own));
  const kept = new Set(sessions.map(idOf));
  const gone = iscsiSessions(topology, 'retired').sessions.filter(session => !kept.has(idOf(session)));
  const ours = gone.filter(({ host }) => host.takesFiles);
  return {
    ...emptyLowered,
    steps: [...parts.flatMap(part => part.steps), ...ours.map(retireStep)],
    needs: parts.flatMap(part => part.needs),
    changes: [
      ...parts.flatMap(part => part.changes),
      ...ours.map(session => ({ ...record(session), verb: 'removes' as const })),
    ],
    external: [...parts.flatMap(part => part.external), ...sessions.map(targetNote), ...gone.map(goneTarget)],
    diagnostics,
  };
}

function lowerHost(host: Host, sessions: readonly Session[]): Lowered {
  if (!host.takesFiles) return { ...emptyLowered, external: initiatorNote(sessions) };
  const name = host.spec.initiator_name;
  return {
    ...emptyLowered,
    steps: [
      ...(name === undefined ? [] : [initiatorStep(host, name)]),
      ...sessions.map(session => sessionStep(session, sessions)),
    ],
    needs: [
      { target: host.key, kind: 'package', name: 'open-iscsi', causes: sessions.map(causeOf) },
      ...sessions.flatMap(chapNeeds),
    ],
    changes: sessions.map(session => ({ ...record(session), verb: 'creates' })),
  };
}

const record = (session: Session) => ({
  target: session.host.key,
  kind: 'iscsi-record',
  name: `${session.iqn} ${session.portal}`,
  causes: [causeOf(session)],
});

const causeOf = ({ causes: [first], host }: Session) => first ?? host.path;

function chapNeeds({ chap, host, iqn, stores }: Session): Need[] {
  if (chap === undefined) return [];
  const { username, password } = chapNames(chap);
  const causes = stores.map(({ datastore }) => [...datastore.path, 'iscsi', 'chap']);
  const need = (name: string, what: string): Need => ({
    target: host.key,
    kind: 'secret',
    name,
    placed: secretFile(name),
    what: `CHAP ${what} for ${iqn}`,
    causes,
  });
  return [need(username, 'user name'), need(password, 'password (12 to 16 characters)')];
}
