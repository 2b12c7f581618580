/** Each tool can say no: a rendered file with one defect is refused, at the line of the defect. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { RenderedFile } from '../../src/render/render-all.ts';
import { TOOLS } from '../../src/verify/all-tools.ts';
import { absentTools, allRendered, judged } from './support.ts';

let files: readonly RenderedFile[];
beforeAll(async () => {
  files = await allRendered();
});

type Defect = readonly [tool: string, path: RegExp, before: string | RegExp, after: string, message: RegExp];

const ROUTES = /interfaces\.d\/offsite$/;
const TUNNEL = /\/etc\/wireguard\/.*\.conf$/;
const SERVICE = /\/offsite-photos-to-b2\.service$/;
const DROP_IN = /proxmox-backup\.service\.d\/offsite\.conf$/;
const RCLONE = /\/etc\/offsite\/rclone\.conf$/;
const STEPS = /root\/pbs-home\/APPLY\.md$/;

const DEFECTS: readonly Defect[] = [
  ['ifup -s', ROUTES, '\tup ip', '\tupp ip', /unsupported keyword \(upp\)/],
  ['ifup -s', ROUTES, 'inet static', 'inet statik', /unsupported address method/],
  ['ifup -s', ROUTES, /^iface /m, 'ifaces ', /error processing line/],
  ['ifup -s', ROUTES, /^iface \S+/m, 'iface a-name-of-16-chr', /name too long/],
  ['wg-quick strip, wg setconf', TUNNEL, 'ListenPort =', 'ListnPort =', /Line unrecognized/],
  ['wg-quick strip, wg setconf', TUNNEL, /^PublicKey = ./m, 'PublicKey = ', /Key is not the correct length/],
  ['wg-quick strip, wg setconf', TUNNEL, /\/32/, '/33', /AllowedIP|IP address/],
  ['wg-quick strip, wg setconf', TUNNEL, /\.2\/32/, '.2/24', /nonzero host part/],
  ['sysctl --dry-run', /90-offsite/, 'ip_forward', 'ip_foward', /cannot stat/],
  ['sysctl --dry-run', /90-offsite/, ' = 1', '', /invalid syntax/],
  ['findmnt --verify', /fstab$/, / ext4 \S+ 0 \d/, '', /parse error/],
  ['systemd-fstab-generator', /root\/pbs-home.*fstab$/, '/mnt/datastore/backups', 'mnt', /not a valid path/],
  [
    'systemd-fstab-generator',
    /fstab$/,
    /device-timeout=\d+s/,
    'device-timeout=30q',
    /Failed to parse timeout/,
  ],
  ['systemd-analyze verify', SERVICE, 'Nice=10', 'Nice=100', /Nice/],
  ['systemd-analyze verify', SERVICE, 'Type=oneshot', 'Tipe=oneshot', /Unknown key/],
  ['systemd-analyze verify', SERVICE, '[Service]', '[Servise]', /Unknown section/],
  ['systemd-analyze verify', SERVICE, 'TimeoutStartSec=24h', 'TimeoutStartSec=24hh', /TimeoutStartSec/],
  ['systemd-analyze verify', /photos-to-b2\.timer$/, 'Persistent=true', 'Persistent=perhaps', /boolean/],
  ['systemd-analyze verify', /offsite-alert@\.service$/, 'Type=oneshot', 'Type=oneshoot', /service type/],
  ['systemd-analyze verify', DROP_IN, 'After=', 'Afterr=', /Unknown key/],
  [
    'systemd-analyze verify',
    /wg-quick@.*offsite\.conf$/,
    'ExecReload=/',
    'ExecReload=',
    /absolute|not executable|found/,
  ],
  ['systemd-analyze calendar', /photos-to-b2\.timer$/, 'Sun *', 'Son *', /Failed to parse calendar/],
  ['ssh -G', /offsite-raw-to-mover\.service$/, 'BatchMode', 'BathMode', /Bad configuration option/],
  ['ssh -G', /offsite-nas-to-nas\.sh$/, 'ConnectTimeout=30', 'ConnectTimeout=soon', /invalid time/],
  [
    'ssh-keygen -l',
    /known_hosts$/,
    /AAAAC3NzaC1lZDI1NTE5AAAAI\w/,
    'AAAAC3NzaC1lZDI1NTE5AAAAI',
    /no public key/,
  ],
  ['rclone config', RCLONE, 'endpoint =', 'endpiont =', /has no option endpiont/],
  ['rclone config', RCLONE, 'type = s3', 'type = s4', /no back end/],
  ['postconf -n', /main\.cf$/, /^smtp_tls_security_level/m, 'smtp_tls_securty_level', /unused parameter/],
  ['postconf -n', /main\.cf$/, /^relayhost =/m, 'relayhost', /missing '='/],
  ['postmap -q', /\/generic$/, /^root .*$/m, 'root', /expected format/],
  ['shellcheck', /offsite-nas-to-nas\.sh$/, '"$1" >>', '$1 >>', /SC2086/],
  ['shellcheck', /offsite-nas-to-nas\.sh$/, '[ -d "$DIRECTORY" ]', '[[ -d "$DIRECTORY" ]]', /SC3010/],
  ['shellcheck', /apply-functions\.sh$/, /"\$1"/, '$1', /SC2086/],
  ['shellcheck', /apply-functions\.sh$/, '-- " replace $words"', '-- $words', /SC2086/],
  ['shellcheck', STEPS, '"$(postconf -h relayhost)"', '$(postconf -h relayhost)', /SC2046/],
  ['dash -n', /offsite-nas-to-nas\.sh$/, /^\}$/m, '', /Syntax error|unexpected/],
  ['bash -n', /apply-functions\.sh$/, /^\}$/m, '', /syntax error|unexpected/],
  ['bash -n', STEPS, '; then\n', ';\n', /syntax error/],
];

test('every tool has a defect here', () => {
  expect(TOOLS.map(({ name }) => name).filter(name => !DEFECTS.some(([tool]) => tool === name))).toEqual([]);
});

describe.each(DEFECTS)('%s: %s', (toolName, path, before, after, message) => {
  test(`${before} → ${after}`, async () => {
    const fits = (text: string): boolean =>
      typeof before === 'string' ? text.includes(before) : before.test(text);
    const good = files.find(file => path.test(file.path) && fits(file.text));
    if (good === undefined) throw new Error('no such file');
    const bad = { ...good, text: good.text.replace(before, after) };
    expect(bad.text).not.toBe(good.text);
    const line = 1 + bad.text.split('\n').findIndex((text, index) => text !== good.text.split('\n')[index]);
    const tools = TOOLS.filter(({ name }) => name === toolName);
    // Together with its neighbours: units name one another.
    const host = (tools[0]?.scope === 'text' ? [] : files).filter(
      file => file.artifact.target === good.artifact.target && file !== good,
    );
    const judgements = await judged([bad, ...host], { tools });
    if (absentTools(judgements).length > 0) return;
    const findings = judgements.flatMap(one => one.findings);
    const matching = findings.filter(one => one.kind === 'refused' && message.test(one.message));
    expect(
      matching.map(one => one.file.path),
      JSON.stringify(findings.map(one => one.message)),
    ).toContain(good.path);
    const [first] = matching;
    if (first?.kind === 'refused' && first.line !== undefined && !/^(?:dash|bash)/.test(toolName)) {
      expect(first.line).toBe(line);
    }
  });
});
