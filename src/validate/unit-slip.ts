/** Numbers with units that are spelt otherwise than the schema has them: `200 gb`, `5 min`, `40 MB` for a rate. */

const BYTES = ['B', ...['K', 'M', 'G', 'T', 'P'].flatMap(letter => [`${letter}iB`, `${letter}B`])];
const BITS = ['kbit', 'Mbit', 'Gbit'];
const UNITS = ['w', 'd', 'h', 'm', 's', '%', ...BYTES, ...[...BYTES, ...BITS].map(unit => `${unit}/s`)];

/** What else people call them, in lower case. */
const WORDS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...['week', 'day', 'hour'].flatMap(word => [word, `${word}s`].map(one => [one, [word.charAt(0)]] as const)),
  ...['min', 'mins', 'minute', 'minutes'].map(word => [word, ['m']] as const),
  ...['sec', 'secs', 'second', 'seconds'].map(word => [word, ['s']] as const),
  ['hr', ['h']],
  ['hrs', ['h']],
  ...['k', 'm', 'g', 't', 'p'].map(letter => {
    const large = letter.toUpperCase();
    return [letter, [`${large}iB`, `${large}B`, `${large}iB/s`, `${large}B/s`]] as const;
  }),
  ...BITS.map(unit => [`${unit.charAt(0).toLowerCase()}bps`, [`${unit}/s`]] as const),
]);

const NUMBER = /^([0-9]+(?:[.,][0-9]+)?) ?([A-Za-z%/]{1,12})$/;

/** How the text was probably meant, in the spelling that `fits`; none when that cannot be told. */
export function unitSlip(text: string, fits: (text: string) => boolean): readonly string[] {
  const dense = text.replace(/\s+/g, '');
  if (dense.length > 40) return [];
  // Of two words with a blank between them, the blank is not the mistake.
  if (/^[0-9]|,/.test(dense) && fits(dense)) return [dense];
  const [, number = '', word = ''] = NUMBER.exec(dense) ?? [];
  if (word === '') return [];
  const lower = word.toLowerCase();
  const meant = UNITS.filter(unit => [lower, `${lower}/s`].includes(unit.toLowerCase()));
  const amount = number.replace(',', '.');
  return [...new Set([...meant, ...(WORDS.get(lower) ?? [])])].flatMap(unit => {
    return [`${amount} ${unit}`, `${amount}${unit}`].find(fits) ?? [];
  });
}
