import { activeOnes } from '../analyses/in-use.ts';
import { atValue } from '../diagnostics/diagnostic.ts';
import type { Rule } from './rule.ts';

/** Ports on which a relay speaks TLS from the first byte, and on which it begins in plain text (RFC 8314, RFC 6409, RFC 5321). */
const TLS_FIRST = 465;
const PLAIN_FIRST: readonly number[] = [25, 587];

export const smtpPortAndMode: Rule = {
  id: 'smtp-port-and-mode',
  severity: 'warning',
  summary: 'The port of a mail relay is for another transport security than the one that is set.',
  why: 'One side waits for a TLS handshake and the other for a line of text: no message leaves, and nobody hears of a failed backup.',
  fix: 'Use `mode: starttls` with port 587 and `mode: tls` with port 465, or leave one of the two out: it follows from the other.',
  example: { bad: 'port: 587\nmode: tls', good: 'port: 587\nmode: starttls' },
  *check({ topology }) {
    for (const { key, path, spec } of activeOnes(topology.notifications)) {
      const { kind, port, mode } = spec;
      if ((kind !== 'smtp' && kind !== 'postfix') || port === undefined || mode === undefined) continue;
      const isTlsFirst = mode === 'tls';
      if (isTlsFirst ? !PLAIN_FIRST.includes(port) : port !== TLS_FIRST) continue;
      yield {
        message: isTlsFirst
          ? `notification \`${key}\` begins with TLS on port ${port}, where relays begin in plain text`
          : `notification \`${key}\` begins in plain text on port ${port}, where relays begin with TLS`,
        place: atValue([...path, 'mode']),
        related: [{ message: 'the port', place: atValue([...path, 'port']) }],
        help: isTlsFirst
          ? 'write `mode: starttls`, or `port: 465`'
          : 'write `mode: tls`, or `port: 587` with `mode: starttls`',
      };
    }
  },
};
