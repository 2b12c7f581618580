/**
 * `dist/core.cjs`: loads the common code with what V8 compiled of it in an earlier run. Node's own compile cache keeps
 * only the functions that ran while a file was loaded; here everything that a whole run needed is kept.
 *
 * The cache lies beside the code, since a directory that all users share could be filled by any of them. Its name has
 * the hash of the code (`CODE`, set by the build), as V8 compares no more than lengths, and the version of V8; what V8
 * does not accept (it was started with other flags) is compiled as usual. An installation that has none for its Node
 * and can be written to gets one after the first `render` or `check` without errors, which needs about everything.
 */
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { Script } = require('node:vm');

const CODE = '#CODE#';
const directory = `${__dirname}/.cache`;
const file = `${directory}/${CODE}-${process.versions.v8}-${process.arch}`;
const body = `${__dirname}/${CODE}.cjs`;

function readCache() {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

const cachedData = readCache();
// The build writes a function, so that no second text is put together around it, and ASCII only: one byte a character
// is all that V8 then keeps.
const script = new Script(readFileSync(body, 'latin1'), { filename: body, cachedData });
script.runInThisContext()(module, require, __dirname);

/** Keeps what is compiled by now. Whether it works is nobody's business: the next run is a little slower. */
module.exports.keep = () => {
  const temporary = `${file}.${process.pid}`;
  try {
    mkdirSync(directory, { recursive: true });
    writeFileSync(temporary, script.createCachedData());
    renameSync(temporary, file);
  } catch {}
};

if (cachedData === undefined) {
  process.once('exit', code => {
    if (code === 0 && /^(?:render|check)$/.test(process.argv[2])) module.exports.keep();
  });
}
