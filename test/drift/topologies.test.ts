import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareFile } from '../../src/drift/file.ts';
import type { RenderedFile } from '../../src/render/render-all.ts';
import { compiledTopology, completeTopologies } from '../topologies/load.ts';
import { chanceOf, rewritten } from './rewrite.ts';
import { brief } from './support.ts';

/** As it lies on a host: with secrets. */
const filled = (text: string): string =>
  text.replace(/@@offsite:[^@]*:base64@@/g, 'c2VjcmV0').replace(/@@offsite:[^@]*@@/g, 'secret');

const driftIn = ({ artifact, text }: RenderedFile, live: string): string[] =>
  brief(compareFile({ path: '', artifact, text }, Buffer.from(live), new Set()).findings).filter(
    one => !one.startsWith('foreign'),
  );

describe.each(completeTopologies)('$name', complete => {
  test('a host that is as rendered has no drift, however its files are spelled', async () => {
    const { rendered } = await compiledTopology(complete);
    const files = (rendered?.files ?? []).filter(({ artifact }) => artifact.folder !== 'doc');
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      expect(driftIn(file, filled(file.text)), file.path).toEqual([]);
      const { kind, path } = file.artifact;
      fc.assert(
        fc.property(fc.integer(), seed => {
          const live = rewritten(kind, path, filled(file.text), chanceOf(seed));
          expect(driftIn(file, live), `${file.path}:\n${live}`).toEqual([]);
        }),
        { numRuns: 15 },
      );
    }
  });

  test('a line that is lost is drift', async () => {
    const { rendered } = await compiledTopology(complete);
    for (const file of rendered?.files ?? []) {
      if (file.artifact.folder === 'doc') continue;
      const lines = filled(file.text).split('\n');
      // The last property of the file; scripts and blocks end with what means nothing.
      const last = lines.findLastIndex(
        line => /^[\t ]*[\w-]+(?: ?= ?|: ?| )\S/.test(line) && !/^[\t ]*(?:disable|done|fi)\b/.test(line),
      );
      if (last < 0) continue;
      const live = lines.toSpliced(last, 1).join('\n');
      const said = driftIn(file, live);
      const silent =
        /^\s*(?:mode snapshot|repeat-missed 0|enabled 1|remove-vanished false|content |verify-new false|compress 0)/.test(
          lines[last]!,
        );
      if (!silent) expect(said, `${file.path} without ${lines[last]}`).not.toEqual([]);
    }
  });
});
