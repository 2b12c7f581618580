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
 * @param builtIn texts that the installed templates have unless somebody has edited one.
 */
export function readTemplates(
  extra: string | undefined,
  builtIn: Readonly<Record<string, { readonly text: string }>> = {},
): ReadonlyMap<string, TemplateFile> {
  const texts = new Map<string, TemplateFile>();
  const installed = join(packageRoot, 'templates');
  if (!readUnedited(installed, builtIn, texts)) readBelow(installed, 'templates', texts);
  if (extra !== undefined) readBelow(extra, extra, texts);
  return texts;
}

/** Listing the folders takes longer than reading the files: not done while all are as they were installed. */
function readUnedited(
  directory: string,
  builtIn: Readonly<Record<string, { readonly text: string }>>,
  texts: Map<string, TemplateFile>,
): boolean {
  try {
    for (const [name, { text }] of Object.entries(builtIn)) {
      if (readFileSync(`${directory}${sep}${name}${SUFFIX}`, 'utf8') !== text) return false;
      texts.set(name, { file: `templates/${name}${SUFFIX}`, text });
    }
  } catch {
    return false;
  }
  return texts.size > 0;
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
