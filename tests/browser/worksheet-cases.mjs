// Holds the device's kernels, drawings and gathering of worksheets against what the program made of the same sheets.
//
//   node tests/browser/worksheet-cases.mjs FILE
//
// FILE: {"kernels": [{"kernel", "input", "expected"}], "scenes": [{"name", "input", "scene"}], "sheets": [{"rules", "values",
// "results": [{"compute", "input", "output", "scenes"}], "left": what of the first result is not counted, where that is told}],
// "months": [{"text", "month"}], "births": [{"text", "birth"}]}. Prints what differs; exits with 1 where anything does or nothing was there.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

const assets = join(dirname(fileURLToPath(import.meta.url)), '../../themes/default/assets');
const world = vm.createContext({});
for (const script of ['worksheet-words.js', 'worksheet-kernels.js', 'worksheet-drawings.js', 'worksheet-gather.js', 'worksheet-people.js', 'matching.js']) vm.runInContext(readFileSync(join(assets, script), 'utf8'), world);
const { shirubeKernels: kernels, shirubeDrawings: drawings, shirubeSheet: sheet, shirubePeople: people } = world;

const sorted = (value) => JSON.stringify(value, (_, one) =>
  one !== null && typeof one === 'object' && !Array.isArray(one) ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one);
const { kernels: computed = [], scenes = [], sheets = [], months = [], births = [] } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
let compared = 0;
let differ = 0;
function compare(came, expected, about) {
  compared += 1;
  if (sorted(came) === sorted(expected)) return;
  differ += 1;
  if (differ <= 6) console.log(`${about}\n  came     ${sorted(came)}\n  expected ${sorted(expected)}`);
}
for (const { kernel, input, expected } of computed) compare(kernels[kernel](input), expected, `${kernel} ${JSON.stringify(input)}`);
for (const { name, input, scene } of scenes) compare(drawings[name](input), scene, `${name} ${JSON.stringify(input)}`);
for (const { text, month } of months) compare(sheet.month(text), month, `month ${text}`);
for (const { text, birth } of births) compare(people.birth(text), birth, `birth ${text}`);
for (const { rules, values, results, left } of sheets) {
  rules.results.forEach((result, at) => {
    const expected = results[at];
    const filled = new sheet.Filled(rules, values);
    const input = filled.input(result);
    compare(input, expected.input, `${rules.sheet} ${result.compute}: input of ${JSON.stringify(values)}`);
    if (left && at === 0) compare(filled.left(result, input).map(({ n, words }) => [n, words.replace('worksheet_left_', '')]), left, `${rules.sheet}: left out of ${JSON.stringify(values)}`);
    const kernel = kernels[result.compute];
    const output = kernel && input !== null ? kernel(input) : null;
    compare(output, expected.output, `${rules.sheet} ${result.compute}: output`);
    if (!kernel) return;
    const made = sheet.pictures(filled, result, input, output).flatMap(([name, drawn]) => [792, 328].map((width) => ({ name, input: { ...drawn, width } })));
    compare(made.map(({ name, input: drawn }) => ({ name, input: drawn, scene: drawings[name](drawn) })), expected.scenes, `${rules.sheet} ${result.compute}: drawings`);
  });
}
console.log(`${compared} compared, ${differ} differ`);
process.exit(differ === 0 && compared > 0 ? 0 : 1);
