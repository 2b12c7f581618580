/**
 * What no `check` or fresh `render` of a tree can leave out, in the cheapest way that Node has for it.
 *
 * `node bench/yardstick/floor.cjs read OUT` lists and reads a tree, hashes every file and cuts it into lines.
 * `node bench/yardstick/floor.cjs write OUT FRESH` prints the milliseconds that it takes to write the files of OUT into
 * FRESH, which does not exist yet, each as a temporary file that is synced and renamed.
 */
const { hash } = require('node:crypto');
const fs = require('node:fs');

/** Directories, each behind those above it, and texts by path. */
function tree(out) {
  const directories = [];
  const texts = new Map();
  const visit = below => {
    directories.push(below);
    for (const entry of fs.readdirSync(out + below, { withFileTypes: true })) {
      const path = `${below}/${entry.name}`;
      if (entry.isDirectory()) visit(path);
      else texts.set(path, fs.readFileSync(out + path, 'utf8'));
    }
  };
  visit('');
  return { directories, texts };
}

function read(out) {
  let lines = 0;
  for (const text of tree(out).texts.values()) {
    hash('sha256', text);
    lines += text.split('\n').length;
  }
  if (lines === 0) throw new Error(`${out} is empty`);
}

function write(out, fresh) {
  const { directories, texts } = tree(out);
  const start = performance.now();
  for (const directory of directories) fs.mkdirSync(fresh + directory);
  for (const [path, text] of texts) {
    const full = fresh + path;
    const temporary = `${full}.tmp`;
    const handle = fs.openSync(temporary, 'wx', 0o644);
    fs.writeFileSync(handle, text);
    fs.fsyncSync(handle);
    fs.closeSync(handle);
    fs.renameSync(temporary, full);
  }
  console.log(performance.now() - start);
}

const [mode, ...directories] = process.argv.slice(2);
if (mode === 'read') read(...directories);
else write(...directories);
