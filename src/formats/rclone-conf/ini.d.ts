/** The part of the package `ini` that is used here; it ships no types of its own. */
declare module 'ini' {
  const ini: {
    /** Sections become objects, `true`, `false` and `null` become values, dotted section names nest. */
    parse(text: string): Record<string, unknown>;
  };
  export default ini;
}
