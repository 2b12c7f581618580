import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeOf } from '../../../src/artifacts/artifact.ts';
import {
  codeSpans,
  findSteps,
  plainMarkdown,
  stepsFacts,
} from '../../../src/formats/markdown-steps/facts.ts';
import { codeBlock, codeSpan, markdownText } from '../../../src/formats/markdown-steps/quote.ts';
import { readSteps } from '../../../src/formats/markdown-steps/read.ts';
import { holdsForAnyText, hostileString, messages, pairs } from '../hostile.ts';

const SAMPLE = `# pbs-home

Read all first.

## 1. Copy the files

As root,
on the host:

\`\`\`sh
install -m 0600 a b

systemctl daemon-reload
\`\`\`

\`\`\`sh
true
\`\`\`

## 2. Check

- look
\`\`\`\`
\`\`\`
out
\`\`\`\`
`;

describe('readSteps', () => {
  it('reads title, steps, text and commands with their lines', () => {
    const doc = readSteps(SAMPLE);
    expect(doc.errors).toEqual([]);
    expect(stepsFacts(doc).map(f => `${f.line} ${f.at}=${f.value}`)).toEqual([
      '1 title=pbs-home',
      '3 intro/text[0]=Read all first.',
      '5 step 1=Copy the files',
      '7 step 1/text[0]=As root,',
      '8 step 1/text[1]=on the host:',
      '11 step 1/sh[0]=install -m 0600 a b',
      '13 step 1/sh[1]=systemctl daemon-reload',
      '17 step 1/sh[2]=true',
      '20 step 2=Check',
      '22 step 2/text[0]=- look',
      '24 step 2/code[0]=```',
      '25 step 2/code[1]=out',
    ]);
  });

  it.each([
    ['text', '1: there is no title'],
    ['# a\n## 2. b', '2: step 2 where step 1 is due'],
    ['# a\n## b', '2: "## b" is neither the title nor a step "## N. Title"'],
    ['# a\n# b', '2: "# b" is neither the title nor a step "## N. Title"'],
    ['# a\n### 1. b', '2: "### 1. b" is neither the title nor a step "## N. Title"'],
    ['# a\n```sh\nx', '2: the code block is not closed'],
    ['# a\r', '1: a control character that Markdown takes for a line end'],
  ])('%j: %s', (text, message) => {
    expect(messages(readSteps(text).errors)).toContain(message);
  });

  it('takes any text', () => {
    holdsForAnyText(
      readSteps,
      stepsFacts,
      d => d.lines.join('\n'),
      '# a',
      '## 1. b',
      '```sh\n',
      '```',
      '~~~',
    );
  });
});

describe('quoting', () => {
  it('reads back the identical text, which opens no other block', () => {
    fc.assert(
      fc.property(hostileString, value => {
        const text = markdownText(value);
        if (text === undefined) return;
        const doc = readSteps(`# ${text}\n\n${text}\n\n## 1. ${text}\n`);
        expect(doc.errors).toEqual([]);
        const facts = stepsFacts(doc);
        expect(facts.map(f => f.at)).toEqual(['title', 'intro/text[0]', 'step 1']);
        expect(facts.map(f => plainMarkdown(f.value))).toEqual([value, value, value]);
      }),
      { numRuns: 1000 },
    );
    expect(markdownText('1. *a* <b> [c](d)')).toBe('1\\. \\*a\\* \\<b> \\[c\\](d)');
    expect([markdownText('a ##'), markdownText('#')]).toEqual(['a #\\#', '\\#']);
    for (const value of ['', ' a', 'a\nb', 'a\rb', '\0']) expect(markdownText(value)).toBeUndefined();
  });

  it('reads back the identical code span', () => {
    fc.assert(
      fc.property(hostileString, hostileString, (a, b) => {
        const [first, second] = [codeSpan(a), codeSpan(b)];
        if (first === undefined || second === undefined) return;
        expect(codeSpans(`run ${first} then ${second}.`)).toEqual([a, b]);
      }),
      { numRuns: 1000 },
    );
    // CommonMark 0.31 §6.1, examples 328 to 343
    expect(codeSpans('`` foo ` bar `` `` ` `` `  ``  ` `foo\\`bar')).toEqual([
      'foo ` bar',
      '`',
      ' `` ',
      'foo\\',
    ]);
  });

  it('reads back the identical code block', () => {
    fc.assert(
      fc.property(fc.array(hostileString, { maxLength: 4 }), lines => {
        const block = codeBlock(lines, 'sh');
        if (block === undefined) return;
        const doc = readSteps(`# a\n\n${block}\n\n## 1. b\n`);
        expect(doc.errors).toEqual([]);
        expect(doc.intro).toEqual([{ kind: 'code', language: 'sh', line: 4, lines }]);
        expect(doc.steps).toHaveLength(1);
      }),
      { numRuns: 1000 },
    );
    expect(codeBlock(['```'], 'sh')).toBe('````sh\n```\n````');
    expect([codeBlock(['a\nb'], 'sh'), codeBlock(['a'], 's h')]).toEqual([undefined, undefined]);
  });
});

it('finds one by one what the document holds', () => {
  const line = fc.oneof(
    fc.constantFrom(
      '# a',
      '## 1. b',
      '## 2. c',
      '```sh',
      '```',
      '````',
      '~~~',
      ' ~~~ x',
      '',
      ' ',
      '\t',
      'text',
      '  #x',
    ),
    hostileString,
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), lines => {
      const text = lines.join('\n');
      const doc = readSteps(text);
      const found: string[] = [];
      const errors = findSteps(text, (section, key, count, value, at) => {
        found.push(`${at} ${placeOf(section, key, count)}=${value}`);
      });
      // A title below other text comes first in the document.
      expect(found.sort()).toEqual(
        stepsFacts(doc)
          .map(f => `${f.line} ${f.at}=${f.value}`)
          .sort(),
      );
      expect(errors).toEqual(doc.errors);
    }),
    { numRuns: 2000 },
  );
});

it('keeps facts apart', () => {
  expect(pairs(stepsFacts(readSteps('# a\n')))).toEqual(['title=a']);
});
