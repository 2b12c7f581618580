/** `step 1/sh[0]` for a place and a count: one string for all files, since a large topology has a million of them. */
export type PlaceNames = (place: string, count: number) => string;

/** Kept as long as one lowering: as many names as the longest file has lines. */
export function placeNames(): PlaceNames {
  const known = new Map<string, string[]>();
  return (place, count) => {
    const names = known.get(place) ?? [];
    if (names.length === 0) known.set(place, names);
    const name = names[count] ?? `${place}[${count}]`;
    names[count] = name;
    return name;
  };
}
