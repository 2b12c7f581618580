/** The schema takes the ids of accounts that the products take. */
import { expect, test } from 'vitest';
import schemaText from '../../schema/topology.schema.json' with { type: 'json' };
import { authIdProblem } from '../../src/proxmox/identifiers.ts';

const { pbsAccount, pveAccount } = schemaText.$defs;
const takes = (kind: typeof pbsAccount | typeof pveAccount, id: string): boolean =>
  new RegExp(kind.properties.id.pattern, 'u').test(id);

test.each([
  ['sync@pbs!b', true],
  ['sync@pbs!dc.1', true],
  ['sync@pbs!', false],
  ['sync@pbs!-b', false],
  ['sync@p', false],
])('PBS: %s', (id, isTaken) => {
  expect(takes(pbsAccount, id)).toBe(isTaken);
  expect(authIdProblem(id) === undefined).toBe(isTaken);
});

test.each([
  ['monitor@pve!ro', true],
  ['monitor@pve!r', false],
])('PVE: %s', (id, isTaken) => {
  expect(takes(pveAccount, id)).toBe(isTaken);
});
