/** `manifest.json`: everything below out/ and everything that must be done, for programs (design contract). */
import type { Topology } from '../model/topology.ts';
import type { OutFile } from '../emit/change.ts';
import type { RenderedFile } from '../render/render-all.ts';
import type { Lowered } from './lowering.ts';

export function manifestFile(_topology: Topology, _lowered: Lowered, _files: readonly RenderedFile[]): OutFile {
  return { path: 'manifest.json', text: '{}\n' };
}
