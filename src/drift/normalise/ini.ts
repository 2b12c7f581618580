/** INI files of rclone and of the AWS tools: sections in any order, of a key given twice the last. */
import { readRcloneConf } from '../../formats/rclone-conf/read.ts';
import type { Normaliser } from '../statement.ts';
import { lastOfEach, property, understood } from './build.ts';

export const ini: Normaliser = text => {
  const { remotes, errors } = readRcloneConf(text);
  const names = lastOfEach(remotes, ({ name }) => name);
  const statements = remotes.flatMap(({ name, settings }) =>
    settings.map(({ key, value, line }) => property(`[${name}]`, key, { value, line })),
  );
  return understood(
    names.map(({ name, line }) => ({ id: name, name: `[${name}]`, line })),
    lastOfEach(statements, ({ at }) => at),
    errors,
  );
};
