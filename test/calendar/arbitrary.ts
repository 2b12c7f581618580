import fc from 'fast-check';

/** Texts of calendar events as fast-check arbitraries: everything the grammar allows, in any spelling. */
const pad = (n: number, two: boolean): string => (two ? String(n).padStart(2, '0') : String(n));

const item = (min: number, max: number): fc.Arbitrary<string> =>
  fc
    .record({
      a: fc.integer({ min, max }),
      b: fc.integer({ min, max }),
      step: fc.integer({ min: 0, max }),
      two: fc.boolean(),
      kind: fc.nat(5),
    })
    .map(({ a, b, step, two, kind }) => {
      const [from, to] = [pad(Math.min(a, b), two), pad(Math.max(a, b), two)];
      if (kind === 3) return `${from}..${to}`;
      if (kind === 4) return `${from}/${step}`;
      return kind === 5 ? `${from}..${to}/${step}` : pad(a, two);
    });

const field = (min: number, max: number): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant('*') },
    { weight: 1, arbitrary: fc.integer({ min: 1, max }).map(step => `*/${step}`) },
    {
      weight: 4,
      arbitrary: fc.array(item(min, max), { minLength: 1, maxLength: 3 }).map(items => items.join(',')),
    },
  );

const day = fc.constantFrom('mon', 'Tue', 'WED', 'thursday', 'Fri', 'sat', 'SUNDAY');
const weekdays = fc
  .array(
    fc.oneof(
      day,
      fc.tuple(day, day).map(pair => pair.join('..')),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map(list => list.join(','));

const year = fc.oneof({ weight: 5, arbitrary: fc.constant('*') }, { weight: 1, arbitrary: item(2020, 2060) });
const date = fc.oneof(
  fc.tuple(field(1, 12), field(1, 31)).map(parts => parts.join('-')),
  fc.tuple(year, field(1, 12), field(1, 31)).map(parts => parts.join('-')),
);

const time = fc
  .tuple(field(0, 23), field(0, 59), fc.option(field(0, 59), { freq: 3 }))
  .map(([hour, minute, second]) => `${hour}:${minute}${second === null ? '' : `:${second}`}`);

const keyword = fc.constantFrom(
  'minutely',
  'hourly',
  'daily',
  'weekly',
  'monthly',
  'quarterly',
  'semiannually',
  'yearly',
);

const composed = fc
  .record({ weekdays: fc.option(weekdays), date: fc.option(date), time: fc.option(time, { freq: 6 }) })
  .map(({ weekdays: w, date: d, time: t }) => [w, d, t].filter(part => part !== null).join(' '))
  .filter(text => text !== '');

/** Any text PBS accepts (short of a lone minute). */
export const eventText: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof({ weight: 9, arbitrary: composed }, { weight: 1, arbitrary: keyword }),
    fc.constantFrom('', '', '', '', ' UTC'),
  )
  .map(parts => parts.join(''));

/** Strings near the grammar: its own tokens in any order. */
export const nearText: fc.Arbitrary<string> = fc
  .array(
    fc.constantFrom(
      'mon',
      'fri',
      'daily',
      '*',
      '/',
      '..',
      ',',
      '-',
      ':',
      ' ',
      '0',
      '2',
      '24',
      '31',
      '60',
      '2026',
      'UTC',
      '~',
      'T',
      '@',
      'am',
      '\n',
    ),
    {
      maxLength: 14,
    },
  )
  .map(parts => parts.join(''));
