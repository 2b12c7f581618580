/** WireGuard: one file per managed end, keys made on the host, and the expected peer for ends that others run. */
import { goneOnes } from '../../analyses/in-use.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { atValue } from '../../diagnostics/diagnostic.ts';
import type { Topology, TunnelEnd } from '../../model/topology.ts';
import { goneNote } from '../gone-note.ts';
import { keyText } from '../key-text.ts';
import {
  type ApplyStep,
  type Change,
  type ExternalNote,
  emptyLowered,
  type Lowered,
  type Need,
  type Withheld,
} from '../lowering.ts';
import { peersOf } from './peers.ts';
import { KEY_DIRECTORY, wireguardFile } from './view.ts';

export function lowerWireguard(topology: Topology): Lowered {
  const sum = {
    artifacts: [] as Lowered['artifacts'][number][],
    steps: [] as ApplyStep[],
    needs: [] as Need[],
    changes: [] as Change[],
    external: [] as ExternalNote[],
    withheld: [] as Withheld[],
    diagnostics: [] as Diagnostic[],
  };
  const all = [...topology.tunnels.values()].flatMap(({ state, ends }) => ends.map(end => ({ state, end })));
  const gone = new Set(goneOnes(all, ({ end }) => `${end.host.key} ${end.interface}`).map(({ end }) => end));
  for (const tunnel of topology.tunnels.values()) {
    for (const end of tunnel.ends) {
      if (end.host.state !== 'active' || tunnel.state === 'planned') continue;
      if (tunnel.state === 'retired') {
        if (!gone.has(end)) continue;
        if (end.host.takesFiles) {
          sum.changes.push(change(end, 'removes'));
          sum.steps.push(retire(end));
        } else sum.external.push(goneEnd(end));
        continue;
      }
      if (end.publicKey === undefined) sum.diagnostics.push(pendingKey(end));
      if (end.host.takesFiles) lowerEnd(sum, end);
      else sum.external.push(note(end));
    }
  }
  return { ...emptyLowered, ...sum };
}

const fileOf = (end: TunnelEnd): string => `/etc/wireguard/${end.interface}.conf`;

const change = (end: TunnelEnd, verb: Change['verb']): Change => ({
  target: end.host.key,
  verb,
  kind: 'tunnel',
  name: end.interface,
  causes: [end.path],
});

function lowerEnd(
  sum: {
    artifacts: Lowered['artifacts'][number][];
    steps: ApplyStep[];
    needs: Need[];
    changes: Change[];
    withheld: Withheld[];
  },
  end: TunnelEnd,
): void {
  const target = end.host.key;
  const causes = [end.path];
  sum.needs.push(
    { target, kind: 'package', name: 'wireguard-tools', causes },
    { target, kind: 'directory', name: KEY_DIRECTORY, mode: '0700', owner: 'root', group: 'root', causes },
  );
  sum.changes.push({
    target,
    verb: 'creates',
    kind: 'key',
    name: `${KEY_DIRECTORY}/${end.interface}.key`,
    causes,
  });
  sum.steps.push(keyStep(end));
  if (end.tunnel.spec.preshared_key !== undefined) {
    sum.needs.push(presharedNeed(end, end.tunnel.spec.preshared_key));
    sum.steps.push(presharedStep(end, end.tunnel.spec.preshared_key));
  }
  const unknown = end.peers.filter(peer => peer.publicKey === undefined);
  if (unknown.length > 0) {
    sum.withheld.push({
      target,
      path: fileOf(end),
      how: `Make the key on ${unknown.map(peer => peer.host.key).join(' and ')} (its APPLY.md has the step), write what \`wg pubkey\` prints into the topology as \`public_key\`, and render again.`,
      causes: unknown.map(peer => [...peer.path, 'public_key']),
    });
    return;
  }
  sum.artifacts.push({
    kind: 'wireguard',
    target,
    folder: 'root',
    path: fileOf(end),
    ownership: 'whole',
    mode: '0600',
    owner: 'root',
    group: 'root',
    secrets: [],
    ...wireguardFile(end),
    phase: 'network',
  });
  sum.steps.push(startStep(end));
}

function keyStep(end: TunnelEnd): ApplyStep {
  const key = `${KEY_DIRECTORY}/${end.interface}.key`;
  return {
    target: end.host.key,
    phase: 'network',
    order: 20,
    title: `Key of tunnel ${end.tunnel.key}`,
    text: keyText(end.privateKey, 'this end', end.publicKey !== undefined),
    commands: [`test -s ${key} || (umask 077 && wg genkey >${key})`, `wg pubkey <${key}`],
    check: end.publicKey === undefined ? [] : [`test "$(wg pubkey <${key})" = '${end.publicKey}'`],
    causes: [end.path],
  };
}

const presharedNeed = (end: TunnelEnd, name: string): Need => ({
  target: end.host.key,
  kind: 'secret',
  name,
  placed: `${KEY_DIRECTORY}/${end.interface}.psk`,
  what: `preshared key of tunnel ${end.tunnel.key}, the same on all its ends (\`wg genpsk\`)`,
  causes: [[...end.tunnel.path, 'preshared_key']],
});

const presharedStep = (end: TunnelEnd, name: string): ApplyStep => ({
  target: end.host.key,
  phase: 'network',
  order: 25,
  title: `Preshared key of tunnel ${end.tunnel.key}`,
  text: ['The same on every end of the tunnel.'],
  commands: [`offsite_place ${name} ${KEY_DIRECTORY}/${end.interface}.psk`],
  check: [`test -s ${KEY_DIRECTORY}/${end.interface}.psk`],
  undo: [`offsite_put_back ${KEY_DIRECTORY}/${end.interface}.psk`],
  causes: [[...end.tunnel.path, 'preshared_key']],
});

function startStep(end: TunnelEnd): ApplyStep {
  const unit = `wg-quick@${end.interface}`;
  return {
    target: end.host.key,
    phase: 'network',
    order: 60,
    title: `Start tunnel ${end.tunnel.key}`,
    text: [
      'A restart applies everything and interrupts the tunnel for some seconds. A reload changes peers, their networks and the port only.',
      ...(end.endpoint === undefined ? [] : [`UDP port ${end.port} must be open from the internet.`]),
    ],
    commands: ['systemctl daemon-reload', `offsite_enable ${unit}`, `systemctl restart ${unit}`],
    check: [
      `wg show ${end.interface} latest-handshakes`,
      `ip -4 route show dev ${end.interface}`,
      `ip -6 route show dev ${end.interface}`,
    ],
    undo: [
      `offsite_disable ${unit}`,
      `# where it ran before: put its files back as above, then systemctl restart ${unit}`,
    ],
    causes: [end.path, end.tunnel.path],
  };
}

function retire(end: TunnelEnd): ApplyStep {
  return {
    target: end.host.key,
    phase: 'network',
    order: 10,
    title: `Remove tunnel ${end.tunnel.key}`,
    text: [
      'The tunnel is retired. Its private key is kept: delete it by hand when nothing needs it any more.',
    ],
    commands: [
      `systemctl disable --now wg-quick@${end.interface} || true`,
      `rm -f ${fileOf(end)} /etc/systemd/system/wg-quick@${end.interface}.service.d/offsite.conf`,
      'systemctl daemon-reload',
    ],
    check: [`! ip link show ${end.interface} >/dev/null 2>&1`],
    undo: ['# make the tunnel active in the topology again, and apply'],
    causes: [end.tunnel.path],
  };
}

function pendingKey(end: TunnelEnd): Diagnostic {
  return {
    code: 'pending-value',
    severity: 'warning',
    message: `the public key of \`${end.host.key}\` in tunnel \`${end.tunnel.key}\` is pending: the files of its peers are withheld`,
    place: atValue([...end.path, 'public_key']),
    help: `make the key on \`${end.host.key}\` and write what \`wg pubkey\` prints here`,
  };
}

const goneEnd = (end: TunnelEnd): ExternalNote =>
  goneNote(
    end.host.key,
    `end of WireGuard tunnel ${end.tunnel.key}`,
    ['With its peers, the routes into it, and the opening for it in the firewall.'],
    [end.path],
  );

function note(end: TunnelEnd): ExternalNote {
  const { view } = wireguardFile(end);
  const line = ({ key, value }: { key: string; value: string }) => `${key} = ${value}`;
  const peers = view.peers.map(peer => ['', '[Peer]', ...peer.settings.map(line)].join('\n'));
  const wanted = new Set(['Address', 'ListenPort', 'MTU']);
  const shared = end.tunnel.spec.preshared_key;
  return {
    name: end.host.key,
    title: `End of WireGuard tunnel ${end.tunnel.key}`,
    text: [
      'This end is not rendered: whoever runs it configures what follows. The private key never leaves that machine.',
      `Networks to route into the tunnel: ${peersOf(end)
        .flatMap(peer => peer.allowed.map(allowed => allowed.text))
        .join(', ')}.`,
      ...(shared === undefined
        ? []
        : [
            `The tunnel has a preshared key (\`${shared}\`), the same on all its ends: it goes to each peer as \`PresharedKey\`. Without it there is no handshake.`,
          ]),
    ],
    blocks: [
      {
        language: 'ini',
        text: [
          '[Interface]',
          ...view.interface.filter(setting => wanted.has(setting.key)).map(line),
          ...peers,
        ].join('\n'),
      },
    ],
    causes: [end.path],
  };
}
