/** The name that an object was probably meant to have, as all names are written: `PVE_1` as `pve-1`. */
export const plainName = (name: string): string => name.toLowerCase().replace(/[_\s]+/g, '-');
