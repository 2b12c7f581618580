import { expect, test } from 'vitest';
import { lowerGatewaySysctl } from '../../../src/artifacts/gateway-sysctl/lower.ts';
import { rendered } from '../../support/render.ts';
import { topologyOf } from '../../support/topology.ts';
import { pair } from '../wireguard/deployment.ts';

test('ends that pass on traffic forward in the families that they carry', () => {
  const files = rendered(lowerGatewaySysctl(topologyOf(pair())).artifacts);
  expect([...files.keys()]).toEqual([
    'gw-a/etc/sysctl.d/90-offsite.conf',
    'gw-b/etc/sysctl.d/90-offsite.conf',
  ]);
  expect(files.get('gw-a/etc/sysctl.d/90-offsite.conf')).toBe(
    '# This host passes on the traffic of tunnels, rendered by offsite.\n' +
      'net.ipv4.ip_forward = 1\n' +
      'net.ipv6.conf.all.forwarding = 1\n',
  );
});

test('an end that is alone on its VLAN forwards nothing', () => {
  const alone = pair().replace(/ {2}nas-b:.*\n/, '');
  const { artifacts } = lowerGatewaySysctl(topologyOf(alone));
  expect(artifacts.map(artifact => artifact.target)).toEqual(['gw-a']);
});

test('a gateway that others run is told', () => {
  const { external } = lowerGatewaySysctl(topologyOf(pair({ gatewayB: 'managed: false,' })));
  expect(external.map(note => note.title)).toEqual(['Forwarding on gw-b']);
});
