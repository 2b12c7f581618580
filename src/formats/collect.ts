/** Facts that are told one by one, as a list. */
import { placeOf, type ReadFact, type TakeFound } from '../artifacts/artifact.ts';

export function collectFacts(tell: (take: TakeFound) => void): ReadFact[] {
  const facts: ReadFact[] = [];
  tell((section, key, count, value, line) => {
    facts.push({ at: placeOf(section, key, count), value, line });
  });
  return facts;
}
