/** Renders every file of flows that hosts run, read back and compared with what was meant. */
import type { ArtifactKind } from '../../../src/artifacts/artifact.ts';
import { outPath } from '../../../src/artifacts/artifact.ts';
import { lowerAuthorizedKeys } from '../../../src/artifacts/authorized-keys/lower.ts';
import { kind as authorizedKeys } from '../../../src/artifacts/authorized-keys/verify.ts';
import { lowerBucketPolicy } from '../../../src/artifacts/bucket-policy/lower.ts';
import { lowerDsmScript } from '../../../src/artifacts/dsm-script/lower.ts';
import { kind as dsmScript } from '../../../src/artifacts/dsm-script/verify.ts';
import { lowerKnownHosts } from '../../../src/artifacts/known-hosts/lower.ts';
import { kind as knownHosts } from '../../../src/artifacts/known-hosts/verify.ts';
import { emptyLowered, type Lowered } from '../../../src/artifacts/lowering.ts';
import { lowerOffsiteAlert } from '../../../src/artifacts/offsite-alert/lower.ts';
import { kind as offsiteAlert } from '../../../src/artifacts/offsite-alert/verify.ts';
import { lowerOffsiteScript } from '../../../src/artifacts/offsite-script/lower.ts';
import { kind as offsiteScript } from '../../../src/artifacts/offsite-script/verify.ts';
import { lowerRcloneConf } from '../../../src/artifacts/rclone-conf/lower.ts';
import { kind as rcloneConf } from '../../../src/artifacts/rclone-conf/verify.ts';
import { lowerUnitHostBackup } from '../../../src/artifacts/unit-host-backup/lower.ts';
import { kind as unitHostBackup } from '../../../src/artifacts/unit-host-backup/verify.ts';
import { lowerUnitRclone } from '../../../src/artifacts/unit-rclone/lower.ts';
import { kind as unitRclone } from '../../../src/artifacts/unit-rclone/verify.ts';
import { lowerUnitRsync } from '../../../src/artifacts/unit-rsync/lower.ts';
import { kind as unitRsync } from '../../../src/artifacts/unit-rsync/verify.ts';
import { lowerUnitTrigger } from '../../../src/artifacts/unit-trigger/lower.ts';
import { kind as unitTrigger } from '../../../src/artifacts/unit-trigger/verify.ts';
import type { Topology } from '../../../src/model/topology.ts';
import { createRenderer } from '../../../src/render/engine.ts';
import { verifyArtifact } from '../../../src/render/verify.ts';
import { readTemplates } from '../../render/sources.ts';

const LOWERINGS = [
  lowerUnitRsync,
  lowerUnitRclone,
  lowerUnitHostBackup,
  lowerUnitTrigger,
  lowerOffsiteAlert,
  lowerOffsiteScript,
  lowerRcloneConf,
  lowerDsmScript,
  lowerAuthorizedKeys,
  lowerKnownHosts,
  lowerBucketPolicy,
];
const KINDS = new Map<string, ArtifactKind>(
  [
    unitRsync,
    unitRclone,
    unitHostBackup,
    unitTrigger,
    offsiteAlert,
    offsiteScript,
    rcloneConf,
    dsmScript,
    authorizedKeys,
    knownHosts,
  ].map(kind => [kind.name, kind]),
);

/** Everything that the lowerings of flows give, together. */
export function lowerFlows(topology: Topology): Lowered {
  const parts = LOWERINGS.map(lowering => lowering(topology));
  const sum = Object.keys(emptyLowered).map(key => [
    key,
    parts.flatMap(part => part[key as keyof Lowered] as never[]),
  ]);
  return Object.fromEntries(sum) as Lowered;
}

const renderer = await createRenderer({ templateTexts: readTemplates() });

/** Texts by path below out/. Fails when a text does not say what was meant. */
export function renderFlows({ artifacts }: Pick<Lowered, 'artifacts'>): Map<string, string> {
  const texts = new Map<string, string>();
  for (const artifact of artifacts) {
    const rendered = renderer.render(artifact.kind, artifact.view);
    if (!('text' in rendered)) throw new Error(JSON.stringify(rendered.diagnostics));
    const kind = KINDS.get(artifact.kind);
    if (kind === undefined) throw new Error(`no kind ${artifact.kind}`);
    const verified = verifyArtifact(renderer, artifact, rendered.text, kind);
    if ('diagnostics' in verified) throw new Error(JSON.stringify(verified.diagnostics, undefined, 1));
    if (texts.has(outPath(artifact))) throw new Error(`${outPath(artifact)} is rendered twice`);
    texts.set(outPath(artifact), rendered.text);
  }
  return texts;
}
