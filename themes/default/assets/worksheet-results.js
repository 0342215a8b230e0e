// What a worksheet says, put into the page: text first, drawings beside it, every drawing with its numbers in words. Here stands what
// many sheets say; what few say comes along with them alone: worksheet-lives.js, -overlap.js, -compared.js, -statement.js.
(function () {
  "use strict";

  const kernels = window.shirubeKernels;
  const sheet = window.shirubeSheet;
  const { figure } = window.shirubeDrawings;
  const { make, fill, bracketed, table, chart, key } = window.shirubeMake;

  const SHOW = Object.assign({}, window.shirubeLives, window.shirubeTold, {
    ranking(at) {
      const { output, say } = at;
      const cards = at.filled.cards(at.result.of[0]);
      const label = (id) => (cards.find((card) => card.id === id) || { label: "" }).label;
      const out = [];
      if (output.families.length) {
        const families = at.filled.part(at.result.of[0]).families;
        out.push(make("p", "say", say.worksheet_families + output.families.map((one) => families.find((family) => family.id === one.id).label + " " + one.count + bracketed(one.share + "%", at.filled.rules)).join(say.list_gap)));
      }
      if (output.ranked.length) out.push(...at.charts(), key([["dot", "ai", null, say.worksheet_importance], ["ring", "ai", null, say.worksheet_lived], ["line", "kaki", null, say.worksheet_marked_gap]]), table([say.worksheet_rank, say.worksheet_card, say.worksheet_importance, say.worksheet_lived, say.worksheet_gap], output.ranked.map((row) => [row.rank, label(row.id), row.importance, row.lived === null ? "–" : row.lived, row.gap === null ? "–" : figure(row.gap)]), "w-values"));
      return out.length ? out : null;
    },
    value(at) {
      const answers = {};
      at.result.numbers.forEach(([id, name]) => { answers[id] = at.filled.number(name); });
      const value = window.shirubeLogic.value(at.result.expression, { answers, scales: {}, today: "" });
      if (typeof value !== "number" || !Number.isFinite(value)) return null;
      return [make("p", "voice", figure(kernels.decimals(value, at.result.decimals)) + (at.result.unit ? " " + at.result.unit : ""))];
    },
  });

  // Puts a result into its place; says whether there was anything to say.
  function show(node, rules, at, values, now) {
    const result = rules.results[at];
    const filled = new sheet.Filled(rules, values, now);
    const input = filled.input(result);
    const kernel = kernels[result.compute];
    const output = kernel && input !== null ? kernel(input) : null;
    const place = node.id || "result-" + at;
    const charts = (only) => {
      const wanted = only ? Object.assign({}, result, { pictures: result.pictures.filter((word) => word === only) }) : result;
      return sheet.pictures(filled, wanted, input, output).map((drawing, number) => chart(place, (only || "") + number, drawing, result.title, rules.say.worksheet_in_table));
    };
    const shown = kernel && output === null ? null : SHOW[result.compute]({ filled, result, input, output, place, charts, say: rules.say });
    // What is written and not counted is told of first
    const left = filled.left(result, input).map((one) => make("p", "say w-left", fill(rules.say[one.words], one)));
    node.replaceChildren(...left, ...(shown !== null ? shown : left.length ? [] : [make("p", "nothing", rules.say.worksheet_nothing)]));
    return shown !== null;
  }

  window.shirubeResults = { show, fill };
})();
