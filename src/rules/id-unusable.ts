import { type NativeId, nativeIds } from '../analyses/native-ids.ts';
import type { Finding, Rule } from './rule.ts';

export const idUnusable: Rule = {
  id: 'id-unusable',
  severity: 'error',
  summary: 'A native id is not one that Proxmox takes.',
  why: 'Ids in PBS have 3 to 32 characters, and each kind of id an alphabet of its own. With another id the whole file is unreadable.',
  fix: 'Give the object a native `id:` or `name:`; its key in the topology can stay.',
  example: {
    bad: 'datastores: { s3: { host: pbs, path: /mnt/s3 } }',
    good: 'datastores: { s3: { name: s3-store, host: pbs, path: /mnt/s3 } }',
  },
  *check({ topology }) {
    for (const native of nativeIds(topology)) {
      if (native.problem !== undefined) yield idFinding(native, native.problem);
    }
  },
};

export const idFinding = ({ id, what, place, setBy }: NativeId, problem: string): Finding => ({
  message: `\`${id}\` cannot be the id of a ${what}: ${problem}`,
  place,
  help: setBy === '' ? 'rename it' : `set another one with \`${setBy}:\``,
});
