import manifest from '../package.json' with { type: 'json' };

/** Version of this compiler. The build puts the literal in place of this file. */
export const version: string = manifest.version;
