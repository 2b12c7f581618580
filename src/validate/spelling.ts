/** Texts that somebody else writes in another way: `/mnt/store/`, `[2001:db8::1]`, `UUID=…`, `v9.1.4`, `Home`. */
import { plainName } from '../diagnostics/plain-name.ts';

/** Longer texts are no slips. */
const MAX_LENGTH = 200;

const HEX = /^[0-9A-Fa-f]{64}$/;

/** What a text could have been meant as; the surer ones first. */
const READINGS: readonly ((text: string) => string)[] = [
  text => text.replace(/^[“”„‘’«»"'`]+|[“”„‘’«»"'`]+$/g, ''),
  text => text.replace(/\/+$/, ''),
  text => text.replace(/\.$/, ''),
  text => text.replace(/^\[(.*)\]$/, '$1'),
  text => text.replace(/^v(?=[0-9])/i, ''),
  text => (HEX.test(text) ? (text.match(/../g) ?? []).join(':') : text),
  text => text.toLowerCase(),
  text => text.toLowerCase().replace(/^uuid=/, ''),
  text => (/^[A-Za-z0-9_-]+$/.test(text) ? plainName(text) : text),
  text => (/^[^/\s]+\/./.test(text) ? `/${text}` : text),
];

/** The first other reading that `fits`. */
export function spelling(text: string, fits: (text: string) => boolean): string | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  return READINGS.map(read => read(text)).find(other => other !== text && fits(other));
}
