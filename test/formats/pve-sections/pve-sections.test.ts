import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPveFile, readPveSections } from '../../../src/formats/pve-sections/read.ts';
import { writePveSections } from '../../../src/formats/pve-sections/write.ts';
import { parseVersion } from '../../../src/proxmox/version.ts';

const STORAGE = `dir: local
	path /var/lib/vz
	content iso,vztmpl

zfspool: local-zfs
	pool rpool/data
	content images,rootdir
	sparse 1

pbs: pbs-home
	datastore backups
	server 10.10.30.20
	content backup
	fingerprint ${'09:'.repeat(31)}09
	namespace home
	prune-backups keep-all=1
	username pve@pbs!cluster1

nfs: nas-vzdump-weekly
	export /volume1/vzdump-weekly
	path /mnt/pve/nas-vzdump-weekly
	server 10.10.30.10
	content backup
	options vers=4.1,hard
	prune-backups keep-last=4

iscsi: nas-lun
	disable
	portal 10.10.30.10
	target iqn.2000-01.com.synology:nas-home.vm
	content none

rbd: ceph
	content images
	krbd 0
	monhost 10.0.0.1 10.0.0.2
	pool vm

`;

const JOBS = `vzdump: home-daily
	comment Flow 1%3A all guests to pbs-home
	schedule 01:00
	all 1
	enabled 1
	exclude-path /tmp
	exclude-path /var/cache dir
	fleecing 1,storage=local-zfs
	mode snapshot
	notes-template {{guestname}}
	notification-mode notification-system
	prune-backups keep-daily=7,keep-last=3
	repeat-missed 0
	storage pbs-home

`;

describe('what PVE writes', () => {
  it.each([
    ['storage.cfg', STORAGE],
    ['jobs.cfg', JOBS],
  ])('%s is read without loss and written byte for byte', (file, text) => {
    const document = readPveSections(text, { file });
    expect(document.losses).toEqual([]);
    expect(writePveSections(document.sections, file)).toBe(text);
  });

  it('is the form of any other spelling', () => {
    const text = [
      '# comment',
      'DIR:   media',
      '  shared yes',
      '\tcontent  iso;backup',
      '  # comment',
      '\tpath /mnt/media   ',
      '\tdisable 0',
      '\tprune-backups keep-last=3,keep-daily=7',
      '',
      '',
    ].join('\n');
    const document = readPveSections(text, { file: 'storage.cfg' });
    expect(document.losses).toEqual([]);
    expect(writePveSections(document.sections, 'storage.cfg')).toBe(
      'dir: media\n\tpath /mnt/media\n\tcontent backup,iso\n\tprune-backups keep-daily=7,keep-last=3\n\tshared 1\n\n',
    );
    const job = 'vzdump: a\n\tschedule 1:00\n\tenabled\n\tfleecing storage=x1,enabled=1\n';
    expect(writePveSections(readPveSections(job, { file: 'jobs.cfg' }).sections, 'jobs.cfg')).toBe(
      'vzdump: a\n\tschedule 1:00\n\tenabled 1\n\tfleecing 1,storage=x1\n\n',
    );
  });

  it('has its comment decoded', () => {
    const [section] = readPveSections(JOBS, { file: 'jobs.cfg' }).sections;
    expect(section?.properties[0]).toEqual({
      key: 'comment',
      value: 'Flow 1: all guests to pbs-home',
      line: 2,
    });
  });
});

const dir = (id: string, lines = ''): string => `dir: ${id}\n\tpath /mnt/${id}\n${lines}`;

describe('what PVE would lose', () => {
  it.each<[string, string, [number, string][]]>([
    [
      'no empty line before a header',
      `${dir('aa')}${dir('bb')}`,
      [
        [3, 'an empty line must stand'],
        [4, 'already stands in line 2'],
      ],
    ],
    [
      'a line of blanks between sections',
      `${dir('aa')} \n${dir('bb')}`,
      [
        [3, 'only an empty line ends'],
        [4, 'an empty line must'],
        [5, 'already stands'],
      ],
    ],
    ['CRLF', 'dir: aa\r\n\tpath /mnt\r\n\r\n', [[3, 'only an empty line ends']]],
    ['an unknown property', dir('aa', '\tfoo bar\n'), [[3, '"foo" is dropped']]],
    [
      'a property of another type',
      `nfs: aa\n\texport /x\n\tserver h\n\tshared 1\n`,
      [[4, '"shared" is dropped']],
    ],
    ['a bad enumeration', dir('aa', '\tpreallocation much\n'), [[3, 'allowed: off']]],
    ['a bad retention', dir('aa', '\tprune-backups keep-lots=1\n'), [[3, 'unknown key "keep-lots"']]],
    ['an unsupported content type', dir('aa', '\tcontent iso,films\n'), [[3, '"films" is not allowed']]],
    ['a required property missing', 'pbs: aa\n\tserver h\n', [[1, '"datastore" is missing']]],
    [
      'a required property that is bad',
      'dir: aa\n\tpath relative\n',
      [
        [2, '"path" is dropped'],
        [1, '"path" is missing or bad'],
      ],
    ],
    ['an id twice', `${dir('aa')}\n${dir('aa')}`, [[1, 'is replaced by the one in line 4']]],
    ['an id twice in two types', `${dir('aa')}\nrbd: aa\n`, [[1, 'is replaced by the one in line 4']]],
    ['a property twice', dir('aa', '\tshared 1\n\tshared 0\n'), [[4, 'already stands in line 3']]],
    ['an unknown type', 'floppy: aa\n\tfoo x\n', [[1, 'unknown type "floppy"']]],
    ['a colon too many', 'dir:x:aa\n', [[1, 'unknown type "dir:x"']]],
    ['a bad id', 'dir: 9\n\tpath /x\n', [[1, 'is skipped']]],
    ['a line that is nothing', 'hello\n', [[1, 'neither a section header']]],
    ['a property without a section', '\tpath /x\n', [[1, 'neither a section header']]],
    [
      'a bare key of a text',
      'dir: aa\n\tpath\n',
      [
        [2, 'the value is missing'],
        [1, '"path"'],
      ],
    ],
    ['words after the id', 'dir: aa bb\n', [[1, 'neither a section header']]],
  ])('%s', (_, text, expected) => {
    const { losses } = readPveSections(text, { file: 'storage.cfg' });
    expect(losses).toEqual(
      expected.map(([line, message]) => ({ line, message: expect.stringContaining(message) })),
    );
  });

  it.each<[string, string]>([
    ['a line that is just 0 ends a section', `${dir('aa')}0\n${dir('bb')}`],
    ['a path of nfs that PVE fills in', 'nfs: aa\n\texport /x\n\tserver h\n'],
    ['a comment between header and property', 'dir: aa\n#x\n  # y\n\tpath /x\n'],
    ['a value given again after a bad one', 'dir: aa\n\tpath /x\n'],
    ['blanks after the id, none after the colon', 'dir:aa  \n\tpath /x\n'],
    ['a line of blanks at the start', '  \ndir: aa\n\tpath /x\n'],
    ['no line end at the end', 'dir: aa\n\tpath /x'],
  ])('not: %s', (_, text) => expect(readPveSections(text, { file: 'storage.cfg' }).losses).toEqual([]));

  it('depends on the version', () => {
    const version = parseVersion('8.4');
    if (version === undefined) throw new Error('no version');
    const text = dir('aa', '\tsnapshot-as-volume-chain 1\n');
    expect(readPveSections(text, { file: 'storage.cfg', version }).losses).toHaveLength(1);
    expect(readPveSections(text, { file: 'storage.cfg' }).losses).toEqual([]);
  });

  it('takes the second of two values when the first is bad', () => {
    const { losses } = readPveSections('dir: aa\n\tpath x\n\tpath /x\n', { file: 'storage.cfg' });
    expect(losses).toEqual([{ line: 2, message: expect.stringContaining('"path" is dropped') }]);
  });
});

describe('facts', () => {
  it('are headers and properties, with an index for arrays', () => {
    const text = 'vzdump: a\n\tschedule 1:00\n\texclude-path /a\n\texclude-path /b\n\tall\n';
    expect(readPveFile(text, { file: 'jobs.cfg' }).facts).toEqual([
      { at: 'vzdump: a', value: '', line: 1 },
      { at: 'vzdump: a/schedule', value: '1:00', line: 2 },
      { at: 'vzdump: a/exclude-path[0]', value: '/a', line: 3 },
      { at: 'vzdump: a/exclude-path[1]', value: '/b', line: 4 },
      { at: 'vzdump: a/all', value: '', line: 5 },
    ]);
    expect(readPveFile('x', { file: 'jobs.cfg' })).toEqual({ facts: [], errors: [expect.anything()] });
  });
});

describe('any text', () => {
  const job = fc.record({
    id: fc.stringMatching(/^[a-z][a-z0-9_-]{1,20}$/),
    comment: fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .filter(text => text.trim() === text),
    storage: fc.stringMatching(/^[a-z][a-z0-9]{1,10}$/),
  });

  it('that is written is read back', () => {
    fc.assert(
      fc.property(fc.uniqueArray(job, { selector: value => value.id, maxLength: 4 }), jobs => {
        const sections = jobs.map(({ id, comment, storage }) => ({
          type: 'vzdump',
          id,
          properties: [
            { key: 'comment', value: comment },
            { key: 'schedule', value: '01:00' },
            { key: 'storage', value: storage },
          ],
        }));
        const document = readPveSections(writePveSections(sections, 'jobs.cfg'), { file: 'jobs.cfg' });
        expect(document.losses).toEqual([]);
        expect(
          document.sections.map(({ type, id, properties }) => ({
            type,
            id,
            properties: properties.map(({ key, value }) => ({ key, value })),
          })),
        ).toEqual(sections);
      }),
    );
  });

  it('never throws', () => {
    const parts = fc.constantFrom(
      'dir: aa',
      'vzdump: x',
      '\n',
      '\n\n',
      '\t',
      ' ',
      'path /x',
      '0',
      '#',
      ':',
      '\r',
      '%C3',
      'schedule 1:00',
    );
    const noise = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(parts).map(list => list.join('')),
    );
    fc.assert(
      fc.property(noise, fc.constantFrom('storage.cfg', 'jobs.cfg'), (text, file) => {
        const document = readPveSections(text, { file });
        writePveSections(document.sections, file);
        for (const { line } of [...document.losses, ...readPveFile(text, { file }).facts]) {
          expect(line).toBeLessThanOrEqual(text.split('\n').length);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, string]>([
    ['colons', `${':a'.repeat(200_000)} b c`],
    ['blanks', `dir: aa\n\tpath a${' '.repeat(400_000)}b\n`],
    ['percent signs', `vzdump: a\n\tcomment ${'%'.repeat(400_000)}\n`],
    ['sections', 'dir: aa\n\tpath /x\n\n'.repeat(30_000)],
    ['comments', `${' '.repeat(400_000)}#`],
  ])('is read in linear time: %s', (_, text) => {
    const start = performance.now();
    for (const file of ['storage.cfg', 'jobs.cfg']) readPveSections(text, { file });
    expect(performance.now() - start).toBeLessThan(1500);
  });
});
