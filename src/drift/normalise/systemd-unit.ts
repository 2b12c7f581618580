/**
 * systemd units: sections merge, an empty assignment resets what stood before it, lists of units and paths may be split
 * over lines, commands run in their order.
 */
import { readUnit, type UnitSetting } from '../../formats/systemd-unit/read.ts';
import { parseBoolean } from '../../proxmox/plain-text.ts';
import type { Normaliser, Statement } from '../statement.ts';
import { property, singleBlanks, understood, wordOf } from './build.ts';

/** Settings that are a list of names, joined over all assignments (systemd.unit(5), systemd.exec(5)). */
const LISTS =
  /^(?:After|Before|Requires|Wants|BindsTo|PartOf|Requisite|Upholds|Conflicts|OnFailure|OnSuccess|WantedBy|RequiredBy|Also|Alias|RequiresMountsFor|WantsMountsFor|ReadWritePaths|ReadOnlyPaths|InaccessiblePaths)$/;
/** Settings that repeat (systemd.timer(5), systemd.unit(5)); of all others the last assignment counts. */
const REPEATED =
  /^(?:On[A-Z]\w*|Environment(?:File)?|Condition\w+|Assert\w+|Documentation|(?:Load|Set)Credential\w*|ListenStream)$/;

export const systemdUnit: Normaliser = text => {
  const { settings, errors } = readUnit(text);
  const places = new Map<string, UnitSetting[]>();
  for (const setting of settings) {
    const at = `${wordOf(setting.section)}/${nameOf(setting)}`;
    const before = places.get(at);
    // What stood before a reset is void; the reset itself stays, as it voids other files too.
    if (before === undefined || setting.value === '') places.set(at, [setting]);
    else before.push(setting);
  }
  return understood(
    [],
    [...places].flatMap(([at, given]) => statementsOf(at, given)),
    errors,
  );
};

/** What stands before a final `=` may be a key in base64 on a line of its own: only what looks like a directive is shown. */
const nameOf = ({ key, value }: UnitSetting): string =>
  value === '' && !/^[A-Z][A-Za-z]{1,29}$/.test(key) ? '…' : wordOf(key);

function statementsOf(at: string, given: readonly UnitSetting[]): readonly Statement[] {
  const key = given[0]?.key ?? '';
  const say = ({ value, line }: Pick<UnitSetting, 'value' | 'line'>): Statement =>
    property('', at, { value, meaning: meaningOf(value), line });
  if (LISTS.test(key)) return given.flatMap(words).map(say);
  if (key.startsWith('Exec')) return given.map(one => ({ ...say(one), ordered: true as const }));
  return (REPEATED.test(key) ? given : given.slice(-1)).map(say);
}

const words = ({ value, line }: UnitSetting): readonly { value: string; line: number }[] =>
  value === '' ? [{ value, line }] : value.split(/[ \t]+/).map(word => ({ value: word, line }));

function meaningOf(value: string): string {
  const on = parseBoolean(value);
  return on === undefined ? singleBlanks(value) : String(on);
}
