/** Which properties hold secrets, by their names: for those that no table marks. */

const WORDS =
  'pass|pass(?:word|wd|phrase)|passwd|pw|pwd|secrets?|token|psk|keyring|credentials?|bearer|' +
  '(?:private|preshared|pre-shared|api|access|secret|client|application|account|encryption|master|wireless|wep|auth)[-_. ]?key';

const NAME = new RegExp(`(?:^|[^a-z])(?:${WORDS})(?:[^a-z]|$)|^key$`, 'i');

/** Whether a property of this name holds a secret: `password`, `secret_access_key`, `PrivateKey`. */
export const isSecretName = (name: string): boolean => NAME.test(name.replace(/([a-z])([A-Z])/g, '$1-$2'));

/**
 * A secret that stands inside a value behind its name: `password=x`, `"token": "x"`, `private-key x`. The value is the
 * second group, with its quotes and all that follows without a blank: a quote in a secret ends a quotation early.
 */
export const NAMED_SECRET = new RegExp(
  `((?<![A-Za-z])(?:[A-Za-z0-9]+[-_])*(?:${WORDS})(?:[-_][a-z0-9]+)*["']?(?:\\s*[=:]\\s*|\\s+))((?:"[^"]*"?|'[^']*'?|[^\\s"'])+)`,
  'gi',
);
