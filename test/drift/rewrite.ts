/** Live spellings of rendered texts: the same meaning, in whatever order and layout. */
import { readPbsAcl } from '../../src/formats/pbs-acl/read.ts';
import { writePbsAcl } from '../../src/formats/pbs-acl/write.ts';
import { readPbsSections } from '../../src/formats/pbs-sections/read.ts';
import { writePbsSections } from '../../src/formats/pbs-sections/write.ts';
import { readPveSections } from '../../src/formats/pve-sections/read.ts';
import { writePveSections } from '../../src/formats/pve-sections/write.ts';

/** A source of choices: `below(n)` gives 0 to n-1. */
export interface Chance {
  below(limit: number): number;
}

/** A linear congruential generator (Numerical Recipes): the same seed, the same rewriting. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  return {
    below(limit) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * limit);
    },
  };
}

function shuffled<T>(list: readonly T[], chance: Chance): T[] {
  const result = [...list];
  for (let last = result.length - 1; last > 0; last--) {
    const other = chance.below(last + 1);
    [result[last], result[other]] = [result[other]!, result[last]!];
  }
  return result;
}

type Rewrite = (text: string, chance: Chance, file: string) => string;

const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  true: ['true', '1', 'on', 'YES'],
  false: ['false', '0', 'Off', 'no'],
};

const pbsSections: Rewrite = (text, chance, file) => {
  const { sections } = readPbsSections(text, { file });
  const order = shuffled(sections, chance);
  if (chance.below(3) === 0) return writePbsSections(order, { file, edited: true });
  return order
    .map(({ type, id, properties }) => {
      const lines = shuffled(properties, chance).map(({ key, value }) => {
        const words = SPELLINGS[value];
        const said =
          words === undefined
            ? value.replace(/^(\d+) ([KMGT]iB)$/, '$1$2')
            : words[chance.below(words.length)]!;
        return `${[' ', '\t', '\t  '][chance.below(3)]}${key}${' '.repeat(1 + chance.below(3))}${said}\n`;
      });
      return `${type}:${' '.repeat(chance.below(3))}${id}\n${lines.join('')}`;
    })
    .join(chance.below(2) === 0 ? '\n' : ' \n\n');
};

const pbsAcl: Rewrite = (text, chance) => {
  const { entries } = readPbsAcl(text);
  if (chance.below(3) === 0) return writePbsAcl(entries);
  const lines = entries.flatMap(({ propagate, path, authIds, roles }) =>
    authIds.flatMap(authId => roles.map(role => `acl:${propagate ? 1 : 0}:${path}:${authId}:${role}\n`)),
  );
  return shuffled(lines, chance).join(chance.below(2) === 0 ? '' : '\n');
};

const pveSections: Rewrite = (text, chance, file) => {
  const { sections } = readPveSections(text, { file });
  const order = shuffled(sections, chance).map(section => ({
    ...section,
    properties: shuffled(section.properties, chance).map(({ key, value }) => ({
      key,
      value:
        key === 'content' || key === 'nodes' || key === 'exclude'
          ? shuffled(value.split(','), chance).join(',')
          : value,
    })),
  }));
  const foreign = 'zfspool: own-pool\n\tpool rpool/data\n\tcontent images,rootdir\n\n';
  const own = file === 'storage.cfg' ? foreign : '';
  if (chance.below(2) === 0) return writePveSections(order, file) + own;
  return (
    own +
    order
      .map(({ type, id, properties }) => {
        const lines = properties.map(({ key, value }) => `  ${key}   ${value}  \n`);
        return `# by hand\n${type}: ${id}\n${lines.join('  # inside\n')}\n`;
      })
      .join('\n')
  );
};

const wireguard: Rewrite = (text, chance) => {
  const [head = '', ...peers] = text.split(/^(?=\[Peer\])/m);
  return [head, ...shuffled(peers, chance)]
    .join('')
    .replace(
      /^AllowedIPs = (.*)$/gm,
      (_, list: string) => `allowedips=${shuffled(list.split(', '), chance).join(',')} # x`,
    )
    .replace(/^(\w+) = /gm, chance.below(2) === 0 ? '$1=' : '  $1  =  ');
};

const fstab: Rewrite = (text, chance) => {
  const options = text.replace(/^(\S+) (\/\S+) (\S+) (\S+)/gm, (_, source, mountpoint, type, list: string) =>
    [source, mountpoint, type, shuffled(list.split(','), chance).join(',')].join('\t'),
  );
  return `# /etc/fstab\nUUID=00 / ext4 defaults 0 1\n${options}\nUUID=01 none swap sw 0 0\n`;
};

/** Blank lines and comments between the lines; blanks at their ends. */
const spaced =
  (blanks: string): Rewrite =>
  (text, chance) =>
    text
      .split('\n')
      .map(line => (chance.below(3) === 0 && line !== '' ? `${line}${blanks}\n\n# own comment` : line))
      .join('\n');

const lines: Rewrite = (text, chance) => `${shuffled(text.split('\n'), chance).join('\n')}\n`;

const units: Rewrite = (text, chance) => {
  const [head = '', ...sections] = text.split(/^(?=\[)/m);
  return [head, ...shuffled(sections, chance)]
    .join('\n')
    .replace(/^([A-Za-z]+)=/gm, chance.below(2) === 0 ? '$1 = ' : '$1=');
};

const ini: Rewrite = (text, chance) => {
  const [head = '', ...sections] = text.split(/^(?=\[)/m);
  return [head, ...shuffled(sections, chance)].join('\n');
};

const BY_KIND: Readonly<Record<string, Rewrite>> = {
  'authorized-keys': (text, chance, file) =>
    `ssh-rsa own\n${spaced(' ')(text, chance, file)}`.replace('ssh-rsa own\n', '# own\n'),
  fstab,
  'gateway-sysctl': lines,
  'known-hosts': lines,
  'pbs-acl': pbsAcl,
  'pve-jobs': pveSections,
  'pve-storage': pveSections,
  'rclone-conf': ini,
  'static-routes': spaced('  '),
  'vzdump-conf': (text, chance, file) => `ionice: 5\n${lines(text, chance, file)}`,
  wireguard,
};

/** The text as somebody or some program may have left it. */
export function rewritten(kind: string, path: string, text: string, chance: Chance): string {
  const file = path.slice(path.lastIndexOf('/') + 1);
  const rewrite = Object.hasOwn(BY_KIND, kind) ? BY_KIND[kind]! : undefined;
  if (rewrite !== undefined) return rewrite(text, chance, file);
  if (/^\/etc\/(?:proxmox-backup|pve)\//.test(path) && file.endsWith('.cfg') && file !== 'node.cfg') {
    return pbsSections(text, chance, path.includes('/priv/') ? 'notifications-priv.cfg' : file);
  }
  if (/\.(?:service|timer|mount)(?:\.d\/[^/]+)?$/.test(path)) return units(text, chance, file);
  return text;
}
