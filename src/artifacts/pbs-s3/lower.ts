/**
 * `s3.cfg`: the endpoint of each datastore in a bucket. It has the datastore's name: rates and keys belong to one
 * store, and the `backend` of a store, which names the endpoint, must not change with its neighbours.
 */
import type { Diagnostic, TopologyPath } from '../../diagnostics/diagnostic.ts';
import { atValue } from '../../diagnostics/diagnostic.ts';
import type { Backing, Datastore, Topology } from '../../model/topology.ts';
import { groupBy } from '../../multimap.ts';
import { supports } from '../../proxmox/version.ts';
import type { ApplyStep, Change, Lowered, Withheld } from '../lowering.ts';
import { goneDatastores } from '../pbs-datastore/gone.ts';
import { isWaiting } from '../pbs-datastore/waiting.ts';
import { isRendered, pbsVersion } from '../pbs-hosts.ts';
import { rateProperties } from '../pbs-values.ts';
import { placeholder, s3KeyNames } from '../secrets.ts';
import { sectionFiles } from '../section-files.ts';
import { property, type Section, section } from '../sections.ts';
import { word } from '../shell-words.ts';

type S3Store = Datastore & { readonly backing: Extract<Backing, { kind: 's3' }> };

const isS3 = (store: Datastore): store is S3Store => store.backing.kind === 's3';
/** `pbs-config/src/s3.rs`, in the package that began with S3. */
const S3_SINCE = '4.0.4 (4.0)';

/** B2 answers "not implemented" to a conditional PUT, which PBS uses for every chunk. */
const QUIRKS: Partial<Record<string, string>> = { backblaze: 'skip-if-none-match-header' };

export function lowerPbsS3(topology: Topology): Lowered {
  const all = [...topology.datastores.values()].filter(isS3);
  // On an older release the datastore's `backend` is reported; its endpoint would only repeat that line by line.
  const active = all.filter(({ state, host }) => state === 'active' && supports(pbsVersion(host), S3_SINCE));
  const sections = new Map(
    [...groupBy(active, ({ host }) => host)].map(([host, stores]) => [host, stores.map(endpoint)]),
  );
  const rendered = active.filter(({ host }) => host.state === 'active' && isRendered(host));
  const pending = rendered.filter(isWaiting);
  const files = sectionFiles(topology, {
    kind: 'pbs-s3',
    file: 's3.cfg',
    phase: 's3',
    sections,
    withheld: pending.map(withheldBy),
  });
  const gone = goneDatastores(topology);
  const retired = all.filter(
    store => gone.has(store) && store.host.state === 'active' && isRendered(store.host),
  );
  return {
    ...files,
    steps: [...rendered.filter(store => !isWaiting(store)).map(checkStep), ...retired.map(removeStep)],
    changes: retired.map(removal),
    diagnostics: [...pending.map(pendingFingerprint), ...files.diagnostics],
  };
}

function endpoint({ name, path, spec, backing: { bucket, account } }: S3Store): Section {
  const names = s3KeyNames(account.secret);
  const fingerprint = bucket.spec.fingerprint === 'pending' ? undefined : bucket.spec.fingerprint;
  const bucketAt = (key: keyof typeof bucket.spec): TopologyPath =>
    bucket.spec[key] === undefined ? bucket.path : [...bucket.path, key];
  const s3At = [...path, 's3'];
  const accountAt = [...s3At, 'account'];
  // Exactly one of both: without either the bucket is in no request, with both it is there twice.
  const host = bucket.pathStyle ? bucket.endpoint : `{{bucket}}.${bucket.endpoint}`;
  return section(
    's3-endpoint',
    name,
    [s3At, bucket.path],
    [
      property('access-key', placeholder(names.accessKey, 'plain'), accountAt, account.path),
      property('secret-key', placeholder(names.secretKey, 'plain'), accountAt, account.path),
      property('endpoint', host, bucketAt('endpoint')),
      property('path-style', bucket.pathStyle || undefined, bucketAt('path_style')),
      property('region', bucket.region, bucketAt('region')),
      property('port', bucket.port === 443 ? undefined : bucket.port, bucketAt('port')),
      property('fingerprint', fingerprint?.toLowerCase(), bucketAt('fingerprint')),
      property('provider-quirks', QUIRKS[bucket.spec.provider], [...bucket.path, 'provider']),
      property('put-rate-limit', spec.s3?.put_rate, [...s3At, 'put_rate']),
      rateProperties(spec.s3?.rates, [...s3At, 'rates']),
    ],
    [names.accessKey, names.secretKey],
  );
}

const checkStep = ({ host, name, path, backing: { bucket } }: S3Store): ApplyStep => ({
  target: host.key,
  phase: 's3',
  order: 60,
  title: `Check the bucket of datastore ${name}`,
  text: [
    `PBS does not create buckets: \`${bucket.name}\` must exist. The command writes, reads and deletes one test object.`,
  ],
  commands: [
    `proxmox-backup-manager s3 check ${word(name)} ${word(bucket.name)} --store-prefix ${word(name)}`,
  ],
  causes: [[...path, 's3']],
});

/** After its datastore, which is removed in this phase too: PBS keeps an endpoint that is in use. */
const removeStep = ({ host, name, path }: S3Store): ApplyStep => ({
  target: host.key,
  phase: 's3',
  order: 30,
  title: `Remove the endpoint of retired datastore ${name}`,
  text: ['Nothing in the bucket is deleted.'],
  commands: [
    [
      `if grep -qsxF ${word(`s3-endpoint: ${name}`)} /etc/proxmox-backup/s3.cfg; then`,
      `  proxmox-backup-manager s3 endpoint remove ${word(name)}`,
      'fi',
    ].join('\n'),
  ],
  check: [`! grep -qsxF ${word(`s3-endpoint: ${name}`)} /etc/proxmox-backup/s3.cfg`],
  undo: ['# make the datastore active in the topology again, and apply'],
  causes: [path],
});

const removal = ({ host, name, path }: S3Store): Change => ({
  target: host.key,
  verb: 'removes',
  kind: 's3-endpoint',
  name,
  causes: [path],
});

const withheldBy = ({ host, backing: { bucket } }: S3Store): Withheld => ({
  target: host.key,
  path: '/etc/proxmox-backup/s3.cfg',
  how: `Read the SHA-256 fingerprint of the certificate that \`${bucket.endpoint}\` shows, write it as \`fingerprint\` of bucket \`${bucket.key}\`, and render again.`,
  causes: [[...bucket.path, 'fingerprint']],
});

const pendingFingerprint = ({ host, backing: { bucket } }: S3Store): Diagnostic => ({
  code: 'pending-value',
  severity: 'warning',
  message: `the fingerprint of bucket \`${bucket.key}\` is pending: s3.cfg of \`${host.key}\` is not rendered`,
  place: atValue([...bucket.path, 'fingerprint']),
  help: `\`openssl s_client -connect ${bucket.endpoint}:${bucket.port} </dev/null | openssl x509 -noout -fingerprint -sha256\` prints it`,
});
