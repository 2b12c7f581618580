/**
 * Secrets by name. Rendered files hold placeholders only; while files are applied the values lie on the host, one file
 * per secret, and nowhere else.
 */

/** `base64` where the format wants it (`remote.cfg`), `plain` elsewhere. */
export type Encoding = 'plain' | 'base64';

/** Directory on each host for secrets while applying: root only, one line per file. */
export const SECRET_DIRECTORY = '/root/offsite-secrets';

/** What stands in a `fill/` file in place of a secret. Names are `[a-z][a-z0-9-]*`, for a part `NAME.access-key`. */
export const placeholder = (name: string, encoding: Encoding): string => `@@offsite:${name}:${encoding}@@`;

/** The file on the host that holds the secret while applying. */
export const secretFile = (name: string): string => `${SECRET_DIRECTORY}/${name}`;

/** Names of the two parts of an S3 key pair. */
export const s3KeyNames = (name: string): { readonly accessKey: string; readonly secretKey: string } => ({
  accessKey: `${name}.access-key`,
  secretKey: `${name}.secret-key`,
});

const PLACEHOLDER = /@@offsite:[a-z0-9.-]+:(plain|base64)@@/g;

/** The text as it reads once secrets are filled in, with values of the right form: for readers that judge values. */
export const withDummySecrets = (text: string): string =>
  text.includes('@@offsite:')
    ? text.replace(PLACEHOLDER, (_, encoding) => (encoding === 'base64' ? 'ZHVtbXk=' : 'dummy'))
    : text;
