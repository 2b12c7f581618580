/** authorized_keys: the keys of our block, known by the key itself; the others are foreign. */
import { keyProblem } from '../../formats/authorized-keys/key.ts';
import { type AuthorizedKey, readAuthorizedKeys } from '../../formats/authorized-keys/read.ts';
import { blockOf } from '../block.ts';
import type { Normaliser, Section } from '../statement.ts';
import { lastOfEach, property, sortedList, understood } from './build.ts';

export const authorizedKeys: Normaliser = text => {
  const { lines, keys, errors } = readAuthorizedKeys(text);
  const isOurs = blockOf(lines);
  const sound = keys.filter(({ type, key }) => keyProblem(type, key) === undefined);
  const ours = lastOfEach(
    sound.filter(({ line }) => isOurs(line)),
    ({ key }) => key,
  );
  return understood(
    ours.map(sectionOf),
    ours.flatMap(one =>
      one.options.map(({ name, value }) => {
        const option = name.toLowerCase();
        const meaning = option === 'from' ? sortedList((value ?? '').split(',')) : value;
        return property(sectionOf(one).name, option, {
          value: value ?? '',
          meaning: meaning ?? '',
          line: one.line,
        });
      }),
    ),
    errors,
    sound.filter(({ line }) => !isOurs(line)).map(sectionOf),
  );
};

const sectionOf = ({ type, key, line }: AuthorizedKey): Section => ({
  id: key,
  name: `${type} …${key.slice(-12)}`,
  line,
});
