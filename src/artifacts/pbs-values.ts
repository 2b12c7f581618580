/** Values of the topology in the spelling that PBS stores. A value that does not parse goes on as it is: it is judged elsewhere. */

import { canonicalCalendarEvent } from '../calendar/canonical.ts';
import { parseCalendarEvent } from '../calendar/parse.ts';
import { isPlainEvent } from '../calendar/plain.ts';
import type { TopologyPath } from '../diagnostics/diagnostic.ts';
import type * as Spec from '../model/spec.ts';
import { byteSizeOf } from '../proxmox/byte-size.ts';
import { parseGroupFilter, printGroupFilter } from '../proxmox/group-filter.ts';
import { parseDuration, parseRate, parseSize, type Quantity } from '../proxmox/quantity.ts';
import { type Property, propertyAt } from './sections.ts';

/** Calendar event, canonical. */
export function scheduleText(text: string): string {
  if (isPlainEvent(text)) return text;
  const parsed = parseCalendarEvent(text);
  return parsed.ok ? canonicalCalendarEvent(parsed.event) : text;
}

const bytesText = (parsed: Quantity, text: string): string => (parsed.ok ? byteSizeOf(parsed.value) : text);

/** `200 GiB` as HumanByte. */
export const sizeText = (text: string): string => bytesText(parseSize(text), text);

/** `40 MiB/s` as HumanByte: PBS writes rates without `/s`. */
export const rateText = (text: string): string => bytesText(parseRate(text), text);

/** A duration as a whole number of units of `seconds`; one that is not whole stays text, which PBS does not take. */
export function wholeUnits(text: string, seconds: number): string {
  const parsed = parseDuration(text);
  return parsed.ok && parsed.value % seconds === 0 ? String(parsed.value / seconds) : text;
}

/** Group filter without the redundant `include:`. */
export function groupFilterText(text: string): string {
  const parsed = parseGroupFilter(text);
  return parsed.ok ? printGroupFilter(parsed.filter) : text;
}

/** The four limits of `rates:` at `path`. */
export const rateProperties = (rates: Spec.Rates | undefined, path: TopologyPath): readonly Property[] => [
  ...propertyAt('burst-in', rates?.burst_in && sizeText(rates.burst_in), path, 'burst_in'),
  ...propertyAt('burst-out', rates?.burst_out && sizeText(rates.burst_out), path, 'burst_out'),
  ...propertyAt('rate-in', rates?.in && rateText(rates.in), path, 'in'),
  ...propertyAt('rate-out', rates?.out && rateText(rates.out), path, 'out'),
];
