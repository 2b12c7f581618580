import { describe, expect, it } from 'vitest';
import { lowerPbsNode } from '../../../src/artifacts/pbs-node/lower.ts';
import { codesOf, renderedTexts } from '../../support/rendered.ts';
import { topologyOf } from '../../support/topology.ts';

const lower = (host: string) =>
  lowerPbsNode(
    topologyOf(`
offsite: 1
sites: { home: { timezone: UTC } }
hosts: { pbs: { site: home, roles: { pbs: "4.1.8" }, ${host} } }
`),
  );

describe('node.cfg', () => {
  it('has the declared keys in byte order, and leaves the rest to the host', () => {
    const lowered = lower(
      'node: { task_log_max_days: 90, language: pt_BR, http_proxy: "http://proxy:3128", email_from: pbs@example.com }',
    );
    expect(lowered.diagnostics).toEqual([]);
    expect(renderedTexts(lowered)).toEqual({
      'pbs/merge/etc/proxmox-backup/node.cfg':
        'default-lang: pt_BR\nemail-from: pbs@example.com\nhttp-proxy: http://proxy:3128\ntask-log-max-days: 90\n',
    });
    const [artifact] = lowered.artifacts;
    expect([artifact?.ownership, artifact?.mode, artifact?.owner, artifact?.group]).toEqual([
      'keys',
      '0640',
      'root',
      'backup',
    ]);
    expect(artifact?.facts[0]?.causes).toEqual([['hosts', 'pbs', 'node', 'language']]);
  });

  it('is not there without settings', () => {
    expect(lower('comment: x').artifacts).toEqual([]);
  });

  it('refuses what PBS cannot read', () => {
    expect(codesOf(lower('node: { email_from: a }'))).toEqual(['bad-value hosts.pbs.node.email_from']);
  });

  it('tells those who run a PBS themselves', () => {
    const { artifacts, external } = lower('managed: false, node: { language: de }');
    expect(artifacts).toEqual([]);
    expect(external[0]?.blocks[0]?.text).toBe('default-lang: de');
  });
});
