import { expect, test } from 'vitest';
import { suggest } from '../../src/diagnostics/suggest.ts';

test.each([
  ['valn', ['vlan', 'wan', 'address'], 'vlan'],
  ['maxDepth', ['max_depth', 'path'], 'max_depth'],
  ['max-depth', ['max_depth', 'path'], 'max_depth'],
  ['Gateway', ['gateway', 'gateway6'], 'gateway'],
  ['b', ['a', 'c'], undefined],
  ['zzz', ['vlan', 'gateway'], undefined],
  ['', ['a'], undefined],
  ['ab', ['ac', 'aa'], 'aa'],
  ['snap', ['snapshot', 'suspend', 'stop'], 'snapshot'],
  ['home', ['home-backup', 'home-vzdump', 'homer'], 'homer'],
  ['home', ['home-backup', 'home-vzdump'], undefined],
  ['ho', ['home-backup'], undefined],
  ['cron', ['from', 'mode'], undefined],
  ['nope', ['no-gc'], undefined],
  ['nisc', ['nics', 'node'], 'nics'],
  ['x'.repeat(100), ['x'.repeat(99)], undefined],
])('%s', (word, candidates, expected) => {
  expect(suggest(word, candidates)).toBe(expected);
});

test('compares a bounded number of candidates', () => {
  let asked = 0;
  function* endless() {
    for (;;) yield `candidate-${asked++}`;
  }
  suggest('candidate', endless());
  expect(asked).toBeLessThan(10_000);
});
