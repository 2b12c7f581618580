export interface JsonToken {
  readonly kind: '{' | '}' | '[' | ']' | ':' | ',' | 'string' | 'scalar' | 'bad' | 'end';
  readonly json: string;
  readonly line: number;
}

/** RFC 8259 §2, §3, §6, §7; line breaks stand in white space only. */
const BLANK = /[ \t\r\n]*/y;
const TOKEN =
  /([{}[\]:,])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![A-Za-z0-9_.+-])/y;

/** The tokens of a JSON text; ends with `end`, or with the first piece that is no token as `bad`. */
export function* tokens(text: string): Generator<JsonToken> {
  let at = 0;
  let line = 1;
  for (;;) {
    BLANK.lastIndex = at;
    const blank = BLANK.exec(text)?.[0] ?? '';
    for (const character of blank) if (character === '\n') line++;
    at += blank.length;
    if (at >= text.length) {
      yield { kind: 'end', json: '', line };
      return;
    }
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (found === null) {
      yield { kind: 'bad', json: JSON.stringify(text.slice(at, at + 20)), line };
      return;
    }
    const [json, mark, string] = found;
    const kind =
      mark === undefined ? (string === undefined ? 'scalar' : 'string') : (mark as JsonToken['kind']);
    at += json.length;
    yield { kind, json, line };
  }
}
