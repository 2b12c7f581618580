import { describe, expect, test } from 'vitest';
import { createRenderer, type Renderer } from '../../src/render/engine.ts';
import { builtIns, sources } from './sources.ts';

/** Renders one template of kind `k` as an edited one. */
async function edited(text: string, view: unknown, more: Readonly<Record<string, string>> = {}) {
  const renderer = await createRenderer({ templateTexts: sources({ 'k/k': text, ...more }) });
  return renderer.diagnostics.length > 0 ? { diagnostics: renderer.diagnostics } : renderer.render('k', view);
}

async function builtIn(text: string): Promise<Renderer> {
  return createRenderer({ builtIn: await builtIns(sources({ 'k/k': text })) });
}

describe('what templates know', () => {
  const cases: readonly (readonly [string, string, unknown, string])[] = [
    ['value', '{{a}}|{{b.c}}', { a: '1', b: { c: '2' } }, '1|2'],
    ['number and boolean', '{{a}} {{b}}', { a: 7, b: false }, '7 false'],
    ['if', '{{#if a}}y{{else}}n{{/if}}', { a: true }, 'y'],
    ['if false', '{{#if a}}y{{else}}n{{/if}}', { a: false }, 'n'],
    ['if empty text', '{{#if a}}y{{else}}n{{/if}}', { a: '' }, 'n'],
    ['if empty list', '{{#if a}}y{{else}}n{{/if}}', { a: [] }, 'n'],
    ['if zero', '{{#if a}}y{{else}}n{{/if}}', { a: 0 }, 'n'],
    ['if without else', 'x{{#if a}}y{{/if}}z', { a: false }, 'xz'],
    ['else if', '{{#if a}}1{{else if b}}2{{else}}3{{/if}}', { a: false, b: true }, '2'],
    ['unless', '{{#unless a}}n{{else}}y{{/unless}}', { a: false }, 'n'],
    ['unless true', '{{#unless a}}n{{else}}y{{/unless}}', { a: true }, 'y'],
    ['each', '{{#each a}}{{this}},{{/each}}', { a: ['x', 'y'] }, 'x,y,'],
    ['each else', '{{#each a}}x{{else}}none{{/each}}', { a: [] }, 'none'],
    [
      'each as',
      '{{#each a as |i|}}{{i.n}}{{../p}} {{/each}}',
      { a: [{ n: '1' }, { n: '2' }], p: '!' },
      '1! 2! ',
    ],
    ['lookup', '{{lookup m k}}', { m: { x: 'found' }, k: 'x' }, 'found'],
    ['lookup in an argument', '{{#if (lookup m "x")}}y{{/if}}', { m: { x: true } }, 'y'],
    ['partial', '[{{> p}}]', { a: 'x' }, '[<x>]'],
    ['partial with context and hash', '{{> p b c="d"}}', { b: { a: 'x' } }, '<x>'],
    ['part of the kind', '{{> k/part}}', { a: 'x' }, 'part x'],
    ['no escaping', '{{a}}', { a: `<&"'\`=>` }, `<&"'\`=>`],
  ];
  const more = { '_partials/p': '<{{a}}>', 'k/part': 'part {{a}}' };
  test.each(cases)('%s', async (_, template, view, text) => {
    expect(await edited(template, view, more)).toEqual({ text });
    const renderer = await createRenderer({ builtIn: await builtIns(sources({ 'k/k': template, ...more })) });
    expect(renderer.isEdited('k')).toBe(false);
    expect(renderer.render('k', view)).toEqual({ text });
  });
});

describe('mistakes in an edited template', () => {
  const at = (line: number, column: number) =>
    expect.objectContaining({ kind: 'file', file: 'my/k/k.hbs', line, column });
  const cases: readonly (readonly [string, string, string, number, number])[] = [
    ['unknown value', 'a\n  {{nope}}', 'template-unknown-name', 2, 5],
    ['unknown nested value', '{{b.nope}}', 'template-unknown-name', 1, 3],
    ['unknown in if', 'x\n{{#if nope}}y{{/if}}', 'template-unknown-name', 2, 1],
    ['unknown in unless', '{{#unless nope}}y{{/unless}}', 'template-unknown-name', 1, 1],
    ['unknown in each', '\n\n {{#each nope}}y{{/each}}', 'template-unknown-name', 3, 2],
    ['unknown in a loop', '{{#each list}}\n{{this.nope}}\n{{/each}}', 'template-unknown-name', 2, 3],
    ['unknown in lookup', '{{lookup b "nope"}}', 'template-unknown-name', 1, 1],
    ['lookup of a prototype', '{{lookup b "constructor"}}', 'template-unknown-name', 1, 1],
    ['lookup of __proto__', '{{lookup b "__proto__"}}', 'template-unknown-name', 1, 1],
    ['each of a text', '{{#each a}}x{{/each}}', 'template-wrong-type', 1, 1],
    ['each of an object', '{{#each b}}x{{/each}}', 'template-wrong-type', 1, 1],
    ['unclosed tag', 'x\n{{a', 'template-syntax', 2, 3],
    ['unclosed block', 'x\n{{#if a}}\n', 'template-syntax', 3, 1],
    ['wrong end', 'x\n{{#if a}}{{/each}}', 'template-syntax', 2, 4],
    ['bad argument', 'x\n  {{lookup b=}}', 'template-syntax', 2, 14],
    ['other helper', '{{upper a}}', 'template-unknown-name', 1, 1],
    ['with', '\n{{#with b}}{{/with}}', 'template-unknown-name', 2, 1],
    ['log', '{{log a}}', 'template-unknown-name', 1, 1],
    ['section', '{{#b}}x{{/b}}', 'template-unknown-name', 1, 1],
    ['data variable', '{{@first}}', 'template-unknown-name', 1, 3],
    ['data variable in a block', '{{#if @root.a}}x{{/if}}', 'template-unknown-name', 1, 7],
    ['unknown partial', '\n{{> nope}}', 'template-unknown-name', 2, 1],
    ['dynamic partial', '{{> (lookup b "x")}}', 'template-syntax', 1, 1],
    ['inline partial', '{{#*inline "x"}}{{/inline}}', 'template-syntax', 1, 1],
    ['partial block', '{{#> p}}{{/p}}', 'template-syntax', 1, 1],
    ['if as value', '{{if}}', 'template-syntax', 1, 1],
    ['two conditions', '{{#if a b}}x{{/if}}', 'template-syntax', 1, 1],
  ];
  test.each(cases)('%s', async (_, template, code, line, column) => {
    const result = await edited(template, { a: 'x', b: { c: 'd' }, list: [{}] });
    expect(result).toEqual({
      diagnostics: [expect.objectContaining({ code, severity: 'error', place: at(line, column) })],
    });
  });

  test.each(['{{#each list}}\n{{nope}}\n{{/each}}', '\n{{a.nope}}'])(
    'a name of a text: %j',
    async template => {
      const result = await edited(template, { a: 'x', list: ['x'] });
      const place = { kind: 'file', file: 'my/k/k.hbs', line: 2 };
      const told = { code: 'template-unknown-name', message: '"nope" does not exist here', place };
      expect(result).toMatchObject({ diagnostics: [told] });
    },
  );

  test('the name is quoted', async () => {
    const result = await edited('{{nope}}', {});
    expect(result).toMatchObject({ diagnostics: [{ message: '"nope" does not exist here' }] });
  });

  test('all mistakes of all templates are reported, and the kind renders nothing', async () => {
    const texts = sources({ 'k/k': '{{up a}}\n{{@x}}', 'j/j': '{{', 'i/i': 'fine' });
    const renderer = await createRenderer({ templateTexts: texts });
    expect(renderer.diagnostics.map(d => d.place)).toMatchObject([
      { file: 'my/k/k.hbs', line: 1 },
      { file: 'my/k/k.hbs', line: 2 },
      { file: 'my/j/j.hbs', line: 1 },
    ]);
    expect(renderer.render('k', {})).toEqual({ diagnostics: [] });
    expect(renderer.render('i', {})).toEqual({ text: 'fine' });
  });

  test('a mistake in a partial is reported there', async () => {
    const result = await edited('a\n{{> p}}', { a: 'x' }, { '_partials/p': '\n\n{{#each nope}}x{{/each}}' });
    const place = { kind: 'file', file: 'my/_partials/p.hbs', line: 3, column: 1 };
    expect(result).toMatchObject({ diagnostics: [{ code: 'template-unknown-name', place }] });
  });

  test('a mistake after a partial is reported in the template again', async () => {
    const result = await edited('{{> p}}\n{{nope}}', {}, { '_partials/p': 'x\n' });
    expect(result).toMatchObject({ diagnostics: [{ place: at(2, 3) }] });
  });

  test('endless inclusion ends in a diagnostic', async () => {
    expect(await edited('{{> k/k}}', {})).toMatchObject({
      diagnostics: [{ message: expect.stringContaining('itself') }],
    });
  });
});

describe('built-in templates', () => {
  test('an unknown name is a bug', async () => {
    const renderer = await builtIn('{{nope}}');
    expect(() => renderer.render('k', {})).toThrow(expect.objectContaining({ name: 'InternalError' }));
  });

  test('an unknown kind is a bug', async () => {
    const renderer = await builtIn('x');
    expect(() => renderer.render('other', {})).toThrow(/no template/);
  });

  test('an equal text is not edited, another one is, and so is what includes it', async () => {
    const texts = { 'k/k': '{{> p}}', 'j/j': 'x', '_partials/p': 'old' };
    const builtIn = await builtIns(sources(texts));
    const same = await createRenderer({ builtIn, templateTexts: sources(texts) });
    expect([same.isEdited('k'), same.isEdited('j')]).toEqual([false, false]);
    const other = await createRenderer({ builtIn, templateTexts: sources({ '_partials/p': 'new' }) });
    expect([other.isEdited('k'), other.isEdited('j')]).toEqual([true, false]);
    expect(other.render('k', {})).toEqual({ text: 'new' });
    expect(other.diagnostics).toEqual([]);
  });

  test('a file that nothing uses is said', async () => {
    const builtIn = await builtIns(sources({ 'k/k': 'x' }));
    const renderer = await createRenderer({ builtIn, templateTexts: sources({ 'kk/k': 'y' }) });
    expect(renderer.diagnostics).toMatchObject([{ code: 'template-unused', place: { file: 'my/kk/k.hbs' } }]);
  });
});

describe('views', () => {
  const holes: readonly (readonly [string, unknown, string])[] = [
    ['undefined', { a: { b: undefined } }, 'a.b'],
    ['null', { a: ['x', null] }, 'a.1'],
    ['gap', { a: new Array(1) }, 'a.0'],
    ['function', { a: () => 'x' }, 'a'],
    ['not a number', { a: [Number.NaN] }, 'a.0'],
    ['instance', { a: new Map() }, 'a'],
    ['nothing', undefined, 'itself'],
  ];
  test.each(holes)('%s is refused', async (_, view, path) => {
    await expect(edited('x', view)).rejects.toThrow(path);
  });

  const inList = '{{#each a}}{{this}}{{/each}}';
  const used: readonly (readonly [string, unknown])[] = [
    ['{{a.b}}', { a: { b: undefined } }],
    ['{{a}}', { a: null }],
    ['{{#if a.b}}y{{/if}}', { a: { b: undefined } }],
    ['{{#unless a}}y{{/unless}}', { a: null }],
    ['{{#if a}}y{{/if}}', { a: Number.NaN }],
    ['{{#if a}}y{{/if}}', { a: () => 'x' }],
    ['{{#each a.b}}y{{/each}}', { a: {} }],
    [inList, { a: ['x', null] }],
    [inList, { a: new Array(1) }],
    [inList, { a: [Number.NaN] }],
    [inList, { a: new Map([['x', 'y']]) }],
    ['{{a}}', { a: () => 'x' }],
    ['{{a}}', { a: new Map() }],
    ['{{a}}', undefined],
  ];
  test.each(used)('%s of a built-in template refuses what it cannot print', async (text, view) => {
    const renderer = await builtIn(text);
    expect(() => renderer.render('k', view)).toThrow(/built-in template of kind "k" fails/);
  });

  test.each(['{{x}}', '{{{x}}}', '{{#each a}}', '{{> p}}', '}}', '\\{{a}}', '$' + '{x}', "'+x+'", '\u0000'])(
    'a value %j is only text',
    async value => {
      expect(await edited('a={{a}}\n', { a: value })).toEqual({ text: `a=${value}\n` });
    },
  );

  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', '__defineGetter__'])(
    'a template cannot reach %s',
    async name => {
      expect(await edited(`{{a.${name}}}`, { a: {} })).not.toMatchObject({
        text: expect.stringMatching(/./),
      });
      expect(await edited(`{{#if a.${name}}}reached{{/if}}`, { a: {} })).toMatchObject({ diagnostics: [{}] });
    },
  );

  test('a view is not changed', async () => {
    const view = Object.freeze({ a: Object.freeze([Object.freeze({ b: 'x' })]) });
    expect(await edited('{{#each a}}{{> p c="d"}}{{/each}}', view, { '_partials/p': '{{b}}{{c}}' })).toEqual({
      text: 'xd',
    });
  });
});
