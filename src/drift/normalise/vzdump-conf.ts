/** vzdump.conf: of a key given twice the last counts; keys that are not rendered belong to the host. */
import { readVzdumpConf } from '../../formats/key-value/vzdump-conf.ts';
import { vzdumpRunProperties } from '../../proxmox/pve-vzdump.ts';
import type { Normaliser } from '../statement.ts';
import { lastOfEach, property, understood } from './build.ts';
import { pveMeaning } from './pve-sections.ts';

/** What is no word is none of vzdump's keys, and may be a line of anything. */
const isWord = ({ key }: { readonly key: string }): boolean => /^[a-z][a-z-]*$/.test(key);

export const vzdumpConf: Normaliser = text => {
  const { entries, errors, hazards } = readVzdumpConf(text);
  return understood(
    [],
    lastOfEach(entries.filter(isWord), ({ key }) => key).map(({ key, value, line }) => {
      const schema = Object.hasOwn(vzdumpRunProperties, key) ? vzdumpRunProperties[key] : undefined;
      return property('', key, { value, meaning: pveMeaning('jobs.cfg', key, value, schema), line });
    }),
    [...errors, ...hazards],
  );
};
