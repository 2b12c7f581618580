import { describe, expect, test } from 'vitest';
import { createRenderer } from '../../src/render/engine.ts';
import { builtIns, readTemplates, sources } from './sources.ts';

const repository = readTemplates();

async function partial(name: string, view: unknown): Promise<unknown> {
  const renderer = await createRenderer({
    builtIn: await builtIns(new Map([...repository].filter(([file]) => file.startsWith('_partials/')))),
    templateTexts: sources({ 'k/k': `{{> ${name}}}\n` }),
  });
  return (renderer.render('k', view) as { text: string }).text;
}

test('every template of the repository compiles', async () => {
  expect(Object.keys(await builtIns(repository))).toEqual([...repository.keys()]);
});

describe('pbs-sections', () => {
  const section = (id: string, first: boolean, ...properties: { key: string; value: string }[]) => ({
    type: 'sync',
    id,
    first,
    properties,
  });
  test('canonical form', async () => {
    const sections = [
      section('a', true, { key: 'ns', value: '' }, { key: 'store', value: 'main' }),
      section('b', false),
      section('c', false, { key: 'store', value: '{{x}}' }),
    ];
    expect(await partial('pbs-sections', { sections })).toBe(
      'sync: a\n\tns \n\tstore main\n\nsync: b\n\nsync: c\n\tstore {{x}}\n',
    );
  });
  test('no section is an empty file', async () => {
    expect(await partial('pbs-sections', { sections: [] })).toBe('');
  });
});

test('pve-sections', async () => {
  const properties = [
    { key: 'disable', value: '', bare: true },
    { key: 'path', value: '/mnt/x', bare: false },
  ];
  const sections = [
    { type: 'dir', id: 'a', properties },
    { type: 'pbs', id: 'b', properties: [] },
  ];
  expect(await partial('pve-sections', { sections })).toBe('dir: a\n\tdisable\n\tpath /mnt/x\n\npbs: b\n\n');
  expect(await partial('pve-sections', { sections: [] })).toBe('');
});

test.each([
  ['ini-sections', ' = '],
  ['unit-sections', '='],
])('%s', async (name, equals) => {
  const sections = [
    { name: 'Interface', first: true, comments: [], properties: [{ key: 'MTU', value: '1420' }] },
    { name: 'Peer', first: false, comments: ['gw-home'], properties: [{ key: 'A', value: 'b # c' }] },
  ];
  expect(await partial(name, { sections })).toBe(
    `[Interface]\nMTU${equals}1420\n\n[Peer]\n# gw-home\nA${equals}b # c\n`,
  );
});

test('lines', async () => {
  expect(await partial('lines', { lines: ['a', '', 'b'] })).toBe('a\n\nb\n');
});
