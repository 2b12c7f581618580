/** The template texts in use: those installed with offsite, and over them those of `--templates DIR`. */
import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { attempt } from '../failure.ts';
import { packageRoot } from '../package-root.ts';

export interface TemplateFile {
  /** As a diagnostic shows it. */
  readonly file: string;
  readonly text: string;
}

const SUFFIX = '.hbs';

/**
 * Template texts by name (path below the directory, without suffix). A template of `extra` replaces the installed one
 * of that name. `FileFailure` when a directory or file cannot be read.
 */
export function readTemplates(extra: string | undefined): ReadonlyMap<string, TemplateFile> {
  const texts = new Map<string, TemplateFile>();
  readBelow(join(packageRoot, 'templates'), 'templates', texts);
  if (extra !== undefined) readBelow(extra, extra, texts);
  return texts;
}

function readBelow(directory: string, label: string, texts: Map<string, TemplateFile>): void {
  const folders = list(directory).filter(entry => entry.isDirectory());
  for (const folder of folders) {
    // Not `join`: it takes every path apart.
    const below = `${directory}${sep}${folder.name}`;
    for (const entry of list(below)) {
      if (!entry.isFile() || !entry.name.endsWith(SUFFIX)) continue;
      const path = `${below}${sep}${entry.name}`;
      const text = attempt(`read ${path}`, () => readFileSync(path, 'utf8'));
      const name = `${folder.name}/${entry.name.slice(0, -SUFFIX.length)}`;
      texts.set(name, { file: `${label}/${name}${SUFFIX}`, text });
    }
  }
}

const list = (directory: string): Dirent[] =>
  attempt(`read ${directory}`, () => readdirSync(directory, { withFileTypes: true })).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
