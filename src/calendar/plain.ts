/** The spelling of nearly all schedules, known at a glance. */

const PLAIN = /^(?:(?:mon|tue|wed|thu|fri|sat|sun|\*-\*-(?:0[1-9]|1\d|2[0-8])) )?(?:[01]\d|2[0-3]):[0-5]\d$/;

/** A time of every day, of one weekday or of a day that each month has: a calendar event, in its canonical spelling. */
export const isPlainEvent = (text: string): boolean => PLAIN.test(text);
