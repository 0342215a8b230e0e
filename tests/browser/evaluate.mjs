// Holds the browser's evaluator of conditions against what the program made of the same cases.
//
//   node tests/browser/evaluate.mjs FILE
//
// FILE: {"today", "scales", "cases": [{"expression", "compiled", "answers", "expected"}], "fields": [{"field", "sent", "expected"}]}.
// Prints what differs and then how many were compared; exits with 1 where anything differs or nothing was there to compare.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

const script = join(dirname(fileURLToPath(import.meta.url)), '../../themes/default/assets/logic.js');

/** The evaluator as a browser has it, in a world of its own with nothing else in it. */
export function evaluator() {
  const world = vm.createContext({});
  vm.runInContext(readFileSync(script, 'utf8'), world);
  return world.shirubeLogic;
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other) || (typeof one === 'number' && one === other);

/** Everything that comes out otherwise, a line each, and how much was compared. */
export function differences({ today, scales, cases = [], fields = [] }) {
  const { value, read } = evaluator();
  const faults = [];
  for (const one of cases) {
    const came = value(one.compiled, { today, scales, answers: one.answers });
    if (!same(came, one.expected)) faults.push(`${one.expression} with ${JSON.stringify(one.answers)}: ${JSON.stringify(came)}, not ${JSON.stringify(one.expected)}`);
  }
  for (const one of fields) {
    const came = read(one.field, one.sent);
    if (!same(came, one.expected)) faults.push(`${JSON.stringify(one.field)} ${JSON.stringify(one.sent)}: ${JSON.stringify(came)}, not ${JSON.stringify(one.expected)}`);
  }
  return { faults, compared: cases.length + fields.length };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { faults, compared } = differences(JSON.parse(readFileSync(process.argv[2], 'utf8')));
  for (const fault of faults.slice(0, 20)) console.log(fault);
  console.log(`${compared} compared, ${faults.length} differ`);
  process.exit(faults.length === 0 && compared > 0 ? 0 : 1);
}
