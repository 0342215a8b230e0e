// Evaluates conditions with the programs of others: XPath as ODK and Enketo do (openrosa-xpath-evaluator), and SurveyJS by survey-core.
//
//   node expressions.mjs FOLDER CASES RESULTS
//
// FOLDER holds node_modules. CASES: {today, xpath: [{expression, sheet}], surveyjs: [{expression, sheet}], sheets: {xpath: [xml], surveyjs:
// [values]}}. RESULTS: {xpath: [text], surveyjs: [value]}; a fault of an evaluator is a text that begins with "fault:".

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [folder, from, to] = process.argv.slice(2);
const require = createRequire(join(folder, "package.json"));
const cases = JSON.parse(readFileSync(from, "utf8"));

// The day of the cases is the present day
const Clock = globalThis.Date;
const noon = new Clock(`${cases.today}T12:00:00`).getTime();
globalThis.Date = class extends Clock {
  constructor(...parts) {
    if (parts.length === 0) super(noon);
    else super(...parts);
  }
  static now() {
    return noon;
  }
};

function each(list, one) {
  return (list ?? []).map((item) => {
    try {
      return one(item) ?? null;
    } catch (error) {
      return `fault: ${error.message}`;
    }
  });
}

function xpaths() {
  if (!cases.xpath?.length) return [];
  const xpath = require("xpath");
  const { DOMParser, Node } = require("@xmldom/xmldom");
  globalThis.XPathResult = xpath.XPathResult;
  globalThis.Node = Node;
  const evaluate = (path, node, resolver, type, result) => xpath.evaluate(path, node, resolver, type, result);
  globalThis.XPathEvaluator = class {
    evaluate = evaluate;
    createExpression = (path, resolver) => ({ evaluate: (node) => evaluate(path, node, resolver, xpath.XPathResult.ANY_TYPE, null) });
  };
  const evaluator = require("openrosa-xpath-evaluator")();
  const sheets = cases.sheets.xpath.map((xml) => new DOMParser().parseFromString(xml, "text/xml"));
  // What Enketo does before it evaluates: names become paths, the nth repeat a position
  const plain = (path) =>
    path
      .replace(/indexed-repeat\(\$\{(\w+)\}, \$\{(\w+)\}, (\d+)\)/g, "/data/$2[position() = $3]/$1")
      .replace(/\$\{([^}]+)\}/g, "/data/$1");
  return each(cases.xpath, ({ expression, sheet }) =>
    evaluator.evaluate(plain(expression), sheets[sheet], null, xpath.XPathResult.STRING_TYPE, null).stringValue,
  );
}

function surveyjs() {
  if (!cases.surveyjs?.length) return [];
  const { ExpressionRunner, ConditionsParser } = require("survey-core");
  const parser = new ConditionsParser();
  return each(cases.surveyjs, ({ expression, sheet }) => {
    if (!parser.parseExpression(expression)) throw new Error(`unreadable: ${expression}`);
    return new ExpressionRunner(expression).runValues(cases.sheets.surveyjs[sheet]);
  });
}

writeFileSync(to, JSON.stringify({ xpath: xpaths(), surveyjs: surveyjs() }));
