import { expect, test } from 'vitest';
import { formatMarkdown } from '../../src/diagnostics/format/markdown.ts';
import { finding } from './sample.ts';

test('Markdown has a list per severity; values stay code, other punctuation is inert', () => {
  expect(formatMarkdown([{ ...finding, message: 'a_b `c*d` <e>' }])).toBe(
    '### Errors (1)\n\n' +
      '* `a b/topology.yaml:3` **unresolved-reference**: a\\_b `c*d` \\<e\\>\n' +
      '  * `a b/topology.yaml:9`: the tunnel\n' +
      '  * did you mean `backup`?\n',
  );
  expect(formatMarkdown([])).toBe('No findings.\n');
});
