// Holds the browser's judge of sheets against what the program made of the same sheets.
//
//   node tests/browser/judge.mjs FILE
//
// FILE: {"today", "surveys": [{"rules", "cases": [{"raw", "pages", "expected"}]}], "orders": [{"ids", "pinned", "sheet", "of", "expected"}],
// "receipts": [{"survey", "sheet", "expected"}]}. Prints what differs and then how many were compared; exits with 1 where anything
// differs or nothing was there to compare.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

const assets = join(dirname(fileURLToPath(import.meta.url)), '../../themes/default/assets');

/** The judge as a browser has it, in a world of its own with nothing else in it. */
function judge() {
  const world = vm.createContext({ TextEncoder });
  for (const script of ['logic.js', 'judge.js']) vm.runInContext(readFileSync(join(assets, script), 'utf8'), world);
  return world.shirubeJudge;
}

/** The same value whatever the order of its keys. */
const sorted = (value) => JSON.stringify(value, (_, one) =>
  one !== null && typeof one === 'object' && !Array.isArray(one) ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one);

const { today, surveys = [], orders = [], rotations = [], receipts = [] } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const script = judge();
let compared = 0;
let differ = 0;
function compare(came, expected, about) {
  compared += 1;
  if (sorted(came) === sorted(expected)) return;
  differ += 1;
  if (differ <= 10) console.log(`${about()}\n  came     ${sorted(came)}\n  expected ${sorted(expected)}`);
}
for (const { rules, cases } of surveys) {
  for (const { raw, pages, expected } of cases) {
    const { shown, ...rest } = script.judge(rules, raw, pages, today);
    compare({ ...rest, shown: [...shown].sort() }, expected, () => `${rules.id}, ${pages} pages: ${JSON.stringify(raw)}`);
  }
}
for (const { ids, pinned, sheet, of, expected } of orders) compare(script.arranged(ids, pinned, sheet, of), expected, () => `${ids} on ${sheet} of ${of}`);
for (const { orders: all, sheet, expected } of rotations) compare(script.rotation(all, sheet), expected, () => `one of ${all} orders on ${sheet}`);
for (const { survey, sheet, expected } of receipts) compare(script.receipt(survey, sheet), expected, () => `receipt of ${sheet}`);
console.log(`${compared} compared, ${differ} differ`);
process.exit(differ === 0 && compared > 0 ? 0 : 1);
