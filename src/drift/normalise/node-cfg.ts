/** PBS's node.cfg: of a key given twice the last counts; the description is free text and not compared. */
import { readNodeCfg } from '../../formats/key-value/node-cfg.ts';
import { FLAT, pbsProperty, pbsSection } from '../../proxmox/pbs-files.ts';
import type { Normaliser } from '../statement.ts';
import { lastOfEach, property, understood } from './build.ts';
import { pbsMeaning } from './pbs-sections.ts';

export const nodeCfg: Normaliser = text => {
  const { entries, errors, hazards } = readNodeCfg(text);
  const table = pbsSection('node.cfg', FLAT);
  return understood(
    [],
    lastOfEach(entries, ({ key }) => key).map(({ key, value, line }) => {
      const schema = table === undefined ? undefined : pbsProperty(table, key);
      const meaning = schema === undefined ? value : pbsMeaning(schema, value);
      return property('', key, { value, meaning, line, secret: schema?.secret === true });
    }),
    [
      ...errors.map(({ line, message }) => ({ line, message: `PBS cannot read the whole file: ${message}` })),
      ...hazards,
    ],
  );
};
