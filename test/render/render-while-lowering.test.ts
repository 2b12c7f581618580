import { hash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Artifact, ArtifactKind } from '../../src/artifacts/artifact.ts';
import { createRenderer } from '../../src/render/engine.ts';
import { renderAll } from '../../src/render/render-all.ts';
import { renderWhileLowering } from '../../src/render/render-while-lowering.ts';
import { verifiedTexts } from '../../src/render/verified-texts.ts';
import { builtIns, sources } from './sources.ts';

/** Reads lines, and counts how often. */
function lineKind(): ArtifactKind & { readonly reads: string[] } {
  const reads: string[] = [];
  return {
    name: 'k',
    reads,
    read: text => {
      reads.push(text);
      const facts = text.split('\n').map((value, index) => ({ at: 'line', value, line: index + 1 }));
      return { facts, errors: [] };
    },
  };
}

const artifact = (target: string, line: string, meant = line): Artifact => ({
  kind: 'k',
  target,
  folder: 'root',
  path: '/etc/x',
  ownership: 'whole',
  mode: '0640',
  owner: 'root',
  group: 'root',
  secrets: [],
  view: { line },
  facts: [{ at: 'line', value: meant, causes: [[target]] }],
});

const rendererOf = async () => createRenderer({ builtIn: await builtIns(sources({ 'k/k': '{{line}}' })) });
const error = { code: 'x', severity: 'error', message: 'x', place: { kind: 'none' } } as never;
const pass = (artifacts: readonly Artifact[], diagnostics: readonly never[] = []) => ({
  diagnostics,
  artifacts,
  withoutContent: (one: Artifact): Artifact => ({ ...one, view: 'gone', facts: [] }),
});

describe('renderWhileLowering', () => {
  test('keeps texts and places', async () => {
    const rendering = renderWhileLowering(await rendererOf(), new Map([['k', lineKind()]]));
    const [a, b] = [artifact('a', '1'), artifact('b', '2')];
    expect(rendering.take(pass([a]))).toMatchObject([{ target: 'a', view: 'gone' }]);
    rendering.take(pass([b]));
    expect(rendering.result()?.files).toMatchObject([
      { path: 'a/root/etc/x', text: '1', artifact: { view: 'gone' } },
      { path: 'b/root/etc/x', text: '2', artifact: { view: 'gone' } },
    ]);
  });

  test('a pass with an error renders nothing, nor does a later one, and all artifacts stay', async () => {
    const kind = lineKind();
    const rendering = renderWhileLowering(await rendererOf(), new Map([['k', kind]]));
    expect(rendering.take(pass([artifact('a', '1')], [error]))).toMatchObject([{ view: { line: '1' } }]);
    expect(rendering.take(pass([artifact('b', '2')]))).toMatchObject([{ view: { line: '2' } }]);
    expect(rendering.result()).toBeUndefined();
    expect(kind.reads).toEqual([]);
  });

  test('what looks like a bug is left to who renders when all was judged', async () => {
    const kinds = new Map([['k', lineKind()]]);
    const rendering = renderWhileLowering(await rendererOf(), kinds);
    const wrong = [artifact('a', '1'), artifact('b', '2', 'other')];
    expect(rendering.take(pass(wrong))).toEqual(wrong);
    expect(rendering.result()).toBeUndefined();
    const renderer = await rendererOf();
    expect(() => renderAll(renderer, kinds, wrong)).toThrow(/does not say what was meant/);
  });
});

describe('texts that are the same', () => {
  test('are read once, and compared with what each means', async () => {
    const kind = lineKind();
    const kinds = new Map([['k', kind]]);
    const renderer = await rendererOf();
    const { files } = renderAll(renderer, kinds, [
      artifact('a', '1'),
      artifact('b', '1'),
      artifact('c', '2'),
    ]);
    expect(files.map(({ text }) => text)).toEqual(['1', '1', '2']);
    expect(kind.reads).toEqual(['1', '2']);
    const wrong = [artifact('a', '1'), artifact('b', '1', 'other')];
    expect(() => renderAll(renderer, kinds, wrong)).toThrow(/b:.*"line" should be "other" and is "1"/);
  });

  test('are forgotten where all differ', () => {
    const texts = verifiedTexts();
    const add = (to: typeof texts, from: number): void => {
      for (let i = from; i < from + 100; i++) to.add(artifact('a', String(i)), verified(String(i)));
    };
    texts.add(artifact('a', '0'), verified('0'));
    expect(texts.find(artifact('b', '0'), '0')?.text).toBe('0');
    add(texts, 1);
    expect(texts.find(artifact('b', '0'), '0')?.text).toBe('0');
    expect(texts.find(artifact('b', '99'), '99')).toBeUndefined();
    const others = verifiedTexts();
    add(others, 0);
    expect(others.find(artifact('b', '0'), '0')).toBeUndefined();
  });
});

describe('texts that out/ holds', () => {
  test('are not kept, and are read back all the same', async () => {
    const kind = lineKind();
    const renderer = await rendererOf();
    const asked: string[] = [];
    const holds = (target: string, path: string, sha256: string): boolean => {
      expect(path.startsWith(`${target}/`)).toBe(true);
      asked.push(`${path}: ${sha256}`);
      return sha256 === hash('sha256', '1');
    };
    const all = [artifact('a', '1'), artifact('b', '2')];
    const { files } = renderAll(renderer, new Map([['k', kind]]), all, { holds });
    expect(kind.reads).toEqual(['1', '2']);
    expect(asked).toEqual(files.map(({ path, sha256 }) => `${path}: ${sha256}`));
    expect(files.map(({ isHeld }) => isHeld)).toEqual([true, false]);
    expect(files.map(({ sha256 }) => sha256)).toEqual([hash('sha256', '1'), hash('sha256', '2')]);
    expect(() => files[0]?.text).toThrow('was not kept');
    expect(files[1]?.text).toBe('2');
    const isWanted = (path: string): boolean => path === files[0]?.path;
    const wanted = renderAll(renderer, new Map([['k', kind]]), all, { holds, isWanted }).files;
    expect(wanted.map(({ isHeld, text }) => [isHeld, text])).toEqual([
      [true, '1'],
      [false, '2'],
    ]);
  });
});

const verified = (text: string) => ({ text, sha256: hash('sha256', text) });
