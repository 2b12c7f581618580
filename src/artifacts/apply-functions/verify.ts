import type { ArtifactKind } from '../artifact.ts';

const DEFINITION = /^([a-z_]+)\(\) \{$/;

/** Names of the functions that a bash file defines. */
export const kind: ArtifactKind = {
  name: 'apply-functions',
  read(text) {
    const facts = text.split('\n').flatMap((content, index) => {
      const name = DEFINITION.exec(content)?.[1];
      return name === undefined ? [] : [{ at: 'function', value: name, line: index + 1 }];
    });
    return { facts, errors: [] };
  },
};
