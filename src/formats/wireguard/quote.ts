/** Writing wg-quick configuration (wg-quick(8)). */

/**
 * The command of a PreUp, PostUp, PreDown or PostDown line, to be run by bash after `%i` was replaced; quoting inside it
 * is the shell's. `#` starts a comment in released versions and not in others, so it is refused, as are blanks at the
 * edges (cut), line ends and the empty command.
 */
export const hookCommand = (command: string): string | undefined =>
  command === '' ||
  /[#\0\n\r]/.test(command) ||
  !command.isWellFormed() ||
  /^[ \t\v\f]|[ \t\v\f]$/.test(command)
    ? undefined
    : command;

/** The text of a comment line behind `# `. */
export const wireguardComment = (text: string): string | undefined =>
  /[\0\n\r]/.test(text) || !text.isWellFormed() || /^[ \t\v\f]|[ \t\v\f]$/.test(text) ? undefined : text;
