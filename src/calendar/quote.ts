const maxQuoted = 80;

/** A value of the user inside a message: in double quotes, on one line whatever it holds, and not too long. */
export const quoted = (value: string): string =>
  JSON.stringify(value.length > maxQuoted ? `${value.slice(0, maxQuoted)}…` : value).replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
