/** Writing fstab fields (fstab(5)). */

/** Control characters would reach mount unit names and logs raw; lone surrogates have no UTF-8 form. */
const UNCARRIED = /[\0-\x08\x0a-\x1f\x7f]/;

/**
 * One field: blank, tab and backslash as octal. `#` stays as it is: fstab(5) of newer systems escapes it as `\043`,
 * but glibc before that (getmntent, hence systemd-fstab-generator) keeps `\043` literally. A leading `#` would make a
 * comment. Gives undefined for what cannot be carried, the empty string included.
 */
export function fstabField(value: string): string | undefined {
  if (value === '' || value.startsWith('#') || UNCARRIED.test(value) || !value.isWellFormed())
    return undefined;
  return value.replaceAll('\\', '\\134').replaceAll(' ', '\\040').replaceAll('\t', '\\011');
}

/**
 * One mount option, `name` or `name=value`, to be joined with commas. There is no escape for a comma that every
 * reader knows, and libmount gives `"` a meaning, so both are refused.
 */
export function fstabOption(name: string, value?: string): string | undefined {
  const option = value === undefined ? name : `${name}=${value}`;
  if (name === '' || /[,"\\]/.test(option) || name.includes('=')) return undefined;
  return fstabField(option);
}
