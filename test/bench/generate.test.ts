import { describe, expect, test } from 'vitest';
import { type SyntheticOptions, syntheticTopology } from '../../bench/generate.ts';
import { compile } from '../../src/compile.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';

const textOf = (options: SyntheticOptions): string => [...syntheticTopology(options)].join('');

async function allOf(text: string): Promise<readonly Diagnostic[]> {
  const { diagnostics } = await compile({ bytes: Buffer.from(text), file: 'topology.yaml' });
  return diagnostics;
}

async function diagnosticsOf(text: string): Promise<readonly Diagnostic[]> {
  const diagnostics = await allOf(text);
  return diagnostics.filter(({ severity }) => severity === 'error');
}

/** Characters of all files. */
async function outputOf(hosts: number): Promise<number> {
  const { files = [] } = await compile({ bytes: Buffer.from(textOf({ hosts })), file: 'topology.yaml' });
  return files.reduce((sum, { text }) => sum + text.length, 0);
}

/** Lines that stand in only one of two texts of as many lines. */
function changedLines(a: string, b: string): readonly string[] {
  const other = b.split('\n');
  expect(other).toHaveLength(a.split('\n').length);
  return a.split('\n').filter((line, index) => line !== other[index]);
}

describe('the synthetic topology', () => {
  // Every size up to two sites: each leaves out other hosts that flows could need.
  test.each(Array.from({ length: 41 }, (_, index) => index + 1))('of %i hosts has no errors', async hosts => {
    expect(await diagnosticsOf(textOf({ hosts }))).toEqual([]);
  });

  test('of several hubs has no errors and no warnings', async () => {
    const diagnostics = await allOf(textOf({ hosts: 200 }));
    expect(diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
    // Two for each site, and one in all.
    expect(diagnostics.length).toBeLessThanOrEqual(21);
  });

  test.each([7, 13, 20, 33, 190])('of %i hosts with weak spots or many flows has no errors', async hosts => {
    expect(await diagnosticsOf(textOf({ hosts, weakSpots: true }))).toEqual([]);
    expect(await diagnosticsOf(textOf({ hosts, flowsPerHost: 4 }))).toEqual([]);
    expect(await diagnosticsOf(textOf({ hosts, flowsPerHost: 4, weakSpots: true }))).toEqual([]);
  });

  test('has weak spots when asked for', async () => {
    const diagnostics = await allOf(textOf({ hosts: 100, weakSpots: true }));
    const warnings = diagnostics.filter(({ severity }) => severity === 'warning');
    expect(warnings.length).toBeGreaterThan(80);
    expect(new Set(warnings.map(({ code }) => code)).size).toBeGreaterThan(8);
  });

  test('has as much output for each host when it is larger', async () => {
    const [small, large] = [await outputOf(200), await outputOf(1600)];
    // Routes, AllowedIPs and the hub of hubs grow with the sites.
    expect(large / 1600 / (small / 200)).toBeLessThan(1.05);
  });

  test.each([1, 2, 3, 4])('has about %i flows for each host', flowsPerHost => {
    const text = textOf({ hosts: 400, flowsPerHost });
    const flows = text.match(/^ {4}takes: /gm)?.length ?? 0;
    expect(flows / 400).toBeGreaterThan(flowsPerHost * 0.99);
    expect(flows / 400).toBeLessThan(flowsPerHost + 0.2);
  });

  test('has every kind of flow and backing', () => {
    const text = textOf({ hosts: 100 });
    const flows = ['backup', 'vzdump', 'host-backup', 'rsync', 'rclone', 'sync'];
    const directions = ['pull', 'push', 'local'];
    for (const kind of flows) expect(text).toContain(`    kind: ${kind}\n`);
    for (const direction of directions) expect(text).toContain(`    direction: ${direction}\n`);
    for (const backing of ['disk', 'iscsi', 'nfs', 's3']) expect(text).toContain(`    ${backing}:\n`);
  });

  test('is the same each time', () => {
    expect(textOf({ hosts: 60 })).toBe(textOf({ hosts: 60 }));
  });

  test('has 40 to 60 lines for each host', () => {
    const perHost = textOf({ hosts: 1000 }).split('\n').length / 1000;
    expect(perHost).toBeGreaterThan(40);
    expect(perHost).toBeLessThan(60);
  });

  test('changes in one line', () => {
    const [changed, ...more] = changedLines(
      textOf({ hosts: 60 }),
      textOf({ hosts: 60, oneLineChange: true }),
    );
    expect(changed).toMatch(/schedule: "sat 12:\d\d"/);
    expect(more).toEqual([]);
  });

  test('has one error for each host when asked for', async () => {
    const errors = await diagnosticsOf(textOf({ hosts: 40, errors: true }));
    const hosts = errors.flatMap(({ place }) =>
      place.kind === 'path' && place.path[0] === 'hosts' ? [place.path[1]] : [],
    );
    expect(hosts).toHaveLength(40);
    expect(new Set(hosts).size).toBe(40);
  });
});
