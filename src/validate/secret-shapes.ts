/** A kind of secret that can be told from its form alone. */
export interface SecretShape {
  /** Named in the message: “this looks like …”. */
  readonly what: string;
  readonly pattern: RegExp;
}

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/** Unmistakable wherever they stand, in comments as well: looked for in the text of the file. */
export interface TextShape extends SecretShape {
  /** Every match holds one of these: to look for it is cheaper than the pattern, and most texts have none. */
  readonly hints: readonly string[];
  /** What to do, where no field takes the name of such a secret. */
  readonly help?: string;
}

export const TEXT_SHAPES: readonly TextShape[] = [
  {
    what: 'a private key',
    hints: ['-----BEGIN '],
    pattern: /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g,
  },
  {
    what: 'an OpenSSH private key',
    hints: ['b3BlbnNzaC1rZXktdjE'],
    pattern: /b3BlbnNzaC1rZXktdjE[A-Za-z0-9+/=]*/g,
  },
  {
    what: 'an age secret key',
    hints: ['Y-1', 'y-1', 'Q-1', 'q-1'],
    pattern: /AGE-SECRET-KEY-(?:PQ-)?1[0-9A-Z]{20,}/gi,
  },
  {
    what: 'the secret of an API token',
    hints: ['!'],
    pattern: new RegExp(`![A-Za-z0-9_][A-Za-z0-9._-]{0,63}[:=]${UUID}`, 'gi'),
  },
  {
    what: 'an access token of GitHub',
    hints: ['gho_', 'ghp_', 'ghs_', 'ghu_', 'ghr_', 'github_pat_'],
    pattern: /\b(?:gh[opsur]_[A-Za-z0-9]{36}|github_pat_\w{22,})/g,
  },
  { what: 'a URL with a password', hints: ['://'], pattern: /:\/\/[^\s/:@"'#]{1,64}:[^\s/@"'#]{1,128}@/g },
  {
    what: 'the URL of a chat, with the secret in it',
    hints: ['hooks.slack.com/', '.com/api/webhooks/', '.webhook.office.com/', 'api.telegram.org/bot'],
    pattern:
      /\b(?:hooks\.slack\.com\/[a-z]{1,20}\/[A-Za-z0-9/]{20,}|discord(?:app)?\.com\/api\/webhooks\/[0-9]{10,}\/[\w-]{20,}|[a-z0-9-]{1,60}\.webhook\.office\.com\/[\w@/-]{30,}|api\.telegram\.org\/bot[0-9]{6,}(?::|%3A)[\w-]{30,})/g,
    help: 'let a relay of yours take the message, with its token as `secret`, and pass it on; replace the URL if this file was ever committed',
  },
  {
    what: 'a key of an S3 account with its secret',
    hints: ['AKIA', 'ASIA'],
    pattern: /\bA[KS]IA[A-Z0-9]{16}[:=,; ]+[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=])/g,
  },
];

/** Whole values. They resemble other things, so the schema can exempt a field with `x-public-key`. */
export const VALUE_SHAPES: readonly SecretShape[] = [
  { what: 'a WireGuard private or preshared key', pattern: /^[A-Za-z0-9+/]{43}=$/ },
  // 40 characters of base64 with all three classes; not a hexadecimal digest, and not a path.
  {
    what: 'the secret key of an S3 account',
    pattern: /^(?!\/)(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[A-Za-z0-9+/]{40}$/,
  },
  { what: 'a password hash', pattern: /^\$(?:1|2[abxy]|5|6|7|y|argon2id?)\$/ },
];

/** In a field that holds the name of a secret, a UUID is the secret itself. */
export const SECRET_UUID: SecretShape = {
  what: 'the secret of an API token',
  pattern: new RegExp(`^${UUID}$`, 'i'),
};

/** No shape of `VALUE_SHAPES` or `SECRET_UUID` is shorter; most values are. */
export const SHORTEST = 20;
