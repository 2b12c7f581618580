/**
 * The year that stands for every other: there is no clock here. A common year with DST in which the 1st is a Sunday
 * three times. What runs only on 29 February, or in later years, is not seen; nothing is taken for earlier.
 */
export const REFERENCE_YEAR = 2026;
