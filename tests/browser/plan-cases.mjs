// Holds the device's rules of plans against what the program made of the same cases.
//
//   node tests/browser/plan-cases.mjs FILE
//
// FILE: {"judged": [{"compiled", "figures", "expected"}], "outcomes": [{"rules", "answers", "expected"}]}. Prints what differs; exits
// with 1 where anything does or nothing was there.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

const script = join(dirname(fileURLToPath(import.meta.url)), '../../themes/default/assets/plan.js');
const world = vm.createContext({});
vm.runInContext(readFileSync(script, 'utf8'), world);
const { holds, outcome } = world.shirubePlan;

const { judged = [], outcomes = [] } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
let differ = 0;
function compare(came, expected, about) {
  if (JSON.stringify(came) === JSON.stringify(expected)) return;
  differ += 1;
  if (differ <= 6) console.log(`${about}\n  came     ${JSON.stringify(came)}\n  expected ${JSON.stringify(expected)}`);
}
for (const { compiled, figures, expected } of judged) compare(holds(compiled, figures), expected, `${JSON.stringify(compiled)} with ${JSON.stringify(figures)}`);
for (const { rules, answers, expected } of outcomes) {
  const { first, next, rest, led } = outcome(rules, answers);
  compare({ first, led, next, rest }, expected, `answers ${JSON.stringify(answers)}`);
}
const compared = judged.length + outcomes.length;
console.log(`${compared} compared, ${differ} differ`);
process.exit(differ === 0 && compared > 0 ? 0 : 1);
