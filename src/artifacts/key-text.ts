/** What APPLY.md says of a private key that a host makes itself. */

/**
 * @param secret name of the key. @param owner what has the public half in the topology, with its article.
 * @param isDeclared it is there already.
 */
export const keyText = (secret: string, owner: string, isDeclared: boolean): string[] => [
  `The private key (\`${secret}\`) is made here and stays here. The command prints the public key: it must be the \`public_key\` of ${owner} in the topology.`,
  ...(isDeclared
    ? [
        'Its public half is declared, so the key exists: if this host has none, because it is new or another host made it, copy that key here first.',
      ]
    : []),
];
