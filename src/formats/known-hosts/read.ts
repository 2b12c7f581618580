/** Reader of known_hosts as ssh reads it (sshd(8) "SSH_KNOWN_HOSTS FILE FORMAT"; hostfile.c). */
import type { ReadError, ReadFact } from '../../artifacts/artifact.ts';
import { keyProblem } from '../authorized-keys/key.ts';

export interface KnownHost {
  readonly line: number;
  /** `@cert-authority` or `@revoked`; absent for an ordinary key. */
  readonly marker?: string;
  /** Patterns as written: `host`, `[host]:port`, `!host`, `*.example.org`, `|1|salt|hash`. */
  readonly patterns: readonly string[];
  readonly type: string;
  /** Base64. */
  readonly key: string;
  readonly comment: string;
}

export interface KnownHostsDocument {
  /** The text, cut at line feeds and nothing else. */
  readonly lines: readonly string[];
  readonly hosts: readonly KnownHost[];
  readonly errors: readonly ReadError[];
}

const PATTERN = /^!?(?:[A-Za-z0-9._:*?-]+|\[[A-Za-z0-9._:*?-]+\]:[1-9]\d{0,4})$/;
const HASHED = /^\|1\|[A-Za-z0-9+/]{27}=\|[A-Za-z0-9+/]{27}=$/;

export function readKnownHosts(text: string): KnownHostsDocument {
  const lines = text.split('\n');
  const errors: ReadError[] = [];
  const hosts: KnownHost[] = [];
  const first = new Map<string, number>();
  lines.forEach((content, index) => {
    const line = index + 1;
    if (/[\0\r]/.test(content)) errors.push({ line, message: 'a control character' });
    const host = readHost(content.replace(/^[ \t]+/, ''), line, errors);
    if (host === undefined) return;
    hosts.push(host);
    for (const pattern of host.patterns) {
      const name = `${host.marker ?? ''} ${pattern} ${host.type} ${host.key}`;
      const earlier = first.get(name);
      if (earlier === undefined) first.set(name, line);
      else errors.push({ line, message: `"${pattern}" with this key stands in line ${earlier} already` });
    }
  });
  return { lines, hosts, errors };
}

/** `host[0]/marker`, `host[0]/pattern[0]`, `host[0]/type`, `host[0]/key`, `host[0]/comment`. */
export function knownHostsFacts(doc: KnownHostsDocument): ReadFact[] {
  return doc.hosts.flatMap(({ line, marker, patterns, type, key, comment }, index) => {
    const at = `host[${index}]`;
    const facts = patterns.map((value, number) => ({ at: `${at}/pattern[${number}]`, value, line }));
    if (marker !== undefined) facts.unshift({ at: `${at}/marker`, value: marker, line });
    facts.push({ at: `${at}/type`, value: type, line }, { at: `${at}/key`, value: key, line });
    if (comment !== '') facts.push({ at: `${at}/comment`, value: comment, line });
    return facts;
  });
}

/** Host and port of a plain pattern; undefined for wildcards, negations and hashes. */
export function plainHost(pattern: string): { readonly host: string; readonly port: number } | undefined {
  const [, bracketed, port, plain] =
    /^(?:\[([A-Za-z0-9._:-]+)\]:(\d+)|([A-Za-z0-9._:-]+))$/.exec(pattern) ?? [];
  if (bracketed !== undefined) return { host: bracketed, port: Number(port) };
  return plain === undefined ? undefined : { host: plain, port: 22 };
}

function readHost(text: string, line: number, errors: ReadError[]): KnownHost | undefined {
  if (text === '' || text.startsWith('#')) return undefined;
  const marker = /^@[^ \t]*/.exec(text)?.[0];
  const rest = text.slice(marker?.length ?? 0).replace(/^[ \t]+/, '');
  const [, names = '', type = '', key = '', comment = ''] =
    /^([^ \t]*)[ \t]*([^ \t]*)[ \t]*([^ \t]*)[ \t]*(.*)$/s.exec(rest) ?? [];
  if (marker !== undefined && marker !== '@cert-authority' && marker !== '@revoked') {
    errors.push({ line, message: `unknown marker "${marker}"` });
  }
  const patterns = names.split(',');
  for (const pattern of patterns) {
    if (!PATTERN.test(pattern) && !HASHED.test(pattern)) {
      errors.push({ line, message: `"${pattern}" is not a host pattern` });
    }
  }
  const problem = keyProblem(type, key);
  if (problem !== undefined) errors.push({ line, message: problem });
  const plain = { line, patterns, type, key, comment: comment.replace(/[ \t]+$/, '') };
  return marker === undefined ? plain : { ...plain, marker };
}
