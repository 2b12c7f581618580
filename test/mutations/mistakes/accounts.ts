import type { Mistake } from '../mistake.ts';

export const accountsMistakes: readonly Mistake[] = [
  {
    name: 'an account on the other PBS',
    edit: ['dc-sync: { kind: pbs, on: pbs-home,', 'dc-sync: { kind: pbs, on: pbs-dc,'],
    finds: ['error account-elsewhere at flows/home-to-dc/account'],
  },
  {
    name: 'an account on a host without PBS',
    edit: ['dc-sync: { kind: pbs, on: pbs-home,', 'dc-sync: { kind: pbs, on: nas-home,'],
    finds: ['error wrong-role'],
  },
  {
    name: 'a token without realm',
    edit: ['id: "pve@pbs!home"', 'id: "pve!home"'],
    finds: ['error invalid-value'],
    brings: ['freed-after-two-gc'],
  },
  {
    name: 'a token with a slip in the separator',
    edit: ['id: "pve@pbs!home"', 'id: "pve@pbs/home"'],
    finds: ['error invalid-value'],
    brings: ['freed-after-two-gc'],
  },
  {
    name: 'root as account',
    edit: ['id: "pve@pbs!home"', 'id: "root@pam!home"'],
    finds: ['warning root-as-machine-account'],
  },
  {
    name: 'one token for two accounts',
    edit: ['id: "sync@pbs!dc"', 'id: "pve@pbs!home"'],
    finds: ['error duplicate-native-id at accounts/pve-home'],
  },
  {
    name: 'rights not derived',
    edit: [
      'id: "sync@pbs!dc", secret: pbs-home-dc-sync,',
      'id: "sync@pbs!dc", derive_grants: false, secret: pbs-home-dc-sync,',
    ],
    finds: ['error account-lacks-privilege at flows/home-to-dc/account'],
  },
  {
    name: 'Admin for the dashboard',
    edit: ['grants: [{ role: Audit, path: / }]', 'grants: [{ role: Admin, path: / }]'],
    finds: ['warning monitor-with-admin'],
  },
  {
    name: 'a role misspelt',
    edit: ['grants: [{ role: Audit, path: / }]', 'grants: [{ role: Auditor, path: / }]'],
    finds: ['error unknown-role'],
  },
  {
    name: 'a path that PBS does not know',
    edit: ['grants: [{ role: Audit, path: / }]', 'grants: [{ role: Audit, path: /datastores }]'],
    finds: ['error unknown-acl-path'],
  },
  {
    name: 'a role for a datastore that is not there',
    edit: [
      'grants: [{ role: Audit, path: / }]',
      'grants: [{ role: DatastoreAudit, path: /datastore/backups }]',
    ],
    finds: ['warning grant-without-datastore'],
  },
  {
    name: 'more rights than needed',
    edit: [
      'secret: pbs-home-dc-sync, comment',
      'grants: [{ role: DatastoreAdmin, path: /datastore/Backups }], secret: pbs-home-dc-sync, comment',
    ],
    finds: ['warning account-can-too-much'],
  },
  {
    name: 'the account of the other PBS at a storage',
    edit: ['    account: pve-home\n    via', '    account: dc-backup\n    via'],
    finds: ['error account-elsewhere'],
    brings: ['freed-after-two-gc'],
  },
  {
    name: 'the account of the sync at a storage',
    edit: ['    account: pve-home\n    via', '    account: dc-sync\n    via'],
    finds: ['warning account-shared at accounts/dc-sync'],
  },
  {
    name: 'an account misspelt',
    edit: ['account: nas-dc-recv', 'account: nas-dc-rcv'],
    finds: ['error unresolved-reference'],
  },
  {
    name: 'an account of another kind',
    edit: ['account: nas-dc-recv', 'account: wasabi-vzdump'],
    finds: ['error wrong-account'],
  },
  {
    name: 'the SSH account on the wrong NAS',
    edit: ['    kind: ssh\n    on: nas-dc', '    kind: ssh\n    on: nas-home'],
    finds: ['error account-elsewhere at flows/nas-to-nas/account'],
  },
  {
    name: 'one secret for two tokens',
    edit: ['secret: pbs-home-dc-sync, comment', 'secret: pbs-home-pve, comment'],
    finds: ['error secret-twice at accounts/pve-home', 'warning secret-unused at secrets/pbs-home-dc-sync'],
  },
  {
    name: 'no owner',
    edit: ['    owner: dc-backup\n    via: backup', '    via: backup'],
    finds: ['warning pull-without-owner at flows/home-to-dc'],
  },
  {
    name: 'an owner on the other PBS',
    edit: ['    owner: dc-backup\n    via: backup', '    owner: dc-sync\n    via: backup'],
    finds: ['error account-elsewhere'],
  },
  {
    name: 'no owner of the local sync',
    edit: ['    owner: dc-backup # assumed\n', ''],
    finds: ['warning pull-without-owner at flows/dc-to-wasabi'],
  },
  {
    name: 'no account of the pull',
    edit: ['    account: dc-sync\n', ''],
    finds: ['error sync-account at flows/home-to-dc'],
  },
  {
    name: 'an account for the local sync',
    edit: ['    owner: dc-backup # assumed\n', '    owner: dc-backup # assumed\n    account: dc-sync\n'],
    finds: ['error sync-account'],
  },
  {
    name: 'another owner of what is copied already',
    given: [
      [
        '  # 3. DC PBS to Wasabi',
        '  home-at-night:\n    kind: sync\n    direction: pull\n    from: backups\n    to: "dc-main:home"\n    account: dc-sync\n    owner: dc-backup\n    via: backup\n    schedule: "22:00"\n\n  # 3. DC PBS to Wasabi',
      ],
      [
        '  # rsync from the NAS at home. The key',
        '  puller: { kind: pbs, on: pbs-dc, id: "puller@pbs!home", secret: pbs-dc-puller }\n\n  # rsync from the NAS at home. The key',
      ],
    ],
    edit: [
      '    owner: dc-backup\n    via: backup\n    schedule: "22:00"',
      '    owner: puller\n    via: backup\n    schedule: "22:00"',
    ],
    finds: ['error owner-differs at flows/home-to-dc'],
  },
  {
    name: 'a user without the rights of its token',
    given: [['  monitor:\n', '  user: { kind: pbs, on: pbs-home, id: monitor@pbs }\n  monitor:\n']],
    edit: ['id: monitor@pbs }', 'id: monitor@pbs, derive_grants: false }'],
    finds: ['warning token-exceeds-user at accounts/monitor/grants'],
  },
];
