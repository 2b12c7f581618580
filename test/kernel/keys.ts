import { generateKeyPairSync } from 'node:crypto';
import { topologyOf } from '../support/topology.ts';

interface KeyPair {
  readonly privateKey: string;
  readonly publicKey: string;
}

export interface Keyed {
  /** The topology with public keys that belong to the private ones. */
  readonly text: string;
  /** Private keys by public key. */
  readonly privateKeys: ReadonlyMap<string, string>;
}

/** A topology has public keys only. Gives it others, of which the private half is known. */
export function withOwnKeys(text: string): Keyed {
  const privateKeys = new Map<string, string>();
  let keyed = text;
  for (const tunnel of topologyOf(text).tunnels.values()) {
    for (const { publicKey } of tunnel.ends) {
      if (publicKey === undefined) continue;
      const pair = wireguardKeys();
      keyed = keyed.replaceAll(publicKey, pair.publicKey);
      privateKeys.set(pair.publicKey, pair.privateKey);
    }
  }
  return { text: keyed, privateKeys };
}

/** WireGuard's keys are those of X25519 in base64. */
export function wireguardKeys(): KeyPair {
  const { d, x } = generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' });
  const base64 = (text: string | undefined): string =>
    Buffer.from(text ?? '', 'base64url').toString('base64');
  return { privateKey: base64(d), publicKey: base64(x) };
}
