/** Reads a file of `key: value` lines with the strictness of the program that owns it. */
import type { ReadResult } from '../../artifacts/artifact.ts';
import type { Version } from '../../proxmox/version.ts';
import { facts, type KeyValueDocument } from './document.ts';
import { readNodeCfg } from './node-cfg.ts';
import { readVzdumpConf } from './vzdump-conf.ts';

export interface KeyValueOptions {
  readonly file: 'node.cfg' | 'vzdump.conf';
  readonly version?: Version;
}

/** Reads a text; never throws. */
export const readKeyValue = (text: string, { file, version }: KeyValueOptions): KeyValueDocument =>
  file === 'node.cfg' ? readNodeCfg(text, version) : readVzdumpConf(text, version);

/** Facts and errors at once, hazards counted as errors: what a rendered file must pass. */
export function readKeyValueFile(text: string, options: KeyValueOptions): ReadResult {
  const document = readKeyValue(text, options);
  return {
    facts: facts(document, options.file === 'node.cfg'),
    errors: [...document.errors, ...document.hazards],
  };
}
