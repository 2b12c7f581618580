/** SSH public keys as text: type and base64 blob (RFC 4253 §6.6; the blob starts with its own type). */

/** Types that OpenSSH 9 accepts by default for user and host keys, certificates aside. */
export const KEY_TYPES: ReadonlySet<string> = new Set([
  'ssh-ed25519',
  'ssh-rsa',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'sk-ssh-ed25519@openssh.com',
  'sk-ecdsa-sha2-nistp256@openssh.com',
]);

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Why sshd would not take the key; undefined when it would. The key material itself is not judged beyond its frame. */
export function keyProblem(type: string, blob: string): string | undefined {
  if (!KEY_TYPES.has(type)) return `unknown key type "${type}"`;
  if (blob === '' || !BASE64.test(blob)) return 'the key is not base64';
  const bytes = Buffer.from(blob, 'base64');
  let at = 0;
  let fields = 0;
  let first = '';
  while (at + 4 <= bytes.length) {
    const end = at + 4 + bytes.readUInt32BE(at);
    if (end > bytes.length) return 'the key is cut off';
    if (fields++ === 0) first = bytes.toString('latin1', at + 4, end);
    at = end;
  }
  if (at !== bytes.length || fields < 2) return 'the key is cut off';
  return first === type ? undefined : `the key is of type "${first}", not "${type}"`;
}
