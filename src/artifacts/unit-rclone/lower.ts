/** Units of rclone flows on Debian-like hosts. */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { RcloneFlow, Topology } from '../../model/topology.ts';
import { type ApplyStep, emptyLowered, type Lowered, type Need } from '../lowering.ts';
import { credentialsFile, RCLONE_CONF } from '../rclone-conf/lower.ts';
import { word as shell } from '../shell-words.ts';
import { credential } from '../unit-trigger/credential.ts';
import { localPlace, unreachableShare } from '../unit-trigger/place.ts';
import { type Runs, runsOf, unitName } from '../unit-trigger/runs.ts';
import { mountChecks, SECRETS, serviceSections } from '../unit-trigger/service.ts';
import { environment, unitArtifact, unitFile, word } from '../unit-trigger/unit-file.ts';
import { bucketPath, caFile, rcloneOptions } from './copy.ts';

const CA_DIRECTORY = '/etc/offsite';

export function lowerUnitRclone(topology: Topology): Lowered {
  const runs = runsOf(topology);
  const artifacts: Lowered['artifacts'][number][] = [];
  const needs: Need[] = [];
  const steps = new Map<string, ApplyStep>();
  const diagnostics: Diagnostic[] = [];
  for (const [host, flows] of [...runs.units, ...runs.scripts]) {
    for (const flow of flows) {
      if (flow.kind !== 'rclone') continue;
      diagnostics.push(...unreachableShare(flow, flow.from, host));
      const directory = host.takesFiles ? CA_DIRECTORY : host.spec.work_dir;
      const ca = directory === undefined ? undefined : caFile(flow, directory);
      if (ca !== undefined) steps.set(`${host.key} ${ca.text}`, certificateStep(host.key, flow, ca.text));
      if (!host.takesFiles) continue;
      artifacts.push(
        unitArtifact('unit-rclone', host.key, `${unitName(flow)}.service`, unitFile(serviceOf(flow, runs))),
      );
      const causes = [flow.path];
      needs.push(
        { target: host.key, kind: 'package', name: 'rclone', causes },
        // A minimal Debian trusts nobody.
        { target: host.key, kind: 'package', name: 'ca-certificates', causes },
        ...(ca === undefined
          ? []
          : [{ target: host.key, kind: 'package' as const, name: 'openssl', causes }]),
        {
          target: host.key,
          kind: 'directory',
          name: SECRETS,
          mode: '0700',
          owner: 'root',
          group: 'root',
          causes,
        },
      );
    }
  }
  return { ...emptyLowered, artifacts, needs, steps: [...steps.values()], diagnostics };
}

function serviceOf(flow: RcloneFlow, runs: Runs) {
  const { path, account, runsOn } = flow;
  const { directory, mountpoint } = localPlace(flow.from, runsOn);
  const ca = caFile(flow, CA_DIRECTORY);
  const accountAt = [...path, 'account'];
  const keys = credential(runsOn, 'aws', credentialsFile(account), accountAt, account.path);
  return serviceSections({
    flow,
    runs,
    what: `Flow ${flow.key}: rclone from ${flow.from.share.key} to bucket ${flow.to.bucket.key}`,
    credentials: keys.settings,
    environment: [
      environment('AWS_SHARED_CREDENTIALS_FILE', keys.path, accountAt),
      environment('RCLONE_CONFIG', RCLONE_CONF, path),
      ...(ca === undefined ? [] : [environment('RCLONE_CA_CERT', ca.text, ...ca.causes)]),
    ],
    checks: mountChecks(directory, mountpoint, true),
    command: [word('/usr/bin/rclone'), ...rcloneOptions(flow), directory, bucketPath(flow)],
    capabilities: 'CAP_DAC_READ_SEARCH',
    writes: [],
  });
}

/** Fetches the certificate and keeps it only if its fingerprint is the declared one. */
function certificateStep(target: string, { to, path }: RcloneFlow, file: string): ApplyStep {
  const { bucket } = to;
  const declared = bucket.spec.fingerprint;
  const server = shell(`${bucket.endpoint}:${bucket.port}`);
  const fetch = `openssl s_client -connect ${server} </dev/null 2>/dev/null | openssl x509 -outform PEM`;
  const shown = 'openssl x509 -noout -fingerprint -sha256';
  const pending = declared === undefined || declared === 'pending';
  return {
    target,
    phase: 'units',
    order: 30,
    title: `Certificate of bucket ${bucket.key}`,
    text: pending
      ? [
          'The endpoint is self-signed. The command prints its fingerprint: write it as `fingerprint` of the bucket and render again.',
        ]
      : ['The endpoint is self-signed: rclone trusts this one certificate, if it is the declared one.'],
    commands: pending
      ? [`${fetch} | ${shown}`]
      : [
          `fetched=$(mktemp) && ${fetch} >"$fetched"`,
          `if ${shown} -in "$fetched" | grep -qiF ${shell(declared)}; then\n` +
            `  offsite_put "$fetched" ${shell(file)} root:root 0644\nelse\n  offsite_stop 'the endpoint shows another certificate, or none'\nfi`,
          'rm -f "$fetched"',
        ],
    ...(pending
      ? {}
      : {
          check: [`${shown} -in ${shell(file)}`],
          undo: [`offsite_put_back ${shell(file)} # without it rclone refuses the endpoint`],
        }),
    causes: [[...bucket.path, 'fingerprint'], path],
  };
}
