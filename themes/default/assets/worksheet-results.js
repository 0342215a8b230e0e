// What a worksheet says, put into the page: text first, drawings beside it, every drawing with its numbers in words. Jobs, lives and
// money stand in worksheet-lives.js.
(function () {
  "use strict";

  const kernels = window.shirubeKernels;
  const drawings = window.shirubeDrawings;
  const sheet = window.shirubeSheet;
  const { figure } = drawings;

  const { make, fill, bracketed, listed, table, chart, key, plural } = window.shirubeMake;

  // Three circles with the numbers of what lies where.
  const SPOTS = [[164, 150], [164, 92], [104, 196], [224, 196], [88, 92], [240, 92], [164, 262]];
  function venn(place, output, names, title, description) {
    const marks = [];
    // want and can above, must below: the pairs are want–can, want–must, can–must
    [[116, 116, "c1"], [212, 116, "c2"], [164, 202, "c3"]].forEach(([x, y, token], at) => {
      marks.push({ kind: "circle", x, y, radius: 92, fill: null, stroke: { token, width: 2.5 } });
      marks.push({ kind: "text", x: [66, 262, 164][at], y: [14, 14, 310][at], text: names[at], size: 13, anchor: "middle", token, bold: true });
    });
    let number = 0;
    output.forEach((region, at) => {
      const own = region.groups.map(() => String(number += 1));
      own.forEach((text, place) => {
        const inRow = Math.min(own.length - Math.floor(place / 3) * 3, 3);
        const x = SPOTS[at][0] + (place % 3 - (inRow - 1) / 2) * 22;
        const y = SPOTS[at][1] + (Math.floor(place / 3) - (Math.ceil(own.length / 3) - 1) / 2) * 24;
        marks.push({ kind: "circle", x, y, radius: 10, fill: at === 0 ? "kaki" : "d5", stroke: null });
        marks.push({ kind: "text", x, y, text, size: 12, anchor: "middle", token: at === 0 ? "paper" : "on-d5", bold: true });
      });
    });
    return drawings.svg({ width: 328, height: 322, marks }, place + "-venn", title, description);
  }

  // The first column of a table that is repeated, round the person: the darker, the earlier what is chosen in its row stands.
  function wheel(at) {
    const line = at.result.lines.find((one) => one.each);
    const part = line ? at.filled.part(line.each) : { fields: [] };
    const [name, ...others] = part.fields;
    const rows = name ? at.filled.rows(part.id).filter((row) => at.filled.cell(part.id, row, name.id) !== undefined) : [];
    if (rows.length === 0) return [];
    const choice = others.find((field) => field.kind === "choice");
    const choices = choice ? choice.choices : [];
    const look = (place) => (place < 0 ? "" : place === 0 ? "first" : place === choices.length - 1 ? "last" : "between");
    const ring = make("div", "w-wheel");
    ring.setAttribute("aria-hidden", "true");
    const list = make("dl", "w-list");
    rows.forEach((row, place) => {
      const chosen = choice ? choices.findIndex((one) => one.id === at.filled.cell(part.id, row, choice.id)) : -1;
      const role = at.filled.cell(part.id, row, name.id);
      const spot = make("span", look(chosen), role);
      const spoke = make("i", "");
      [spoke, spot].forEach((one) => one.style.setProperty("--turn", place * 360 / rows.length + "deg"));
      ring.prepend(spoke);
      ring.append(spot);
      const told = others.filter((field) => field !== choice).map((field) => at.filled.cell(part.id, row, field.id)).filter((text) => text !== undefined);
      list.append(make("div", "", make("dt", "", role), make("dd", told.length ? "" : "empty", told.join(" / ") || at.say.worksheet_none), ...(chosen < 0 ? [] : [make("dd", "", choice.label + (at.filled.rules.japanese ? "：" : ": ") + choices[chosen].label)])));
    });
    ring.append(make("b", "", at.say.worksheet_me));
    return [make("div", "w-roles", ring, list)];
  }

  // How many words of each family were picked, by oneself and by others
  function families(at) {
    const label = (id) => at.filled.part(at.result.of[0]).families.find((family) => family.id === id).label;
    return table([at.say.worksheet_family, at.say.worksheet_by_me, at.say.worksheet_by_others], at.output.families.map((family) => [label(family.id), family.own, family.others]), "w-few");
  }

  const REGIONS = ["wcm", "wc", "wm", "cm", "w", "c", "m"];
  const SHOW = Object.assign({}, window.shirubeLives, {
    overlap(at) {
      const lines = at.filled.places;
      const text = (line) => at.filled.cell(at.result.of[lines[line][0]], lines[line][1], "line");
      if (lines.length === 0) return null;
      let number = 0;
      const list = make("dl", "w-list");
      at.output.forEach((region, place) => {
        const name = REGIONS[place];
        const groups = region.groups.map((group) => (number += 1) + "  " + group.map(text).join(" ― "));
        const own = make("dd", groups.length ? "" : "empty", ...(groups.length ? [listed(groups)] : [at.say.worksheet_none]));
        list.append(make("div", "", make("dt", "", at.say["worksheet_" + name]), own, ...(groups.length ? [make("dd", "", at.say["worksheet_" + name + "_next"])] : [])));
      });
      const names = at.result.of.map((id) => at.filled.part(id).title);
      const image = at.result.pictures.includes("venn") ? [venn(at.place, at.output, names, at.result.title, list.textContent)] : [];
      return [make("div", image.length ? "w-regions" : "", ...image, list)];
    },
    johari(at) {
      const { output, say } = at;
      if (output.open.length + output.blind.length + output.hidden.length === 0) return null;
      const cards = at.filled.cards(at.result.of[0]);
      const label = (id) => cards.find((card) => card.id === id).label;
      const others = (id) => at.input.find((card) => card.id === id).others;
      const pane = (name, ids) => make("section", "", make("h3", "", say["worksheet_" + name]), ids.length ? listed(ids.map((id) => label(id) + (others(id) > 0 ? bracketed(others(id), at.filled.rules) : ""))) : make("span", "note", say.worksheet_none));
      const unknown = make("section", "", make("h3", "", say.worksheet_unknown), make("p", "", output.unknown), make("span", "note", say.worksheet_cards));
      const said = [];
      if (output.agreement !== null) said.push(fill(say.worksheet_agreement, { percent: output.agreement }));
      if (output.most_named.length) said.push(fill(say.worksheet_most_named, { cards: output.most_named.map(label).join(say.list_gap) }));
      return [make("div", "w-window", pane("open", output.open), pane("blind", output.blind), pane("hidden", output.hidden), unknown), ...said.map((text) => make("p", "say", text)), make("p", "note", say.worksheet_few_others), ...at.charts(), ...(at.result.pictures.includes("bars") ? [families(at)] : [])];
    },
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
    use_gap(at) {
      const { output, say } = at;
      const known = output.filter((row) => row.mean !== null);
      if (known.length === 0) return null;
      const groups = at.filled.part(at.result.of[0]).groups;
      const given = (id) => at.input.groups.find((group) => group.id === id);
      const cell = (value) => (value === null ? "–" : value);
      const first = known.filter((row) => row.rank <= 5).map((row) => groups.find((group) => group.id === row.id).label);
      const order = at.result.pictures.includes("bars") ? [...at.charts("bars"), key([["box", "d5", null, say.worksheet_marked_first]]), make("p", "say", say.worksheet_first_five + first.join(say.list_gap))] : [];
      const gaps = at.result.pictures.includes("gap") ? at.charts("gap") : [];
      if (gaps.length) gaps.push(key([["dot", "ai", null, say.worksheet_importance], ["ring", "ai", null, say.worksheet_used], ["line", "kaki", null, say.worksheet_marked_gap]]));
      return [...order, ...gaps, table([say.worksheet_rank, say.worksheet_card, say.worksheet_mean, say.worksheet_importance, say.worksheet_used, say.worksheet_gap], known.map((row) => [row.rank, groups.find((group) => group.id === row.id).label, row.mean, cell(given(row.id).important), cell(given(row.id).used), row.gap === null ? "–" : figure(row.gap)]), "w-values")];
    },
    paired(at) {
      const { output, say } = at;
      const items = at.filled.part(at.result.of[0]).items;
      const all = items.length * (items.length - 1) / 2;
      if (output.answered === 0) return null;
      const said = output.circles === null ? plural(say, "worksheet_pairs_left", all - output.answered) : plural(say, "worksheet_circles", output.circles) + " " + fill(say.worksheet_consistency, { value: output.consistency.toFixed(2) });
      const drawn = at.charts();
      const legend = drawn.length ? [key([["box", "d5", null, say.worksheet_marked_three]])] : [];
      return [make("p", "say", said), ...drawn, ...legend, table([say.worksheet_rank, say.worksheet_card, say.worksheet_wins], output.order.map((place) => [output.ranks[place], items[place].label, output.wins[place]]), "w-values")];
    },
    best_worst(at) {
      const { output, say } = at;
      const items = at.filled.part(at.result.of[0]).items;
      const said = output.same.length ? [make("p", "say", fill(output.same.length === 1 ? say.worksheet_sets_same_one : say.worksheet_sets_same, { sets: output.same.join(say.list_gap) }))] : [];
      if (output.answered === 0) return said.length ? said : null;
      said.unshift(make("p", "say", output.circles === null ? plural(say, "worksheet_sets_left", output.sets - output.answered) : plural(say, "worksheet_circles", output.circles) + " " + fill(say.worksheet_consistency, { value: output.consistency.toFixed(2) })));
      const rows = output.order.map((place) => [output.ranks[place], items[place].label, output.best[place], output.worst[place], figure(output.scores[place])]);
      const drawn = at.charts();
      const legend = drawn.length ? [key([["dot", "ai", null, say.worksheet_best], ["ring", "ai", null, say.worksheet_worst], ["line", "kaki", null, say.worksheet_marked_three]])] : [];
      return [...said, ...drawn, ...legend, table([say.worksheet_rank, say.worksheet_card, say.worksheet_best, say.worksheet_worst, say.worksheet_score], rows, "w-values")];
    },
    compose(at) {
      if (at.output.length === 0) return null;
      const text = at.output.join("");
      const seconds = Math.max(1, Math.round(text.length / (at.filled.rules.japanese ? 5.5 : 14)));
      const card = make("div", "w-statement", ...at.output.map((line) => make("p", "", line)));
      const drawn = at.result.pictures.includes("wheel") ? wheel(at) : [];
      const heavy = (at.result.heavy || []).filter((word) => text.toLowerCase().includes(word.toLowerCase()));
      const told = heavy.length ? [make("p", "say", fill(at.say.worksheet_heavy, { words: heavy.join(at.say.list_gap) }))] : [];
      return [card, ...told, make("p", "note", fill(at.say.worksheet_length, { n: Array.from(text).length, seconds })), ...drawn];
    },
    recurring(at) {
      if (at.output.length === 0) return null;
      const often = at.result.pictures.includes("bars") && at.output.some((word) => word.answers >= 3) ? [key([["box", "d5", null, at.say.worksheet_marked_often]])] : [];
      return [...at.charts(), ...often, table([at.say.worksheet_card, at.say.worksheet_answers], at.output.map((word) => [word.word, word.answers]), "w-values")];
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
