/** The part of Ajv's error objects (https://ajv.js.org/api.html#error-objects) that is read here. */
export interface AjvError {
  readonly keyword: string;
  /** JSON pointer to the value. */
  readonly instancePath: string;
  /** URI fragment that leads to the keyword in the schema. */
  readonly schemaPath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
  /** Set on errors from inside `propertyNames`. */
  readonly propertyName?: string;
}

export interface ValidateFunction {
  (data: unknown): boolean;
  errors?: readonly AjvError[] | null;
}
