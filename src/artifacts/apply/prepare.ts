/** The first and the last steps of a target: copy, packages, directories, users, secrets, and tidying up. */
import { shellWord } from '../../formats/shell/quote.ts';
import type { ApplyStep, Need, Withheld } from '../lowering.ts';

const word = (text: string): string => shellWord(text) ?? "''";

export function prepareSteps(
  target: string,
  needs: readonly Need[],
  withheld: readonly Withheld[],
  plain: boolean,
): ApplyStep[] {
  const steps: ApplyStep[] = [];
  const step = (
    order: number,
    title: string,
    text: string[],
    commands: string[],
    check: string[] = [],
    undo: string[] = [],
  ): void =>
    void steps.push({ target, phase: 'prepare', order, title, text, commands, check, undo, causes: [] });
  if (withheld.length > 0) {
    const list = [...new Set(withheld.map(one => `* \`${one.path}\`: ${one.how}`))].join('\n');
    step(
      5,
      'Values that are still pending',
      [
        'These files are withheld until the topology has the value; render and apply again then.',
        list,
        ...(withheld.some(({ path }) => path === '/etc/pve/storage.cfg')
          ? ['Jobs that write to a new storage wait too: the step that installs them stops until then.']
          : []),
      ],
      [],
    );
  }
  if (!plain)
    step(
      10,
      'Load the functions',
      [
        'Everything below is typed in this shell, in this directory. A command or a check that fails says so: `exit status 1: …`.',
      ],
      ['cd /root/offsite', '. ./apply-functions.sh'],
    );
  const { packages, users, directories, secrets } = sorted(needs);
  if (packages.length > 0) {
    if (plain)
      step(
        20,
        'Packages',
        [
          `Install these with the system's own package centre: ${packages.map(name => `\`${name}\``).join(', ')}.`,
        ],
        [],
      );
    else
      step(
        20,
        'Packages',
        [],
        [
          'apt-get update',
          // Packages such as postfix ask otherwise, and what is pasted behind would be the answer.
          `DEBIAN_FRONTEND=noninteractive apt-get install -y --no-upgrade ${packages.map(word).join(' ')}`,
        ],
      );
  }
  if (users.length > 0 && !plain) {
    step(
      30,
      'Users',
      [
        "Keys lie in the user's home below `/home`, and its shell runs what they allow. A user of the system that is there (`backup` is one) has another home or no shell: the check fails then, and the topology needs a user of its own.",
      ],
      users.map(
        name =>
          `id -u ${word(name)} >/dev/null 2>&1 || offsite_make ${word(`Unix user ${name}`)} useradd --create-home --shell /bin/sh ${word(name)}`,
      ),
      users.map(name => `getent passwd ${word(name)} | grep ${word(`:/home/${name}:.*sh$`)}`),
      users.map(name => `offsite_unmake ${word(`Unix user ${name}`)} userdel ${word(name)} # its home stays`),
    );
  }
  if (directories.length > 0) {
    step(
      40,
      'Directories',
      [],
      directories.map(one => {
        const name = word(one.name);
        const make = plain
          ? `mkdir -p ${name} && chmod ${one.mode} ${name}`
          : `install -d -m ${one.mode} -o ${one.owner} -g ${one.group} ${name}`;
        // One that others use too, such as /tmp, keeps what it has.
        return one.mode === '0700' ? make : `test -d ${name} || ${plain ? `{ ${make}; }` : make}`;
      }),
    );
  }
  if (secrets.length > 0) steps.push(secretsStep(target, secrets, plain));
  return steps;
}

function secretsStep(target: string, secrets: readonly Secret[], plain: boolean): ApplyStep {
  const byName = new Map<string, string[]>();
  for (const { name, what, placed, typed } of secrets) {
    const use = `${what}; ${typed ? 'typed when its step asks for it, and ' : ''}ends up in \`${placed}\``;
    const uses = byName.get(name);
    if (uses === undefined) byName.set(name, [use]);
    else if (!uses.includes(use)) uses.push(use);
  }
  const names = [...byName.keys()].sort();
  const list = names.map(name => `* \`${name}\`: ${byName.get(name)?.join('. ')}`).join('\n');
  const asked = new Set(secrets.filter(({ typed }) => typed === undefined).map(({ name }) => name));
  return {
    target,
    phase: 'prepare',
    order: 60,
    title: 'Secrets to have at hand',
    text: [
      'Secrets are never in the repository. What is needed here, and where it ends up:',
      list,
      ...(plain
        ? ['Each goes into a file for root alone, as the step that needs it says.']
        : [
            'Each is asked for once and lies in `/root/offsite-secrets` until the last step. Enter those that exist already; one that a later step makes (a new token) is left out with an empty line, and asked for by `offsite_secret NAME` then.',
          ]),
    ],
    commands: plain
      ? ['mkdir -p /root/offsite-secrets && chmod 0700 /root/offsite-secrets']
      : secretCommands(names.filter(name => asked.has(name))),
    causes: [],
  };
}

/** One command: a line that is pasted behind it would be taken for a secret. */
function secretCommands(names: readonly string[]): string[] {
  const lines = names.filter(isLine).map(word);
  return lines.length === 0 ? [] : [`offsite_secret ${lines.join(' ')}`];
}

/** Key files are not typed: the step that needs them says how they are made or copied. */
const isLine = (name: string): boolean => !name.endsWith('.key');

export function finishSteps(target: string, hasSecrets: boolean): ApplyStep[] {
  if (!hasSecrets) return [];
  return [
    {
      target,
      phase: 'finish',
      order: 90,
      title: 'Remove the secrets from the working directory',
      text: ['Only when everything above works: the programs have their own copies now.'],
      commands: ['rm -rf /root/offsite-secrets'],
      causes: [],
    },
  ];
}

type Directory = Extract<Need, { kind: 'directory' }>;
type Secret = Extract<Need, { kind: 'secret' }>;

interface Sorted {
  readonly packages: readonly string[];
  readonly users: readonly string[];
  readonly directories: readonly Directory[];
  /** In the order in which they are needed. */
  readonly secrets: readonly Secret[];
}

/** Each once; of a directory that is needed with several modes the last. */
function sorted(needs: readonly Need[]): Sorted {
  const packages = new Set<string>();
  const users = new Set<string>();
  const directories = new Map<string, Directory>();
  const secrets: Secret[] = [];
  for (const need of needs) {
    if (need.kind === 'package') {
      if (need.byStep === undefined) packages.add(need.name);
    } else if (need.kind === 'user') users.add(need.name);
    else if (need.kind === 'directory') directories.set(need.name, need);
    else secrets.push(need);
  }
  return {
    packages: [...packages].sort(),
    users: [...users].sort(),
    directories: [...directories.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    secrets,
  };
}
