// Holds every .json of a folder against the JSON schema of survey-core, and loads it with survey-core itself; exit 1 where one is refused.
//
//   node surveys.mjs NODE FOLDER      NODE holds node_modules

import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [node, folder] = process.argv.slice(2);
const require = createRequire(join(node, "package.json"));
const Ajv = require("ajv").default;
const { Model } = require("survey-core");
const schema = JSON.parse(readFileSync(join(node, "node_modules/survey-core/surveyjs_definition.json"), "utf8"));
const valid = new Ajv({ strict: false, allErrors: false }).compile(schema);
let accepted = 0;
let faults = 0;
let questions = 0;
for (const name of readdirSync(folder).filter((name) => name.endsWith(".json")).sort()) {
  const json = JSON.parse(readFileSync(join(folder, name), "utf8"));
  if (!valid(json)) {
    console.log(`${name}: ${JSON.stringify(valid.errors.slice(0, 3))}`);
    faults += 1;
    continue;
  }
  const survey = new Model(json);
  // What only we understand is passed over
  const errors = (survey.jsonErrors ?? []).filter((error) => error.propertyName !== "shirube" && !/"?shirube"?/.test(error.message ?? ""));
  if (errors.length > 0) {
    console.log(`${name}: ${errors.map((error) => error.message).join("; ")}`);
    faults += 1;
    continue;
  }
  questions += survey.getAllQuestions().length;
  accepted += 1;
}
console.log(`${accepted} surveys accepted, ${questions} questions`);
process.exit(faults ? 1 : 0);
