/** Exporting from a host that we render: a file of its own below /etc/exports.d (exports(5), exportfs(8)). */
import type { Share } from '../model/topology.ts';
import type { ApplyStep } from './lowering.ts';
import { word } from './shell-words.ts';

/** @param file path of the exports file. @param lines what it holds, none where no address is known. */
export function exportCommands(
  file: string,
  shares: readonly Share[],
  lines: readonly string[],
): Required<Pick<ApplyStep, 'commands' | 'check' | 'undo'>> {
  return {
    commands: [
      ...shares.map(({ spec }) => `test -d ${word(spec.path)}`),
      [
        `exports=$(mktemp)${lines.length === 0 ? '' : ` && printf '%s\\n' ${lines.map(word).join(' ')} >"$exports"`} &&`,
        `  offsite_put "$exports" ${file} root:root 0644`,
        'rm -f "$exports"',
      ].join('\n'),
      'exportfs -ra',
    ],
    check: shares.map(({ exportPath }) => `exportfs -s | grep -F ${word(exportPath)}`),
    undo: [`offsite_put_back ${file}`, 'exportfs -ra'],
  };
}
