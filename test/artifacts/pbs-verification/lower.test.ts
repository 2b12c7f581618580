import { expect, it } from 'vitest';
import { codesOf, fileOf, lowerText, twoSites } from '../../support/pbs.ts';

const yaml = (text: string, version = '4.2.3') =>
  twoSites(`datastores: { main: { host: pbs-dc, path: /srv, ${text} } }`, { home: version, dc: version });

it.each([
  ['by hand only', 'verify: {}', 'verification: main\n\tstore main\n'],
  [
    'everything',
    'verify: { schedule: "Sun 14:00", outdated_after: 30d, ignore_verified: true, max_depth: 0, read_threads: 2, verify_threads: 8, comment: c }',
    'verification: main\n\tcomment c\n\tignore-verified true\n\tmax-depth 0\n\toutdated-after 30\n\tread-threads 2\n\tschedule sun 14:00\n\tstore main\n\tverify-threads 8\n',
  ],
  [
    'a namespace',
    'namespaces: { home: { verify: { schedule: weekly } } }',
    'verification: main-home\n\tns home\n\tschedule weekly\n\tstore main\n',
  ],
])('verification.cfg: %s', (_, text, expected) => {
  expect(fileOf('pbs-verification', yaml(text), 'pbs-dc')).toBe(expected);
});

it.each([
  [
    'a time that is no whole day',
    'verify: { outdated_after: 36h }',
    'bad-value datastores.main.verify.outdated_after',
  ],
  [
    'threads before PBS 4.1',
    'verify: { read_threads: 2 }',
    'property-too-new datastores.main.verify.read_threads',
    '4.0.19',
  ],
])('refuses %s', (_, text, code, version = '4.2.3') => {
  expect(codesOf(lowerText('pbs-verification', yaml(text, version)))).toEqual([code]);
});
