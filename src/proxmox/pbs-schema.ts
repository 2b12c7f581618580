/** Shape of the property tables of PBS's configuration files (`generated/pbs-schema.ts`). */

export type ValueFormat =
  | 'backend'
  | 's3-bucket'
  | 'human-byte'
  | 'calendar-event'
  | 'daily-duration'
  | 'group-filter'
  | 'dns-name'
  | 'http-proxy';

/** What a value must be like. Lengths count Unicode scalar values. */
export interface PbsValue {
  readonly type: 'string' | 'integer' | 'boolean' | 'array';
  /** Key into the table of patterns. */
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
  readonly enum?: readonly string[];
  readonly format?: ValueFormat;
  readonly forbiddenPrefixes?: readonly string[];
  readonly forbiddenSuffixes?: readonly string[];
  /** Of an array: what each of its lines holds. */
  readonly items?: PbsValue;
  /** Of a string that is a list separated by `,`, `;` or white space. */
  readonly listOf?: PbsValue;
  /** Of a string `key=value,key=value`. */
  readonly propertyString?: PbsPropertyString;
  /** The first version that knows this value, where it is younger than the property. */
  readonly valueSince?: Readonly<Record<string, string>>;
  /** The same for values that start with a word. */
  readonly prefixSince?: Readonly<Record<string, string>>;
}

export interface PbsPropertyString {
  /** The sub-key that may stand without `key=`. */
  readonly defaultKey?: string;
  readonly properties: Readonly<Record<string, PbsProperty>>;
}

export interface PbsProperty extends PbsValue {
  readonly optional: boolean;
  /** See `parseSince`. Sub-keys without one are as old as their property. */
  readonly since?: string;
  readonly optionalSince?: string;
  /** Effective default when the line is absent. */
  readonly default?: string | number | boolean;
  readonly secret?: boolean;
  /** Parsed but without effect, or not settable any more. */
  readonly deprecated?: boolean;
}

export interface PbsSection {
  /** Name of the property that stands in the header. */
  readonly idProperty?: string;
  readonly id?: PbsValue;
  readonly since: string;
  readonly properties: Readonly<Record<string, PbsProperty>>;
}

export interface PbsFile {
  readonly path: string;
  readonly owner: string;
  readonly group: string;
  readonly mode: string;
  readonly lock: string;
  readonly secrets: boolean;
  /** By section type; `node.cfg` has the one entry `(flat)`. */
  readonly sections: Readonly<Record<string, PbsSection>>;
}
