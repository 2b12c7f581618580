/** Membership and succession in one field, exactly as Proxmox computes them (proxmox-time/src/date_time_value.rs). */
import type { Field, FieldItem, FieldName } from './event.ts';
import { fieldBounds } from './event.ts';

const itemContains = (item: FieldItem, value: number): boolean => {
  switch (item.kind) {
    case 'single':
      return item.value === value;
    case 'range':
      return value >= item.from && value <= item.to;
    case 'step':
      return value >= item.from && value <= (item.to ?? value) && (value - item.from) % item.step === 0;
  }
};

/** Does the field match the value? A field without items matches everything. */
export const fieldContains = (field: Field, value: number): boolean =>
  field.length === 0 || field.some(item => itemContains(item, value));

const itemNext = (item: FieldItem, value: number): number | undefined => {
  switch (item.kind) {
    case 'single':
      return item.value > value ? item.value : undefined;
    case 'range': {
      const next = Math.max(item.from, value + 1);
      return next <= item.to ? next : undefined;
    }
    case 'step': {
      if (value < item.from) return item.from;
      const next = item.from + (Math.floor((value - item.from) / item.step) + 1) * item.step;
      return next <= (item.to ?? next) ? next : undefined;
    }
  }
};

/**
 * The smallest matching value above `value`, or undefined. A step without an end goes on *beyond* the field
 * (hour 25), which is what makes Proxmox lose values: see `losses.ts`.
 */
export const fieldNext = (field: Field, value: number): number | undefined => {
  let next: number | undefined;
  for (const item of field) {
    const candidate = itemNext(item, value);
    if (candidate !== undefined && (next === undefined || candidate < next)) next = candidate;
  }
  return next;
};

/** Every value from the field's smallest to `max` (the field's largest unless told) that matches, ascending. */
export const fieldValues = (name: FieldName, field: Field, max = fieldBounds[name][1]): number[] => {
  const min = fieldBounds[name][0];
  const [item] = field;
  if (field.length === 1 && item?.kind === 'single')
    return item.value >= min && item.value <= max ? [item.value] : [];
  const values: number[] = [];
  for (let value = min; value <= max; value++) {
    if (fieldContains(field, value)) values.push(value);
  }
  return values;
};
