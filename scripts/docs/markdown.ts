/** The little Markdown that the generated pages need. */

/** A table row; cells must not hold line breaks. */
export const row = (cells: readonly string[]): string =>
  `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

export const code = (text: string): string => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``);

export const fence = (language: string, text: string): string =>
  `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;

/** Parts with one blank line between them, and a final line break. */
export const page = (parts: readonly string[]): string =>
  `${parts.filter(part => part !== '').join('\n\n')}\n`;

export const GENERATED = '<!-- Made by scripts/build-docs.ts: change its sources, not this file. -->';
