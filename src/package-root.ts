import { dirname } from 'node:path';

/** Directory of the installed package. This file and the bundles in `dist/` are equally deep below it. */
export const packageRoot: string = dirname(import.meta.dirname);
