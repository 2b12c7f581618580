/**
 * A compiler for tests of the command line alone: `files:` maps paths to texts, `error:` and `warning:` are reported
 * where they stand, `throw:` is a bug, a text with NUL is no text.
 */
import type { Compilation, CompileInput } from '../../src/compile.ts';
import { atKey, atValue, type Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { parseTopology } from '../../src/load/parse.ts';
import { rendered } from '../emit/tree.ts';

export async function compile({ bytes, file }: CompileInput): Promise<Compilation> {
  const text = Buffer.from(bytes).toString('utf8');
  const { document, diagnostics } = parseTopology(text);
  const data = document?.data ?? {};
  const found: Diagnostic[] = [...diagnostics];
  for (const severity of ['error', 'warning', 'info'] as const) {
    const message = data[severity];
    if (typeof message === 'string')
      found.push({ code: `stub-${severity}`, severity, message, place: atValue([severity]) });
  }
  if (text.includes('\0')) {
    found.push({ code: 'stub-binary', severity: 'error', message: 'this is no text', place: atKey([]) });
  }
  if (typeof data['throw'] === 'string') throw new TypeError(data['throw']);
  const tree = (data['files'] ?? {}) as Readonly<Record<string, string>>;
  const failed = found.some(({ severity }) => severity === 'error');
  return {
    diagnostics: found,
    files: failed ? undefined : rendered(tree),
    source: { file, text, index: document?.index },
    unreadable: text.includes('\0'),
    rendered: undefined,
    explain: () => ({
      lines: Object.keys(tree).map(path => ({ file: path, line: 1, causes: [['files', path]] })),
    }),
  };
}
