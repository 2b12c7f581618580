/** sysctl.d files: of a key given twice the last counts. */
import { readSysctl, sysctlFacts } from '../../formats/sysctl/read.ts';
import type { Normaliser } from '../statement.ts';
import { lastOfEach, property, understood } from './build.ts';

export const sysctl: Normaliser = text => {
  const document = readSysctl(text);
  const last = lastOfEach(sysctlFacts(document), ({ at }) => at);
  return understood(
    [],
    last.map(({ at, value, line }) => property('', at, { value, meaning: value.replace(/\s+/g, ' '), line })),
    document.errors,
  );
};
