/** The real tools judge every file of every complete topology. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { RenderedFile } from '../../src/render/render-all.ts';
import { TOOLS } from '../../src/verify/all-tools.ts';
import type { Judgement } from '../../src/verify/judge.ts';
import { completeTopologies } from '../topologies/load.ts';
import { absentTools, allRendered, judged, said } from './support.ts';

/** Kinds for which no tool exists outside of a Proxmox host or a provider: docs/verification.md says why. */
const READERS_ONLY = /^(?:external|pbs-.*|pve-.*|vzdump-conf)$/;
/** Kinds of which a file may hold nothing that a tool looks at; keys of an S3 account are one file of `rclone-conf`. */
const SOMETIMES_EMPTY = new Set(['static-routes', 'apply']);
const hasNoJudge = ({ path, artifact }: RenderedFile): boolean =>
  READERS_ONLY.test(artifact.kind) || SOMETIMES_EMPTY.has(artifact.kind) || path.endsWith('.aws');

let files: readonly RenderedFile[];
let judgements: readonly Judgement[];
beforeAll(async () => {
  files = await allRendered();
  judgements = await judged(files);
}, 120_000);

test('every tool has something to judge', () => {
  expect(judgements.map(({ tool }) => tool.name)).toEqual(TOOLS.map(({ name }) => name));
  absentTools(judgements);
});

describe.each(completeTopologies)('$name', ({ name }) => {
  test('is taken by all of them', () => {
    expect(said(judgements).filter(line => line.includes(` ${name}/`))).toEqual([]);
  });
});

test('every kind is judged by a tool, or is known to have none', () => {
  const seen = new Set(judgements.flatMap(({ files: some }) => some.map(({ path }) => path)));
  const rest = files.filter(file => !seen.has(file.path) && !hasNoJudge(file));
  expect(rest.map(({ path }) => path)).toEqual([]);
});

test('no placeholder reaches a tool', () => {
  const copies = judgements.flatMap(one => one.files.filter(({ artifact }) => artifact.folder === 'fill'));
  expect(copies.length).toBeGreaterThan(0);
  expect(copies.filter(({ text }) => text.includes('@@offsite:')).map(({ path }) => path)).toEqual([]);
});
