import { describe, expect, it } from 'vitest';
import { lowerPbsTrafficControl } from '../../../src/artifacts/pbs-traffic-control/lower.ts';
import { codesOf, renderedTexts } from '../../support/rendered.ts';
import { topologyOf } from '../../support/topology.ts';

const lower = (limits: string, version = '4.1.8') =>
  lowerPbsTrafficControl(
    topologyOf(`
offsite: 1
sites: { home: { timezone: UTC } }
hosts:
  one: { site: home, roles: { pbs: "${version}" } }
  two: { site: home, roles: { pbs: "4.1.8" } }
  far: { site: home, roles: { pbs: "4.1.8" }, managed: false }
traffic_limits: ${limits}
`),
  );
const path = 'etc/proxmox-backup/traffic-control.cfg';

describe('traffic-control.cfg', () => {
  it.each([
    ['no limit', '{}', ''],
    [
      'all of it',
      '{ day: { hosts: [one], networks: [0.0.0.0/0, "::/0"], rates: { in: 20 MB/s, out: 1 MiB/s, burst_in: 2 GiB, burst_out: 1500 B }, timeframes: ["mon..fri \\t8 - 18", "sat 9:00-12:00"], comment: clients } }',
      'rule: day\n\tburst-in 2 GiB\n\tburst-out 1500 B\n\tcomment clients\n\tnetwork 0.0.0.0/0\n\tnetwork ::/0\n\trate-in 20 MB\n\trate-out 1 MiB\n\ttimeframe mon..fri 8-18\n\ttimeframe sat 9:00-12:00\n',
    ],
    [
      'networks in one spelling, none twice',
      '{ day: { hosts: [one, one], networks: [10.1.2.3/8, 10.0.0.0/8, "FD00:0::1/32", 10.9.0.0/16], rates: { in: 1 GB/s } } }',
      'rule: day\n\tnetwork 10.0.0.0/8\n\tnetwork fd00::/32\n\tnetwork 10.9.0.0/16\n\trate-in 1 GB\n',
    ],
    [
      'users',
      '{ day: { hosts: [one], networks: [10.0.0.0/8], rates: { in: 1 GB/s }, users: [b@pbs, a@pam, b@pbs] } }',
      'rule: day\n\tnetwork 10.0.0.0/8\n\trate-in 1 GB\n\tusers b@pbs\n\tusers a@pam\n',
    ],
    [
      'planned',
      '{ day: { hosts: [one], state: planned, networks: [10.0.0.0/8], rates: { in: 1 GB/s } } }',
      '',
    ],
  ])('%s', (_, limits, expected) => {
    const lowered = lower(limits);
    expect(lowered.diagnostics).toEqual([]);
    expect(renderedTexts(lowered)).toEqual({ [`one/root/${path}`]: expected, [`two/root/${path}`]: '' });
  });

  it('sorts the rules by name', () => {
    const limit = '{ hosts: [one], networks: [10.0.0.0/8], rates: { in: 1 GB/s } }';
    const [artifact] = lower(`{ zeta: ${limit}, alpha: ${limit} }`).artifacts;
    expect(artifact?.sections).toEqual(['rule: alpha', 'rule: zeta']);
  });

  it.each([
    ['3.4.2', ['property-too-new traffic_limits.day.users.0']],
    ['4.0.20', ['property-too-new traffic_limits.day.users.0']],
    ['4.1', []],
    ['4.0.21', []],
  ])('users with PBS %s', (version, expected) => {
    const limits = '{ day: { hosts: [one], networks: [10.0.0.0/8], rates: { in: 1 GB/s }, users: [a@pbs] } }';
    expect(codesOf(lower(limits, version))).toEqual(expected);
  });

  it('refuses what PBS cannot read', () => {
    expect(
      codesOf(lower('{ ab: { hosts: [one], networks: [999.0.0.0/8], rates: { in: 1 GB/s } } }')),
    ).toEqual(['bad-id traffic_limits.ab', 'bad-value traffic_limits.ab.networks.0']);
  });

  it('removes a retired rule before the file is replaced', () => {
    const { steps, changes } = lower(
      '{ old: { hosts: [one, far], state: retired, networks: [10.0.0.0/8], rates: { in: 1 GB/s } } }',
    );
    expect(changes.map(({ target, verb, name }) => `${target} ${verb} ${name}`)).toEqual(['one removes old']);
    expect(steps.map(({ order, commands }) => [order, commands.join('\n')])).toEqual([
      [30, expect.stringContaining('proxmox-backup-manager traffic-control remove old')],
    ]);
  });

  it('tells those who run a PBS themselves', () => {
    const { external } = lower('{ day: { hosts: [far], networks: [10.0.0.0/8], rates: { in: 1 GB/s } } }');
    expect(external.map(({ name, blocks }) => [name, blocks[0]?.text])).toEqual([
      ['far', 'rule: day\n\tnetwork 10.0.0.0/8\n\trate-in 1 GB\n'],
    ]);
  });
});
