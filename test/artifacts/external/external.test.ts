import { expect, test } from 'vitest';
import { lowerExternal } from '../../../src/artifacts/external/lower.ts';
import type { ExternalNote } from '../../../src/artifacts/lowering.ts';
import { rendered } from '../../support/render.ts';
import { topologyOf } from '../../support/topology.ts';
import { pair } from '../wireguard/deployment.ts';

const note = (name: string, title: string): ExternalNote => ({
  name,
  title,
  text: ['First line.', 'Second line.'],
  blocks: [{ language: 'text', text: 'one\n\ntwo' }],
  causes: [['hosts', 'nas-b']],
});

test('one file per name, its notes by title, blank lines of blocks kept', () => {
  const notes = [note('nas-b', 'Zebra'), note('bucket', 'Other'), note('nas-b', 'Ape')];
  const files = rendered(lowerExternal(topologyOf(pair()), notes));
  expect([...files.keys()]).toEqual(['_external/bucket.md', '_external/nas-b.md']);
  const text = files.get('_external/nas-b.md') ?? '';
  expect(text.match(/^## .*$/gm)).toEqual(['## 1. Ape', '## 2. Zebra']);
  expect(text).toContain('```text\none\n\ntwo\n```\n');
});
