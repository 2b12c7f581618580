import type { Mistake } from '../mistake.ts';

export const bucketsMistakes: readonly Mistake[] = [
  {
    name: 'the key of the archives for the datastore',
    edit: ['      account: wasabi-pbs\n      max', '      account: wasabi-vzdump\n      max'],
    finds: ['warning s3-key-shared at accounts/wasabi-vzdump'],
  },
  {
    name: 'a key of another provider account',
    edit: [
      'wasabi-vzdump: { kind: s3, secret: wasabi-vzdump, provider_account: wasabi-main',
      'wasabi-vzdump: { kind: s3, secret: wasabi-vzdump, provider_account: wasabi-second',
    ],
    finds: ['warning key-of-other-account'],
  },
  {
    name: 'one secret for two S3 keys',
    edit: ['secret: wasabi-vzdump, provider_account', 'secret: wasabi-pbs, provider_account'],
    finds: ['warning s3-key-shared at accounts/wasabi-pbs', 'warning secret-unused at secrets/wasabi-vzdump'],
  },
  {
    name: 'a provider misspelt',
    edit: [
      '    provider: wasabi\n    name: example-pbs-dc',
      '    provider: wasabbi\n    name: example-pbs-dc',
    ],
    finds: ['error invalid-value'],
  },
  {
    name: 'another provider',
    edit: ['    provider: wasabi\n    name: example-pbs-dc', '    provider: minio\n    name: example-pbs-dc'],
    finds: ['error bucket-incomplete at buckets/wasabi-pbs'],
  },
  {
    name: 'no region',
    edit: ['name: example-pbs-dc\n    region: eu-central-1\n', 'name: example-pbs-dc\n'],
    finds: ['error bucket-incomplete at buckets/wasabi-pbs'],
  },
  {
    name: 'a bucket name in capitals',
    edit: ['name: example-pbs-dc\n', 'name: Example-PBS-dc\n'],
    finds: ['error invalid-value'],
  },
  {
    name: 'a bucket name with an underscore',
    edit: ['name: example-pbs-dc\n', 'name: example_pbs_dc\n'],
    finds: ['error invalid-value'],
  },
  {
    name: 'one bucket under two names',
    edit: ['name: example-vzdump-dc', 'name: example-pbs-dc'],
    finds: ['warning bucket-shared at flows/nas-to-wasabi/to'],
  },
  {
    name: 'the archives into the bucket of the PBS',
    edit: ['    to: wasabi-vzdump\n', '    to: wasabi-pbs\n'],
    finds: ['warning bucket-shared'],
    brings: ['unencrypted-at-provider'],
  },
  {
    name: 'versioning under a datastore',
    edit: ['name: example-pbs-dc\n', 'name: example-pbs-dc\n    versioning: true\n'],
    finds: ['warning versioning-under-datastore at datastores/wasabi/bucket'],
  },
  {
    name: 'a lifecycle rule under a datastore',
    edit: ['name: example-pbs-dc\n', 'name: example-pbs-dc\n    lifecycle: expire\n'],
    finds: ['error lifecycle-under-datastore at datastores/wasabi/bucket'],
  },
  {
    name: 'the cache in the path of a datastore',
    edit: ['path: /mnt/datastore/dc-main-s3-cache', 'path: /mnt/datastore/dc-main'],
    finds: ['error nested-datastore-paths'],
  },
  {
    name: 'the cache below a datastore',
    edit: ['path: /mnt/datastore/dc-main-s3-cache', 'path: /mnt/datastore/dc-main/s3-cache'],
    finds: ['error nested-datastore-paths'],
  },
  {
    name: 'a digit forgotten in the retention of the cloud',
    edit: [
      'retention: { keep_daily: 90, schedule: "10:00" }',
      'retention: { keep_daily: 9, schedule: "10:00" }',
    ],
    finds: ['warning retention-shorter-than-billing'],
  },
  {
    name: 'a bucket that is not declared',
    edit: ['      bucket: wasabi-pbs\n', '      bucket: wasabi-pb\n'],
    finds: ['error unresolved-reference'],
  },
  {
    name: 'object lock under a datastore',
    edit: [
      'name: example-pbs-dc\n',
      'name: example-pbs-dc\n    object_lock: { mode: compliance, for: 30d }\n',
    ],
    finds: ['warning object-lock-under-datastore at datastores/wasabi/bucket'],
  },
  {
    name: 'a region in capitals',
    edit: [
      'region: eu-central-1\n    provider_account: wasabi-main # assumed',
      'region: EU_CENTRAL_1\n    provider_account: wasabi-main # assumed',
    ],
    finds: ['error invalid-value'],
  },
];
