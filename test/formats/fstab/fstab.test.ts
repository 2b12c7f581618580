import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fstabField, fstabOption } from '../../../src/formats/fstab/quote.ts';
import { fstabFacts, readFstab } from '../../../src/formats/fstab/read.ts';
import { hasTool, holdsForAnyText, hostileString, messages, pairs } from '../hostile.ts';

const SAMPLE = `# root
UUID=1 / ext4 errors=remount-ro 0 1
# BEGIN offsite (generated)
10.20.50.10:/volume1/vzdump\t/mnt/vzdump nfs4 vers=4.1,hard,_netdev 0 0
/mnt/vzdump/a\\040b /srv/a\\134b none bind,nofail
# END offsite
UUID=2 none swap sw 0 0
UUID=3 none swap sw 0 0 # second
`;

describe('readFstab', () => {
  it('reads fields, escapes, the block and defaults', () => {
    const doc = readFstab(SAMPLE);
    expect(doc.errors).toEqual([]);
    expect(doc.block).toEqual({ begin: 3, end: 6 });
    expect(doc.entries.map(e => `${e.line} ${e.marked} ${e.mountpoint}`)).toEqual([
      '2 false /',
      '4 true /mnt/vzdump',
      '5 true /srv/a\\b',
      '7 false none',
      '8 false none',
    ]);
    expect(pairs(fstabFacts(doc)).slice(10, 21)).toEqual([
      'fstab /srv/a\\b/source=/mnt/vzdump/a b',
      'fstab /srv/a\\b/type=none',
      'fstab /srv/a\\b/options=bind,nofail',
      'fstab /srv/a\\b/dump=0',
      'fstab /srv/a\\b/pass=0',
      'fstab none/source=UUID=2',
      'fstab none/type=swap',
      'fstab none/options=sw',
      'fstab none/dump=0',
      'fstab none/pass=0',
      'fstab none[1]/source=UUID=3',
    ]);
  });

  it.each([
    ['a /b ext4', '1: 3 fields where fstab has six'],
    ['a /b ext4 rw 0 0 x', '1: "x" after the sixth field: a blank inside a field is written \\040'],
    ['a /b ext4 rw x 0', '1: "x" where a number is expected'],
    ['a b ext4 rw 0 0', '1: mount point "b" is not an absolute path'],
    ['a\\043 /b ext4 rw 0 0', '1: "\\043" in "a\\043" is read differently by mount and by systemd'],
    ['a\\\\ /b ext4 rw 0 0', '1: "\\" in "a\\\\" is read differently by mount and by systemd'],
    ['a /b ext4 rw 0 0\r', '1: a control character ends up in a field'],
    ['a /b ext4 rw 0 0\nc /b ext4 rw 0 0', '2: mount point "/b" stands in line 1 already'],
    ['# BEGIN offsite\n', '1: "# BEGIN offsite" without "# END offsite"'],
    ['# END offsite', '1: "# END offsite" without "# BEGIN offsite"'],
    ['# BEGIN offsite\n# END offsite\n# BEGIN offsite\n# END offsite', '3: a second "# BEGIN offsite"'],
  ])('%j: %s', (text, message) => {
    expect(messages(readFstab(text).errors)).toContain(message);
  });

  it('takes any text', () => {
    holdsForAnyText(
      readFstab,
      fstabFacts,
      d => d.lines.join('\n'),
      '# BEGIN offsite',
      '# END offsite',
      'a /b t o 0 0',
      '\\040',
    );
  });
});

describe('quoting', () => {
  it('reads back the identical value from every field', () => {
    fc.assert(
      fc.property(hostileString, value => {
        const field = fstabField(value);
        if (field === undefined) return;
        const doc = readFstab(`${field} /${field} ${field} ${field} 0 0\n`);
        expect(doc.errors).toEqual([]);
        expect(doc.entries).toMatchObject([
          { source: value, mountpoint: `/${value}`, type: value, options: value },
        ]);
      }),
      { numRuns: 500 },
    );
  });

  it('accepts what is usual and refuses what cannot be carried', () => {
    expect(fstabField('/a b\t#\\')).toBe('/a\\040b\\011#\\134');
    for (const value of ['', '#x', 'a\nb', 'a\rb', 'a\0b', '\ud800'])
      expect(fstabField(value)).toBeUndefined();
    expect(fstabOption('x-systemd.requires', 'a b.mount')).toBe('x-systemd.requires=a\\040b.mount');
    for (const value of ['a,b', 'a"b', 'a\\b']) expect(fstabOption('name', value)).toBeUndefined();
  });
});

describe('real tools', () => {
  const values = [
    '/srv/a b',
    '/srv/a\tb',
    '/srv/a\\040b',
    '/srv/a#b',
    '/srv/\'q"',
    '/srv/%i$HOME',
    '/srv/ü\u0085\u2028x',
    '/srv/-x',
  ];
  const text = values.map(value => `${fstabField(value)} ${fstabField(value)} none bind 0 0\n`).join('');

  const GENERATOR = '/lib/systemd/system-generators/systemd-fstab-generator';
  it.runIf(hasTool(GENERATOR))('systemd-fstab-generator reads the same fields', () => {
    const folder = mkdtempSync(join(tmpdir(), 'fstab-'));
    try {
      const out = ['1', '2', '3'].map(name => join(folder, name));
      for (const name of out) mkdirSync(name);
      writeFileSync(join(folder, 'fstab'), text);
      execFileSync(GENERATOR, out, { env: { ...process.env, SYSTEMD_FSTAB: join(folder, 'fstab') } });
      const mounts = readdirSync(out[0]!).filter(name => name.endsWith('.mount'));
      const texts = mounts.map(name => readFileSync(join(out[0]!, name), 'utf8'));
      for (const key of ['What', 'Where']) {
        // The generator doubles "%" in the units that it writes.
        const read = texts.map(t => new RegExp(`\n${key}=([^\n]*)`).exec(t)?.[1]?.replaceAll('%%', '%'));
        expect(read.sort()).toEqual([...values].sort());
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.runIf(hasTool('findmnt'))('findmnt reads the same fields', () => {
    const folder = mkdtempSync(join(tmpdir(), 'fstab-'));
    try {
      const file = join(folder, 'fstab');
      writeFileSync(file, text);
      const shown = execFileSync('findmnt', ['--tab-file', file, '--json', '--list', '-o', 'TARGET'], {
        encoding: 'utf8',
      });
      const { filesystems } = JSON.parse(shown) as { filesystems: { target: string }[] };
      expect(filesystems.map(f => f.target)).toEqual(values);
      const verified = spawnSync('findmnt', ['--verify', '--tab-file', file], { encoding: 'utf8' });
      expect(verified.stderr + verified.stdout).toMatch(/(?:^|\n)0 parse errors/);
      writeFileSync(file, '/srv/a b /srv/c none bind 0 0\n');
      const broken = spawnSync('findmnt', ['--verify', '--tab-file', file], { encoding: 'utf8' });
      expect(broken.stderr + broken.stdout).toMatch(/(?:^|\n)1 parse error/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
