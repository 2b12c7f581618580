import { describe, expect, test } from 'vitest';
import { withoutConsequences } from '../../src/diagnostics/consequences.ts';
import { atKey, atValue, type Diagnostic, type TopologyPath } from '../../src/diagnostics/diagnostic.ts';

const at = (path: TopologyPath, severity: Diagnostic['severity'] = 'error'): Diagnostic => ({
  code: 'some-code',
  severity,
  message: path.join('/'),
  place: atValue(path),
});

describe('withoutConsequences', () => {
  const earlier = [at(['flows', 'copy', 'schedule']), at(['hosts', 'pbs', 'nics', 'eth0'], 'warning')];
  const kept = (later: readonly Diagnostic[]) =>
    withoutConsequences(later, earlier).map(({ message }) => message);

  test('leaves out what is at, around and inside an error', () => {
    expect(
      kept([
        at(['flows', 'copy', 'schedule']),
        { ...at(['flows', 'copy']), place: atKey(['flows', 'copy']) },
        at(['flows', 'copy', 'schedule', 0]),
      ]),
    ).toEqual([]);
  });

  test('keeps what is beside it, in another object, at a warning, and in other files', () => {
    const later = [
      at(['flows', 'copy', 'properties', 'x']),
      at(['flows', 'copy-2', 'schedule']),
      at(['hosts', 'pbs', 'nics', 'eth0']),
      { ...at(['template']), place: { kind: 'file', file: 'a.hbs', line: 1 } } as const,
    ];
    expect(kept(later)).toEqual(later.map(({ message }) => message));
  });

  test('gives the list itself where nothing was wrong', () => {
    const later = [at(['flows', 'copy'])];
    expect(withoutConsequences(later, [at(['flows', 'copy'], 'warning')])).toBe(later);
  });
});
