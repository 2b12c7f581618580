/**
 * Reader of rclone.conf. Values come from a line pass with rclone's own rules (goconfig: read.go, conf.go) and are
 * compared with what the package `ini` makes of the same text: any difference means that the text is not plain INI and
 * is refused.
 */
import ini from 'ini';
import type { ReadError, ReadFact } from '../../artifacts/artifact.ts';

export interface RcloneSetting {
  readonly line: number;
  readonly key: string;
  readonly value: string;
}

export interface RcloneRemote {
  readonly line: number;
  readonly name: string;
  readonly settings: readonly RcloneSetting[];
}

export interface RcloneDocument {
  /** The text, cut at line feeds and nothing else. */
  readonly lines: readonly string[];
  readonly remotes: readonly RcloneRemote[];
  readonly errors: readonly ReadError[];
}

/** rclone's fs/fspath: letters, digits, `_`, `-`, `.`, `+`, `@` and inner blanks. A dot would inherit from a section. */
const NAME = /^[A-Za-z0-9_+@][A-Za-z0-9_+@ -]*$/;
const KEY = /^[A-Za-z0-9_-]+$/;

export function readRcloneConf(text: string): RcloneDocument {
  const lines = text.split('\n');
  const errors: ReadError[] = [];
  const remotes: (RcloneRemote & { readonly settings: RcloneSetting[] })[] = [];
  for (const [index, raw] of lines.entries()) {
    const line = index + 1;
    if (/[\0\r]/.test(raw))
      errors.push({ line, message: 'a control character that readers cut in different ways' });
    const content = trim(raw);
    if (content !== raw.trim())
      errors.push({ line, message: 'white space that readers cut in different ways' });
    if (content === '' || content.startsWith('#') || content.startsWith(';')) continue;
    const remote = remotes.at(-1);
    if (content.startsWith('[') && content.endsWith(']')) {
      remotes.push({ line, name: trim(content.slice(1, -1)), settings: [] });
      continue;
    }
    // rclone takes "=" and ":", ini "=" only.
    const at = content.search(/[=:]/);
    if (at <= 0 || content[at] === ':') errors.push({ line, message: `"${content}" is not "key = value"` });
    else if (remote === undefined) errors.push({ line, message: `"${content}" stands before any remote` });
    else {
      remote.settings.push({ line, key: trim(content.slice(0, at)), value: trim(content.slice(at + 1)) });
    }
  }
  for (const error of [...checkNames(remotes), ...compareWithIni(text, remotes)]) errors.push(error);
  return { lines, remotes, errors };
}

/** `[remote]` for a remote without settings, else `[remote]/key`, in file order. */
export function rcloneConfFacts(doc: RcloneDocument): ReadFact[] {
  return doc.remotes.flatMap(({ line, name, settings }) =>
    settings.length === 0
      ? [{ at: `[${name}]`, value: '', line }]
      : settings.map(setting => ({
          at: `[${name}]/${setting.key}`,
          value: setting.value,
          line: setting.line,
        })),
  );
}

function* checkNames(remotes: readonly RcloneRemote[]): Generator<ReadError> {
  const names = new Map<string, number>();
  for (const { name, line, settings } of remotes) {
    if (!NAME.test(name)) yield { line, message: `"${name}" is not a remote name` };
    const earlier = names.get(name);
    if (earlier !== undefined)
      yield { line, message: `[${name}] starts in line ${earlier} already; rclone merges them` };
    names.set(name, earlier ?? line);
    const keys = new Map<string, number>();
    for (const setting of settings) {
      const first = keys.get(setting.key);
      if (!KEY.test(setting.key)) yield { line: setting.line, message: `"${setting.key}" is not a key` };
      if (setting.value === '')
        yield { line: setting.line, message: `"${setting.key}" is empty, which unsets it` };
      if (setting.value.includes('%(')) yield { line: setting.line, message: 'rclone replaces "%(name)s"' };
      if (first !== undefined)
        yield { line: setting.line, message: `"${setting.key}" stands in line ${first} already` };
      keys.set(setting.key, first ?? setting.line);
    }
  }
}

function* compareWithIni(text: string, remotes: readonly RcloneRemote[]): Generator<ReadError> {
  const parsed = ini.parse(text);
  for (const { name, line, settings } of remotes) {
    const section = Object.hasOwn(parsed, name) ? parsed[name] : undefined;
    if (typeof section !== 'object' || section === null) {
      yield { line, message: `[${name}] is not read alike by all INI readers` };
      continue;
    }
    const values = section as Record<string, unknown>;
    for (const setting of settings) {
      if (Object.hasOwn(values, setting.key) && String(values[setting.key]) === setting.value) continue;
      yield { line: setting.line, message: `"${setting.key}" is not read alike by all INI readers` };
    }
  }
}

/** What Go's strings.TrimSpace cuts: Unicode White_Space. Unlike JavaScript it takes U+0085 and leaves U+FEFF. */
const trim = (text: string): string => text.replace(/^[\p{White_Space}]+|[\p{White_Space}]+$/gu, '');
