/** Patterns that a program refuses when it runs, or takes for something else, do not get that far. */
import { describe, expect, test } from 'vitest';
import schemaText from '../../schema/topology.schema.json' with { type: 'json' };

const { rsyncFlow, rcloneFlow, hostBackupFlow } = schemaText.$defs;

describe.each([
  ['rsync', rsyncFlow],
  ['rclone', rcloneFlow],
  ['host-backup', hostBackupFlow],
])('what %s leaves out', (_, { properties }) => {
  const pattern = new RegExp(properties.exclude.items.pattern, 'u');
  test.each(['*.log', '/var/cache/*', '**/.cache/', '[a-z]*', '[!a]?', '-x', '!keep', 'a!', '@eaDir/**'])(
    'takes %s',
    text => expect(pattern.test(text)).toBe(true),
  );
  test.each(['a[', '[ab', ']x', '[]', 'a]b[', '[[a]]', '***', 'a/***/b', '!', '', '{a,b}'])(
    'refuses %j',
    text => expect(pattern.test(text)).toBe(false),
  );
});
