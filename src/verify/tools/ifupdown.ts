/**
 * `ifup -s` of ifupdown2, for all fragments of `interfaces.d` at once: starting it takes most of a second. Unknown
 * keywords pass unless `addon_syntax_check` is set, which only its configuration file can do, and its lock lies at a
 * fixed place: both are replaced by mounts that only this process sees. Nothing is applied.
 * Measured with ifupdown2 3.0.0; the message format is that of its `networkinterfaces.py`.
 */
import { linesIn, refused, unclear } from '../findings.ts';
import type { Finding, JudgedFile, Tool } from '../tool.ts';
import type { World } from '../world.ts';

const RUN = `set -e
cp -r /etc/network/. "$1"
sed -i '/^addon_syntax_check=/d' "$1/ifupdown2/ifupdown2.conf"
echo 'addon_syntax_check=1' >>"$1/ifupdown2/ifupdown2.conf"
mount --bind "$1" /etc/network
if [ -d /run/network ]; then mount -t tmpfs none /run/network; else mount -t tmpfs none /run && mkdir /run/network; fi
exec ifup -a -s -i "$2"
`;

export const ifupdown: Tool = {
  name: 'ifup -s',
  package: 'ifupdown2',
  // Debian's other ifupdown has an `ifup` too.
  programs: ['ifup', 'ifreload'],
  root: true,
  scope: 'text',
  wants: ({ artifact, text }) =>
    /^\/etc\/network\/interfaces(\.d\/|$)/.test(artifact.path) && /^\s*[^#\s]/m.test(text),
  judge,
};

async function judge(files: readonly JudgedFile[], world: World): Promise<readonly Finding[]> {
  // An interface that comes up by itself: without one it says that there is nothing to do.
  const lines = ['auto lo', 'iface lo inet loopback'];
  const copies = new Map(
    files.map((file, index) => [world.write(`ifupdown/${index}`, file.text), file] as const),
  );
  for (const copy of copies.keys()) lines.push(`source ${copy}`);
  const main = world.write('ifupdown/interfaces', `${lines.join('\n')}\n`);
  const settings = world.write('ifupdown-settings/empty', '').replace(/\/empty$/, '');
  const run = await world.runAsRoot(['sh', '-c', RUN, 'sh', settings, main]);
  const [first] = files;
  if (first === undefined) return [];
  if (run.status === undefined) return [unclear(first, run)];
  const findings = linesIn(run.stderr).flatMap(line => finding(line, copies));
  return findings.length === 0 && (run.status !== 0 || run.stderr !== '') ? [unclear(first, run)] : findings;
}

function finding(line: string, copies: ReadonlyMap<string, JudgedFile>): Finding[] {
  const [, path = '', number, message = ''] =
    /^(?:error|warning): (\/\S+): line(\d+): (.*)$/.exec(line) ?? [];
  const file = copies.get(path);
  if (file !== undefined) return [refused(file, message, Number(number))];
  // What is said of an interface has no line: it is found in a file that names the interface.
  const [, name = '', about = ''] =
    /^(?:error|warning): (?!main exception)([\w.@-]{1,15}): (.*)$/.exec(line) ?? [];
  const owner = [...copies.values()].find(
    ({ text }) => name !== '' && new RegExp(`^iface ${name.replaceAll('.', '\\.')}\\b`, 'm').test(text),
  );
  return owner === undefined ? [] : [refused(owner, `${name}: ${about}`)];
}
