// What the device's script makes of answers and of texts, for the tests that hold it against the program.
//
//   node tests/browser/codes.mjs FILE
//
// FILE: {"codes": [{"text", "mask"}], "files": [{"file", "receipt"}]}. Prints {"codes": [rows of 1 and 0, or null], "files": [texts]}.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

/** The script as a browser has it, in a world of its own with nothing else in it. */
export function device() {
  const world = vm.createContext({ TextEncoder });
  vm.runInContext(readFileSync(join(dirname(fileURLToPath(import.meta.url)), '../../themes/default/assets/qr.js'), 'utf8'), world);
  return world.shirubeQr;
}

/** The modules of a text as rows of 1 and 0. */
export const rows = (modules) => modules && [...modules].map((row) => [...row].map((dark) => (dark ? '1' : '0')).join(''));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { codes = [], files = [] } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
  const script = device();
  console.log(JSON.stringify({
    codes: codes.map(({ text, mask }) => rows(script.modules(text, mask ?? undefined))),
    files: files.map(({ file, receipt }) => script.texts(file, receipt)),
  }));
}
