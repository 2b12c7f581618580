/** Texts that make a careless parser slow, deep or large, with the code of what is said of them. */

const bomb = (levels: number) =>
  [
    'a0: &a0 [x, x, x, x, x, x, x, x, x, x]',
    ...Array.from(
      { length: levels },
      (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(', ')}]`,
    ),
  ].join('\n');
const mergeBomb = (levels: number) =>
  [
    'a0: &a0 {k: 1}',
    ...Array.from(
      { length: levels },
      (_, i) => `a${i + 1}: &a${i + 1} {<<: [*a${i}, *a${i}], k${i}: *a${i}}`,
    ),
  ].join('\n');
export const deepBlock = (depth: number): string =>
  Array.from({ length: depth }, (_, i) => `${' '.repeat(i)}a:`).join('\n');

export const hostileTexts: readonly (readonly [what: string, text: string, code: string | undefined])[] = [
  ['10,000 flow lists', `a: ${'['.repeat(10_000)}`, 'yaml-nesting'],
  ['10,000 closed flow lists', `a: ${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'yaml-nesting'],
  ['10,000 flow maps', `a: ${'{a: '.repeat(10_000)}`, 'yaml-nesting'],
  ['10,000 compact lists', `${'- '.repeat(10_000)}x`, 'yaml-nesting'],
  ['4,000 block maps', deepBlock(4000), 'yaml-nesting'],
  ['10,000 explicit keys', '? '.repeat(10_000), 'yaml-nesting'],
  ['an alias bomb', bomb(30), 'yaml-expansion'],
  ['a merge bomb', mergeBomb(40), 'yaml-expansion'],
  ['20,000 duplicate keys', 'a: 1\n'.repeat(20_000), 'yaml-duplicate-key'],
  ['20,000 tabs', 'a:\n\tb\n'.repeat(20_000), 'yaml-tab'],
  ['control characters', '\x01'.repeat(1_000_000), 'yaml-bad-character'],
  ['50,000 quotes', '"'.repeat(50_000), 'yaml-syntax'],
  ['10,000,000 quotes', '"'.repeat(10_000_000), 'yaml-syntax'],
  ['10,000,000 quoted texts', '"" '.repeat(10_000_000), 'yaml-syntax'],
  ['10,000,000 closing brackets', '}'.repeat(10_000_000), 'yaml-syntax'],
  ['3,000,000 lines with a tab', 'a: 1\n\tb\n'.repeat(3_000_000), 'yaml-tab'],
  ['30,000 lines with a tab in a section', `a:\n${'  a: 1\n\tb\n'.repeat(30_000)}`, 'yaml-tab'],
  ['200,000 keys of an object', `a:\n  b:\n${'    a: 1\n'.repeat(200_000)}}`, 'yaml-too-many'],
  ['200,000 entries of a list', `a: [${'1, '.repeat(200_000)}}`, 'yaml-too-many'],
  ['50,000 colons in brackets', `[${': '.repeat(50_000)}`, 'yaml-syntax'],
  ['50,000 anchors', `a: ${'&a '.repeat(50_000)}`, 'yaml-syntax'],
  ['50,000 unknown aliases', `a: [${'*x, '.repeat(50_000)}]`, 'yaml-unknown-alias'],
  ['a long line', `a: ${'x '.repeat(500_000)}`, undefined],
];
