/** `rclone.conf` of each host that runs rclone, and the file with the keys that it reads. */
import { rcloneValue } from '../../formats/rclone-conf/quote.ts';
import type { Host, RcloneFlow, S3Account, Topology } from '../../model/topology.ts';
import { byBytes } from '../../proxmox/byte-order.ts';
import { factList } from '../facts.ts';
import { emptyLowered, type Lowered, type Need } from '../lowering.ts';
import { placeholder, s3KeyNames } from '../secrets.ts';
import { runsOf } from '../unit-trigger/runs.ts';
import { SECRETS } from '../unit-trigger/service.ts';
import { type Remote, rcloneRemote } from './remote.ts';

export interface RcloneView {
  readonly title: string;
  readonly remotes: readonly {
    readonly name: string;
    readonly first: boolean;
    readonly settings: readonly { readonly key: string; readonly value: string }[];
  }[];
}

export const RCLONE_CONF = '/etc/offsite/rclone.conf';
/** AWS shared credentials file of an account. */
export const credentialsFile = (account: S3Account): string => `${SECRETS}/${account.secret}.aws`;

export function lowerRcloneConf(topology: Topology): Lowered {
  const { units, scripts } = runsOf(topology);
  const artifacts: Lowered['artifacts'][number][] = [];
  const needs: Need[] = [];
  for (const [host, all] of [...units, ...scripts]) {
    const flows = all.filter(flow => flow.kind === 'rclone');
    const workDir = host.takesFiles ? undefined : host.spec.work_dir;
    if (flows.length === 0 || (!host.takesFiles && workDir === undefined)) continue;
    const path = workDir === undefined ? RCLONE_CONF : `${workDir}/rclone.conf`;
    artifacts.push(configuration(host, path, flows));
    for (const account of new Set(flows.map(flow => flow.account))) {
      if (workDir === undefined) artifacts.push(credentials(host, account));
      needs.push(...secretNeeds(host, account, workDir));
    }
  }
  return { ...emptyLowered, artifacts, needs };
}

function configuration(host: Host, path: string, flows: readonly RcloneFlow[]): Lowered['artifacts'][number] {
  const buckets = [...new Set(flows.map(flow => flow.to.bucket))].sort((a, b) => byBytes(a.key, b.key));
  return {
    ...file(host, path, '0644'),
    folder: 'root',
    secrets: [],
    ...layout(
      'Rendered by offsite. Keys are not in here: the environment names the file that has them.',
      buckets.map(rcloneRemote),
    ),
  };
}

/** The format of the AWS tools is the same: `[default]` and two keys. */
function credentials(host: Host, account: S3Account): Lowered['artifacts'][number] {
  const { accessKey, secretKey } = s3KeyNames(account.secret);
  const causes = [account.path];
  return {
    ...file(host, credentialsFile(account), '0600'),
    folder: 'fill',
    secrets: [accessKey, secretKey],
    ...layout(`Rendered by offsite: keys of account ${account.key}.`, [
      {
        name: 'default',
        settings: [
          { key: 'aws_access_key_id', value: placeholder(accessKey, 'plain'), causes },
          { key: 'aws_secret_access_key', value: placeholder(secretKey, 'plain'), causes },
        ],
      },
    ]),
  };
}

const file = (host: Host, path: string, mode: string) =>
  ({
    kind: 'rclone-conf',
    target: host.key,
    path,
    ownership: 'whole',
    mode,
    owner: 'root',
    group: 'root',
    phase: 'units',
  }) as const;

function layout(title: string, remotes: readonly Remote[]) {
  const list = factList();
  const view: RcloneView['remotes'] = remotes.map(({ name, settings }, index) => ({
    name,
    first: index === 0,
    settings: settings.map(({ key, value, causes }) => {
      if (rcloneValue(value) === undefined) throw new Error(`no rclone value: ${JSON.stringify(value)}`);
      list.one(`[${name}]/${key}`, value, causes);
      return { key, value };
    }),
  }));
  return { view: { title, remotes: view } satisfies RcloneView, facts: list.facts };
}

const secretNeeds = (host: Host, account: S3Account, workDir: string | undefined): Need[] =>
  Object.entries(s3KeyNames(account.secret)).map(([part, name]) => ({
    target: host.key,
    kind: 'secret',
    name,
    placed: workDir === undefined ? credentialsFile(account) : `${workDir}/secrets/${account.secret}.aws`,
    what: `${part === 'accessKey' ? 'access key id' : 'secret access key'} of S3 account ${account.key}`,
    causes: [account.path],
  }));
