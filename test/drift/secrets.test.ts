import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { humanDrift } from '../../src/drift/human.ts';
import { placed } from '../../src/drift/place.ts';
import { isSecretName } from '../../src/drift/secret-names.ts';
import { driftOf, SAMPLES, type SampleName, sshKey } from './support.ts';

/** Live texts with a secret in them, as whole files or behind the sample: `S` is the secret. */
const LIVE: readonly (readonly [sample: SampleName, what: string, live: (secret: string) => string])[] = [
  ['remote', 'a password', S => SAMPLES.remote.text.replace(/@@.*@@/, S)],
  ['remote', 'a password twice', S => SAMPLES.remote.text.replace(/@@.*@@/, () => `${S}\n\tpassword ${S}`)],
  ['remote', 'a password of another section', S => `remote: own\n\tpassword ${S}\n\thost x\n`],
  ['remote', 'a password in a section of an unknown type', S => `own: own\n\tpassword ${S}\n`],
  ['remote', 'a password outside of any section', S => `password ${S}\n`],
  ['remote', 'a password without its name', S => SAMPLES.remote.text.replace(/\tpassword .*/, S)],
  [
    'sync',
    'a property that is not known there',
    S => SAMPLES.sync.text.replace('remote home', () => `password ${S}`),
  ],
  [
    'storage',
    'a password',
    S => SAMPLES.storage.text.replace('\toptions', () => `\tpassword ${S}\n\toptions`),
  ],
  [
    'storage',
    'a password in mount options',
    S => SAMPLES.storage.text.replace('hard', () => `password=${S}`),
  ],
  ['storage', 'a keyring', S => SAMPLES.storage.text.replace('\toptions', () => `\tkeyring ${S}\n\toptions`)],
  ['storage', 'a foreign password', S => `${SAMPLES.storage.text}cifs: own\n\tserver a\n\tpassword ${S}\n\n`],
  ['storage', 'without its name', S => SAMPLES.storage.text.replace('\toptions', () => `${S}\n\toptions`)],
  ['vzdump', 'no line of its own', S => `tmpdir: /tmp\npassword=${S}\n`],
  [
    'wireguard',
    'a private key',
    S => SAMPLES.wireguard.text.replace('ListenPort', () => `PrivateKey = ${S}\nListenPort`),
  ],
  [
    'wireguard',
    'in other letters',
    S => SAMPLES.wireguard.text.replace('ListenPort', () => `privatekey=${S} # x\nListenPort`),
  ],
  ['wireguard', 'before any section', S => `PrivateKey = ${S}\n${SAMPLES.wireguard.text}`],
  [
    'wireguard',
    'without =',
    S => SAMPLES.wireguard.text.replace('ListenPort', () => `PrivateKey ${S}\nListenPort`),
  ],
  [
    'wireguard',
    'misspelt',
    S => SAMPLES.wireguard.text.replace('ListenPort', () => `PrivtKy = ${S}\nListenPort`),
  ],
  [
    'wireguard',
    'a preshared key',
    S => SAMPLES.wireguard.text.replace('Endpoint', () => `PresharedKey = ${S}\nEndpoint`),
  ],
  [
    'wireguard',
    'in a command',
    S => SAMPLES.wireguard.text.replace('/etc/wireguard/keys/%i.key', () => `<(echo ${S})`),
  ],
  ['rclone', 'a password', S => SAMPLES.rclone.text.replace('env_auth = true', () => `pass = ${S}`)],
  ['rclone', 'a key', S => SAMPLES.rclone.text.replace('env_auth = true', () => `secret_access_key = ${S}`)],
  [
    'rclone',
    'a token',
    S => SAMPLES.rclone.text.replace('env_auth = true', () => `token = {"access_token":"${S}"}`),
  ],
  ['rclone', 'no key = value', S => `${SAMPLES.rclone.text}pass ${S}\n`],
  ['aws', 'keys', S => `[default]\naws_access_key_id = ${S}\nother = ${S}\n`],
  ['fstab', 'in our block', S => SAMPLES.fstab.text.replace('nofail', () => `password=${S}`)],
  ['fstab', 'elsewhere', S => `//a/b /c cifs user=x,password=${S} 0 0\n${SAMPLES.fstab.text}`],
  ['fstab', 'at a wrong place', S => SAMPLES.fstab.text.replace('0 2', () => `0 2 password=${S}`)],
  ['routes', 'a wireless key', S => `${SAMPLES.routes.text}\twpa-psk ${S}\n`],
  ['routes', 'in no stanza', S => `wpa-psk ${S}\n${SAMPLES.routes.text}`],
  ['unit', 'in the environment', S => SAMPLES.unit.text.replace('A=1', () => `PBS_PASSWORD=${S}`)],
  ['unit', 'a credential', S => `${SAMPLES.unit.text}SetCredential=x:${S}\n`],
  ['unit', 'no setting', S => `${SAMPLES.unit.text}${S.replace(/[=:](?!$)/g, '')}\n`],
  ['script', 'an assignment', S => SAMPLES.script.text.replace("FLOW='x'", () => `PBS_PASSWORD='${S}'`)],
  ['script', 'an export', S => SAMPLES.script.text.replace('say start', () => `export PBS_PASSWORD="${S}"`)],
  ['script', 'in a header', S => SAMPLES.script.text.replace('say start', () => `curl -H "X-Token: ${S}"`)],
  [
    'keys',
    'in the environment of a key',
    S => SAMPLES.keys.text.replace('restrict', () => `environment="TOKEN=${S}"`),
  ],
  [
    'keys',
    'behind a quote that ends the environment early',
    S => SAMPLES.keys.text.replace('restrict', () => `environment="TOKEN=",${S}"`),
  ],
  ['keys', 'instead of a key', S => `# BEGIN offsite\nssh-ed25519 ${S}\n# END offsite\n`],
  ['known', 'a second word', S => `password ${S} ${sshKey(1)}\n`],
];

/** Characters of passwords; no blanks and line ends, which would make something else of it. */
const secrets = fc.string({
  unit: fc.constantFrom(
    ...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/=!$%&*(){}<>?.,;:\'"#@_-',
  ),
  minLength: 16,
  maxLength: 48,
});
const base64 = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map(bytes => Buffer.from(bytes).toString('base64'));

/** Everything that is printed in any format. */
function printed(sample: SampleName, live: string): string {
  const report = driftOf(SAMPLES[sample], live);
  const targets = placed([{ target: 'host', files: [report] }], { file: 'topology.yaml', text: '' });
  return JSON.stringify(targets) + humanDrift(targets, { sourceLines: [], verbose: true, quiet: false });
}

describe('secrets of live files are never printed', () => {
  test.each(LIVE)('%s: %s', (sample, _, live) => {
    fc.assert(
      fc.property(fc.oneof(secrets, base64), secret => {
        const output = printed(sample, live(secret));
        // A part of a secret tells as much; the rendered file is public.
        for (let at = 0; at + 10 <= secret.length; at++) {
          const part = secret.slice(at, at + 10);
          expect(output).not.toContain(part);
          expect(output).not.toContain(JSON.stringify(part).slice(1, -1));
        }
      }),
      { numRuns: 60, examples: [["x'aaaaaaaaaaaaaaaa"], ['x"aaaaaaaaaaaaaaaa'], ['aaaaaaaaaaaaaaa=']] },
    );
  });
});

test('what is the same in the rendered file is shown', () => {
  const live = SAMPLES.wireguard.text.replace('keys/%i.key', 'keys/own.key');
  expect(printed('wireguard', live)).toContain('wg set %i private-key /etc/wireguard/keys/%i.key');
});

describe('names of secrets', () => {
  test.each(
    'password PrivateKey PresharedKey secret-key secret_access_key access-key aws_access_key_id token client_secret pass passwd keyring encryption-key wpa-psk api_key PBS_PASSWORD SetCredential key smtp_sasl_password'.split(
      ' ',
    ),
  )('%s', name => expect(isSecretName(name)).toBe(true));
  test.each(
    'PublicKey schedule path keep-last compass passive monkey keepalive AllowedIPs comment auth-id username fingerprint'.split(
      ' ',
    ),
  )('not %s', name => expect(isSecretName(name)).toBe(false));
});
