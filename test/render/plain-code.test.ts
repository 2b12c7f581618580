import { expect, test } from 'vitest';
import { createRenderer } from '../../src/render/engine.ts';
import { compiledTopology, completeTopologies } from '../topologies/load.ts';
import { builtIns, readTemplates } from './sources.ts';

const repository = readTemplates();

test.each(completeTopologies)('the code of the build lays out $name as Handlebars does', async topology => {
  // Run from its sources, offsite has no built-in code: what was compiled is the work of Handlebars.
  const { rendered } = await compiledTopology(topology);
  const renderer = await createRenderer({ builtIn: await builtIns(repository) });
  for (const { path, text, artifact } of rendered?.files ?? []) {
    expect(renderer.isEdited(artifact.kind)).toBe(false);
    expect(renderer.render(artifact.kind, artifact.view), path).toEqual({ text });
  }
  expect(rendered?.files.length).toBeGreaterThan(0);
});

test('names are not reached through prototypes', async () => {
  const texts = new Map([
    ['k/k', { file: 'k', text: '{{a.length}}' }],
    ['j/j', { file: 'j', text: '{{a.constructor}}' }],
    ['i/i', { file: 'i', text: '{{#each a}}{{this.length}}{{/each}}' }],
  ]);
  const renderer = await createRenderer({ builtIn: await builtIns(texts) });
  expect(() => renderer.render('k', { a: 'text' })).toThrow(/"length" does not exist here/);
  expect(() => renderer.render('j', { a: {} })).toThrow(/"constructor" does not exist here/);
  expect(() => renderer.render('i', { a: ['text'] })).toThrow(/"length" does not exist here/);
  expect(renderer.render('k', { a: { length: 'own' } })).toEqual({ text: 'own' });
});

test.each([
  ['{{a}}', { b: 'x' }],
  ['{{a.b}}', { a: { c: 'x' } }],
  ['{{a}}', { a: ['x'] }],
  ['{{#if a}}x{{/if}}', {}],
  ['{{#unless a}}x{{/unless}}', {}],
  ['{{#each a}}x{{/each}}', {}],
  ['{{#each a}}x{{/each}}', { a: 'text' }],
  ['{{lookup a "b"}}', { a: {} }],
])('%s of %j is refused', async (text, view) => {
  const renderer = await createRenderer({ builtIn: await builtIns(new Map([['k/k', { file: 'k', text }]])) });
  expect(() => renderer.render('k', view)).toThrow(expect.objectContaining({ name: 'InternalError' }));
});
