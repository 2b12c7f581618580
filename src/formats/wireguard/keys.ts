export type SectionName = 'Interface' | 'Peer';
/** `words`: split at commas and blanks; `list`: at commas; `command`: repeated, verbatim; `single`: once. */
export type KeyKind = 'single' | 'words' | 'list' | 'command';

export interface WireguardKey {
  readonly name: string;
  readonly kind: KeyKind;
}

const table = (keys: Readonly<Record<string, KeyKind>>): ReadonlyMap<string, WireguardKey> =>
  new Map(Object.entries(keys).map(([name, kind]) => [name.toLowerCase(), { name, kind }]));

/** wg(8) CONFIGURATION FILE FORMAT and wg-quick(8) CONFIGURATION. */
const KEYS: Readonly<Record<SectionName, ReadonlyMap<string, WireguardKey>>> = {
  Interface: table({
    PrivateKey: 'single',
    ListenPort: 'single',
    FwMark: 'single',
    Address: 'words',
    MTU: 'single',
    DNS: 'words',
    Table: 'single',
    PreUp: 'command',
    PostUp: 'command',
    PreDown: 'command',
    PostDown: 'command',
    SaveConfig: 'single',
  }),
  Peer: table({
    PublicKey: 'single',
    PresharedKey: 'single',
    AllowedIPs: 'list',
    Endpoint: 'single',
    PersistentKeepalive: 'single',
  }),
};

/** The keys of a section by lower-case name: both programs ignore case. */
export const keysOf = (section: SectionName): ReadonlyMap<string, WireguardKey> => KEYS[section];
