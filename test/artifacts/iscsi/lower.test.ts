import { describe, expect, test } from 'vitest';
import { lowerIscsi } from '../../../src/artifacts/iscsi/lower.ts';
import { topologyWith, UUID } from '../fstab/support.ts';

const OTHER = '9b147377-6ff3-4d01-817d-cafb0cfe1101';
const IQN = 'iqn.2000-01.com.synology:nas.one';

const store = (more = '', name = 's', lun = 'one', uuid = UUID) =>
  `${name}: { host: pbs, path: /mnt/datastore/${name}, iscsi: { from: nas/${lun}, via: home/storage, uuid: ${uuid} }${more} }`;
const lower = (stores: string, pbs = '') => lowerIscsi(topologyWith(`datastores: { ${stores} }`, pbs));
const six = store().replace('via: home/storage', 'via: home/six');
const chap = (name: string) => store().replace(' }', `, chap: ${name} }`);

describe('an iSCSI session', () => {
  const { steps, needs, changes, artifacts, diagnostics } = lower(store());
  const [name, session] = steps;

  test('no file, two steps before the mounts, the package, the record', () => {
    expect(artifacts).toEqual([]);
    expect(diagnostics).toEqual([]);
    expect(steps.map(({ target, phase, order }) => [target, phase, order])).toEqual([
      ['pbs', 'mounts', 10],
      ['pbs', 'mounts', 20],
    ]);
    expect(needs).toEqual([
      { target: 'pbs', kind: 'package', name: 'open-iscsi', causes: [['datastores', 's', 'iscsi']] },
    ]);
    expect(changes).toEqual([
      {
        target: 'pbs',
        verb: 'creates',
        kind: 'iscsi-record',
        name: `${IQN} 10.0.3.30:3260`,
        causes: [['datastores', 's', 'iscsi']],
      },
    ]);
  });

  test('the initiator name is set where it differs', () => {
    expect(name?.commands).toEqual([
      `if ! grep -qxF 'InitiatorName=iqn.1993-08.org.debian:01:pbs' /etc/iscsi/initiatorname.iscsi; then
  named=$(mktemp) && echo 'InitiatorName=iqn.1993-08.org.debian:01:pbs' >"$named" &&
    offsite_put "$named" /etc/iscsi/initiatorname.iscsi root:root 0600 && systemctl restart iscsid.service
  rm -f "$named"
fi`,
    ]);
  });

  test('records without discovery, bound to the NIC, other portals deleted, login, device', () => {
    const node = `iscsiadm -m node -T ${IQN} -p 10.0.3.30:3260 -I ens19`;
    expect(session?.commands).toEqual([
      'iscsiadm -m iface -I ens19 >/dev/null 2>&1 || iscsiadm -m iface -I ens19 -o new',
      'iscsiadm -m iface -I ens19 -o update -n iface.net_ifacename -v ens19',
      `${node} >/dev/null 2>&1 || iscsiadm -m node -T ${IQN} -p 10.0.3.30:3260,1 -I ens19 -o new`,
      `${node} -o update -n node.startup -v automatic`,
      `${node} -o update -n node.session.timeo.replacement_timeout -v 300`,
      `${node} -o update -n node.session.auth.authmethod -v None`,
      `iscsiadm -m node | while read -r portal target; do
  case "$target \${portal%,*}" in
  '${IQN} 10.0.3.30:3260') iscsiadm -m node -T "$target" -p "\${portal%,*}" -I default -o delete 2>/dev/null || test $? -eq 21 || echo 'a record that should go still has a session: unmount the datastore, log out (-u), run this again' >&2 ;;
  '${IQN} '*) iscsiadm -m node -T "$target" -p "\${portal%,*}" -o delete || echo 'a record that should go still has a session: unmount the datastore, log out (-u), run this again' >&2 ;;
  esac
done`,
      'systemctl enable open-iscsi.service',
      `offsite_make 'iSCSI session ${IQN} at 10.0.3.30:3260' ${node} --login || test $? -eq 15`,
      `${node} --rescan`,
      `udevadm wait --timeout=60 /dev/disk/by-uuid/${UUID}`,
    ]);
    expect(session?.check).toEqual([
      'iscsiadm -m session -P 1',
      `test -b /dev/disk/by-uuid/${UUID}`,
      'systemctl is-enabled open-iscsi.service',
    ]);
    expect(session?.undo).toEqual([
      `if offsite_made 'iSCSI session ${IQN} at 10.0.3.30:3260'; then
  if mountpoint -q /mnt/datastore/s; then umount /mnt/datastore/s; fi
  if ! mountpoint -q /mnt/datastore/s; then
    ${node} --logout || test $? -eq 21
    ${node} -o delete || test $? -eq 21
  else
    echo 'still mounted: unmount it first' >&2
  fi
fi`,
    ]);
  });

  test('causes: the declaration, the LUN, the portal, the NIC', () => {
    expect(session?.causes).toEqual([
      ['datastores', 's', 'iscsi'],
      ['hosts', 'nas', 'luns', 'one'],
      ['hosts', 'nas', 'nics', 'eth1', 'address'],
      ['hosts', 'pbs', 'nics', 'ens19'],
    ]);
  });
});

describe('variants', () => {
  const commands = (stores: string) =>
    lower(stores)
      .steps.flatMap(step => step.commands)
      .join('\n');

  test('IPv6 portals stand in brackets and quotes', () => {
    expect(commands(six)).toContain(`-T ${IQN} -p '[fd00:30::30]:3260,1' -I ens20 -o new`);
    expect(commands(six)).toContain(`'${IQN} [fd00:30::30]:3260') `);
  });

  test('a pending UUID: logged in, no device to wait for', () => {
    const text = commands(store('', 's', 'one', 'pending'));
    expect(text).toContain('--login');
    expect(text).not.toContain('udevadm');
  });

  test('CHAP comes from files', () => {
    const { needs } = lower(chap('nas-chap'));
    expect(commands(chap('nas-chap'))).toContain(
      '-n node.session.auth.password -v "$(cat /root/offsite-secrets/nas-chap.password)"',
    );
    expect(needs.slice(1).map(need => need.kind === 'secret' && [need.name, need.placed])).toEqual([
      ['nas-chap.username', '/root/offsite-secrets/nas-chap.username'],
      ['nas-chap.password', '/root/offsite-secrets/nas-chap.password'],
    ]);
  });

  test('two LUNs of one target share the session; the longer timeout counts', () => {
    const slow = store('', 't', 'two', OTHER).replace(' }', ', replacement_timeout: 10m }');
    const { steps } = lower(`${store()}, ${slow}`);
    expect(steps).toHaveLength(2);
    expect(steps[1]?.commands.join('\n')).toContain('replacement_timeout -v 600');
    expect(steps[1]?.commands.slice(-2)).toEqual([
      `udevadm wait --timeout=60 /dev/disk/by-uuid/${UUID}`,
      `udevadm wait --timeout=60 /dev/disk/by-uuid/${OTHER}`,
    ]);
  });

  test('two portals of one target: neither deletes the other', () => {
    const both = `${store()}, ${store('', 't', 'two', OTHER).replace('home/storage', 'home/six')}`;
    const wanted = `'${IQN} 10.0.3.30:3260' | '${IQN} [fd00:30::30]:3260') `;
    expect(commands(both).split(wanted)).toHaveLength(3);
  });
});

describe('states', () => {
  test.each(['planned'])('%s: nothing', state => {
    const { steps, changes, external } = lower(store(`, state: ${state}`));
    expect([steps, changes, external]).toEqual([[], [], []]);
  });

  test('retired: logout and deletion at the end', () => {
    const { steps, changes, external } = lower(store(', state: retired'));
    expect(steps.map(({ phase, order, title }) => [phase, order, title])).toEqual([
      ['finish', 20, `End iSCSI session ${IQN} at 10.0.3.30:3260`],
    ]);
    expect(changes.map(({ verb, name }) => [verb, name])).toEqual([['removes', `${IQN} 10.0.3.30:3260`]]);
    expect(external.map(({ title }) => title)).toEqual([
      `To remove: permission of pbs for iSCSI target ${IQN}`,
    ]);
  });

  test('retired beside an active one on the same target: the session stays', () => {
    const { steps, changes } = lower(`${store(', state: retired')}, ${store('', 't', 'two', OTHER)}`);
    expect(steps.map(({ phase }) => phase)).toEqual(['mounts', 'mounts']);
    expect(changes.map(({ verb }) => verb)).toEqual(['creates']);
  });
});

describe('diagnostics', () => {
  test.each([
    ['no NIC on the network', store().replace('home/storage', 'home/none'), 'no-address-on-via'],
    ['local', store().replace('home/storage', 'local'), 'no-address-on-via'],
    [
      'CHAP of two kinds',
      `${chap('a')}, ${store('', 't', 'two', OTHER).replace(' }', ', chap: b }')}`,
      'iscsi-session-conflict',
    ],
  ])('%s', (_, stores, code) => {
    expect(lower(stores).diagnostics.map(diagnostic => diagnostic.code)).toEqual([code]);
  });
});

describe('notes', () => {
  test('for the NAS', () => {
    const [note] = lower(store()).external;
    expect(note?.name).toBe('nas');
    expect(note?.blocks).toEqual([
      {
        language: 'text',
        text: `target: ${IQN}\nportal: 10.0.3.30:3260, portal group 1\ninitiator: iqn.1993-08.org.debian:01:pbs\nLUN 0: datastore s of pbs, 2 TB`,
      },
    ]);
    expect(note?.text.join('\n')).toContain('after each DSM update');
  });

  test('for a PBS that is not managed: the commands', () => {
    const { steps, needs, external } = lower(store(), 'managed: false');
    expect([steps, needs]).toEqual([[], []]);
    expect(external[0]?.name).toBe('pbs');
    expect(external[0]?.blocks[0]?.text).toContain(
      `iscsiadm -m node -T ${IQN} -p 10.0.3.30:3260 -I ens19 --login`,
    );
    // Whoever runs it has none of our functions.
    expect(external[0]?.blocks[0]?.text).not.toContain('offsite_');
  });
});
