/**
 * Presets of S3 providers. Endpoints are from the providers' public documentation, as is the minimum storage
 * duration (Wasabi: 90 days pay as you go).
 */
import type * as Spec from '../model/spec.ts';
import type { Bucket } from '../model/topology.ts';

export interface Preset {
  endpoint(at: { readonly region: string; readonly id: string }): string | undefined;
  /** Region when none is declared; undefined: it must be declared. */
  readonly region: string | undefined;
  readonly pathStyle: boolean;
  readonly minimumBilledDays: number;
  /** The endpoint contains the id of the account. */
  readonly needsId: boolean;
  readonly locks: Bucket['locks'];
}

const preset = (
  endpoint: Preset['endpoint'],
  rest: Partial<Omit<Preset, 'endpoint'>> & { region?: string | undefined } = {},
): Preset => ({
  region: undefined,
  pathStyle: true,
  minimumBilledDays: 0,
  needsId: false,
  locks: 's3',
  ...rest,
  endpoint,
});

export const PRESETS: Readonly<Record<Spec.Bucket['provider'], Preset>> = {
  wasabi: preset(
    ({ region }) => (region === 'us-east-1' ? 's3.wasabisys.com' : `s3.${region}.wasabisys.com`),
    { minimumBilledDays: 90 },
  ),
  aws: preset(({ region }) => `s3.${region}.amazonaws.com`, { pathStyle: false }),
  backblaze: preset(({ region }) => `s3.${region}.backblazeb2.com`),
  // R2 signs with the region `auto`.
  cloudflare: preset(({ id }) => `${id}.r2.cloudflarestorage.com`, {
    region: 'auto',
    needsId: true,
    locks: 'removable',
  }),
  hetzner: preset(({ region }) => `${region}.your-objectstorage.com`),
  minio: preset(() => undefined, { region: 'us-east-1' }),
  garage: preset(() => undefined, { region: 'garage', locks: 'none' }),
  generic: preset(() => undefined, { region: 'us-east-1' }),
};
