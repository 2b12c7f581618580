import type { CodeTable } from '../../diagnostics/diagnostic.ts';

export const pbsAclCodes = {
  'unknown-acl-path': {
    severity: 'error',
    summary: 'A role is granted on a path that PBS does not know.',
    why: 'PBS loads such a line without complaint, and it grants nothing: the account fails when it is needed.',
    fix: 'Use a path that PBS has, such as `/datastore/NAME` or `/datastore/NAME/NAMESPACE` (without `ns/`).',
    example: {
      bad: 'grants: [{ role: DatastoreAudit, path: /datastores/backups }]',
      good: 'grants: [{ role: DatastoreAudit, path: /datastore/backups }]',
    },
  },
  'unknown-role': {
    severity: 'error',
    summary: 'A role is granted that PBS does not have.',
    why: 'One unknown role makes `acl.cfg` unreadable, and then every request to the API fails, backups included.',
    fix: 'Use one of the built-in roles; PBS has no others.',
    example: {
      bad: 'grants: [{ role: DatastoreRead, path: /datastore/backups }]',
      good: 'grants: [{ role: DatastoreReader, path: /datastore/backups }]',
    },
  },
} as const satisfies CodeTable;
