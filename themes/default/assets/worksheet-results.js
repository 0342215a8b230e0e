// What a worksheet says, put into the page: text first, drawings beside it, every drawing with its table.
(function () {
  "use strict";

  const kernels = window.shirubeKernels;
  const drawings = window.shirubeDrawings;
  const sheet = window.shirubeSheet;
  const { figure } = drawings;

  function make(tag, className, ...children) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    node.append(...children);
    return node;
  }
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));
  const bracketed = (text, rules) => (rules.japanese ? "（" + text + "）" : " (" + text + ")");
  const listed = (texts, tag, className) => make(tag || "ul", className || "", ...texts.map((text) => make("li", "", text)));
  function table(head, rows, className) {
    const line = (tag, cells, first) => make("tr", "", ...cells.map((cell, at) => {
      const node = make(at === 0 && first ? "th" : tag, "", cell.text !== undefined ? cell.text : String(cell));
      if (node.tagName === "TH") node.setAttribute("scope", first ? "row" : "col");
      if (cell.className) node.className = cell.className;
      return node;
    }));
    const box = make("div", "table-box", make("table", "table " + (className || ""), make("thead", "", line("th", head, false)), make("tbody", "", ...rows.map((row) => line("td", row, true)))));
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", head.map((cell) => (cell.text === undefined ? cell : cell.text)).join(" "));
    return box;
  }
  function chart(place, at, drawing, title, description) {
    const [name, input] = drawing;
    const image = (width, variant) => drawings.svg(drawings[name](Object.assign({ width }, input)), place + "-" + at + "-" + variant, title, description);
    const figureBox = make("figure", "chart", make("div", "wide", image(792, "wide")), make("div", "narrow", image(328, "narrow")));
    return make("div", "drawing", figureBox);
  }
  function key(entries) {
    return make("ul", "w-key", ...entries.map(([kind, token, dash, words]) => {
      const scene = { width: 26, height: 14, marks: [kind === "line" ? { kind: "line", points: [[0, 7], [26, 7]], stroke: { token, width: 2.5, dash } } : kind === "ring" ? { kind: "circle", x: 13, y: 7, radius: 5, fill: "paper", stroke: { token, width: 2 } } : kind === "dot" ? { kind: "circle", x: 13, y: 7, radius: 5, fill: token } : { kind: "rect", x: 6, y: 0, width: 14, height: 14, fill: token, stroke: { token: "edge", width: 1 } }] };
      const image = drawings.svg(scene, "key-x", "", "");
      image.removeAttribute("role");
      image.removeAttribute("aria-labelledby");
      image.setAttribute("aria-hidden", "true");
      image.querySelectorAll("title, desc").forEach((one) => one.remove());
      image.removeAttribute("class");
      return make("li", "", image, words);
    }));
  }

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

  const REGIONS = ["wcm", "wc", "wm", "cm", "w", "c", "m"];
  const SHOW = {
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
      return [make("div", "w-window", pane("open", output.open), pane("blind", output.blind), pane("hidden", output.hidden), unknown), ...said.map((text) => make("p", "say", text)), make("p", "note", say.worksheet_few_others)].concat(at.charts());
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
      if (output.ranked.length) out.push(...at.charts(), key([["dot", "ai", null, say.worksheet_importance], ["ring", "ai", null, say.worksheet_lived]]), table([say.worksheet_rank, say.worksheet_card, say.worksheet_importance, say.worksheet_lived, say.worksheet_gap], output.ranked.map((row) => [row.rank, label(row.id), row.importance, row.lived === null ? "–" : row.lived, row.gap === null ? "–" : figure(row.gap)]), "w-values"));
      return out.length ? out : null;
    },
    use_gap(at) {
      const { output, say } = at;
      const known = output.filter((row) => row.mean !== null);
      if (known.length === 0) return null;
      const groups = at.filled.part(at.result.of[0]).groups;
      const given = (id) => at.input.groups.find((group) => group.id === id);
      const cell = (value) => (value === null ? "–" : value);
      const drawn = at.charts();
      const legend = drawn.length > 1 ? [key([["dot", "ai", null, say.worksheet_importance], ["ring", "ai", null, say.worksheet_used]])] : [];
      return [...drawn, ...legend, table([say.worksheet_rank, say.worksheet_card, say.worksheet_mean, say.worksheet_importance, say.worksheet_used, say.worksheet_gap], known.map((row) => [row.rank, groups.find((group) => group.id === row.id).label, row.mean, cell(given(row.id).important), cell(given(row.id).used), row.gap === null ? "–" : figure(row.gap)]), "w-values")];
    },
    cash_flow(at) {
      const { output, say, input } = at;
      if (output === null || input.lines.length === 0) return null;
      const [money, , scenarios] = at.result.of;
      const rows = scenarios ? at.filled.rows(scenarios) : [];
      const names = output.map((course, place) => ["①", "②", "③", "④"][place] + " " + (place === 0 ? say.worksheet_plan : at.filled.cell(scenarios, rows[place - 1], "name") || ""));
      const said = output.map((course, place) => {
        const lowest = course.years[course.lowest];
        const end = course.years[course.years.length - 1];
        const parts = [course.below === null ? say.worksheet_never_below : fill(say.worksheet_below, { year: course.below })];
        if (lowest) parts.push(fill(say.worksheet_lowest, { year: lowest.year, amount: figure(lowest.savings) }));
        parts.push(fill(say.worksheet_end, { year: end.year, amount: figure(end.savings) }));
        return make("div", "", make("dt", "", names[place]), make("dd", "", parts.join(" ")));
      });
      const lines = at.filled.money(money);
      const age = at.filled.number(money + ".age");
      const years = output[0].years;
      const head = [say.worksheet_year].concat(age === null ? [] : [say.worksheet_age]);
      const inLines = lines.map((line, place) => [line, place]).filter(([line]) => line.income);
      const outLines = lines.map((line, place) => [line, place]).filter(([line]) => !line.income);
      const cell = (value, sum) => ({ text: figure(value), className: (value < 0 ? "below " : "") + (sum ? "sum" : "") });
      const body = years.map((year, place) => [year.year].concat(age === null ? [] : [age + place], inLines.map(([, line]) => cell(year.cells[line])), [cell(year.income, true)], outLines.map(([, line]) => cell(year.cells[line])), [cell(year.once), cell(year.expense, true), cell(year.balance, true)], output.map((course) => cell(course.years[place].savings, true))));
      const heads = head.concat(inLines.map(([line]) => line.label), [say.worksheet_income], outLines.map(([line]) => line.label), [say.worksheet_once, say.worksheet_expense, say.worksheet_balance], output.map((course, place) => say.worksheet_savings + (output.length > 1 ? " " + ["①", "②", "③", "④"][place] : "")));
      const drawn = at.charts();
      const legend = key([["rect", "d3", null, say.worksheet_income], ["rect", "k2", null, say.worksheet_expense]].concat(names.slice(0, 3).map((name, place) => ["line", ["ai", "c2", "c3"][place], [null, [7, 4], [2, 4]][place], say.worksheet_savings + " " + name])));
      return [make("dl", "w-list", ...said), ...drawn, ...(drawn.length ? [legend] : []), ...(at.result.pictures.includes("table") ? [table(heads, body, "w-numbers")] : []), make("p", "note", say.worksheet_money_rule)];
    },
    paired(at) {
      const { output, say } = at;
      const items = at.filled.part(at.result.of[0]).items;
      const all = items.length * (items.length - 1) / 2;
      if (output.answered === 0) return null;
      const said = output.circles === null ? fill(say.worksheet_pairs_left, { n: all - output.answered }) : fill(say.worksheet_circles, { n: output.circles }) + " " + fill(say.worksheet_consistency, { value: output.consistency.toFixed(2) });
      return [make("p", "say", said), ...at.charts(), table([say.worksheet_rank, say.worksheet_card, say.worksheet_wins], output.order.map((place) => [output.ranks[place], items[place].label, output.wins[place]]), "w-values")];
    },
    best_worst(at) {
      const { output, say } = at;
      const items = at.filled.part(at.result.of[0]).items;
      const said = output.same.length ? [make("p", "say", fill(say.worksheet_sets_same, { sets: output.same.join(say.list_gap) }))] : [];
      if (output.answered === 0) return said.length ? said : null;
      said.unshift(make("p", "say", output.circles === null ? fill(say.worksheet_sets_left, { n: output.sets - output.answered }) : fill(say.worksheet_circles, { n: output.circles }) + " " + fill(say.worksheet_consistency, { value: output.consistency.toFixed(2) })));
      const rows = output.order.map((place) => [output.ranks[place], items[place].label, output.best[place], output.worst[place], figure(output.scores[place])]);
      const drawn = at.charts();
      const legend = drawn.length ? [key([["dot", "ai", null, say.worksheet_best], ["ring", "ai", null, say.worksheet_worst]])] : [];
      return [...said, ...drawn, ...legend, table([say.worksheet_rank, say.worksheet_card, say.worksheet_best, say.worksheet_worst, say.worksheet_score], rows, "w-values")];
    },
    timeline(at) {
      const { output, say } = at;
      if (output.months.length === 0) return null;
      const skills = output.skills.slice(0, 12);
      const out = [make("p", "say", fill(say.worksheet_job_total, { years: kernels.decimals(output.total / 12, 1) }))].concat(at.charts());
      const quadrant = skills.filter((skill) => skill.level !== null && skill.feeling !== null);
      if (at.result.pictures.includes("quadrant") && quadrant.length) out.push(listed(quadrant.map((skill) => skill.name), "ol", "plain small"));
      if (at.result.pictures.includes("job_card")) out.push(make("h3", "", say.worksheet_job_1), table([say.worksheet_job_2, at.filled.part(at.result.of[0]).fields.find((field) => field.id === "role").label, at.filled.part(at.result.of[0]).fields.find((field) => field.id === "skills").label], at.filled.jobs(at.result.of[0]).map(([row, from, to]) => [Math.floor(from / 12) + "." + (from % 12 + 1) + " – " + Math.floor(to / 12) + "." + (to % 12 + 1), [at.filled.cell(at.result.of[0], row, "role") || at.filled.cell(at.result.of[0], row, "place"), at.filled.cell(at.result.of[0], row, "task"), at.filled.cell(at.result.of[0], row, "devised"), at.filled.cell(at.result.of[0], row, "outcome")].filter(Boolean).join(" / "), at.filled.cell(at.result.of[0], row, "skills") || "–"])));
      return out;
    },
    lifeline(at) {
      const { output, say, input } = at;
      if (input.points.length < 2) return null;
      const part = at.filled.part(at.result.of[0]);
      const out = at.charts();
      // The numbers of the drawing are those of the order by age
      const rows = [];
      for (let row = 1; row <= part.most; row += 1) if (at.filled.figure(part.id, row, "x") !== null && at.filled.figure(part.id, row, "y") !== null) rows.push(row);
      const event = (place) => at.filled.cell(part.id, rows[output.order[place]], "event") || "";
      const category = (id) => (part.categories.find((one) => one.id === id) || { label: "" }).label;
      const step = (words, one) => (one === null ? [] : [make("p", "say", fill(words, { from: one.from + 1, to: one.from + 2, by: (one.by > 0 ? "+" : "") + figure(one.by), event: event(one.from + 1) }))]);
      out.push(listed(output.order.map((_, place) => event(place) || "–"), "ol", "plain"), ...step(say.worksheet_rise, output.rise), ...step(say.worksheet_fall, output.fall));
      if (output.lifts.length) out.push(make("p", "say", say.worksheet_lifts + output.lifts.map((lift) => category(lift.category) + " " + lift.rises).join(say.list_gap)));
      if (output.stages.length) out.push(make("p", "say", say.worksheet_stages + output.stages.map((stage) => fill(say.worksheet_stage, { from: stage.from, mean: figure(stage.mean) })).join(say.list_gap)));
      return out;
    },
    compose(at) {
      if (at.output.length === 0) return null;
      const text = at.output.join("");
      const seconds = Math.max(1, Math.round(text.length / (at.filled.rules.japanese ? 5.5 : 14)));
      const card = make("div", "w-statement", ...at.output.map((line) => make("p", "", line)));
      const drawn = at.result.pictures.includes("wheel") ? wheel(at) : [];
      return [card, make("p", "note", fill(at.say.worksheet_length, { n: Array.from(text).length, seconds })), ...drawn];
    },
    recurring(at) {
      if (at.output.length === 0) return null;
      return [...at.charts(), table([at.say.worksheet_card, at.say.worksheet_answers], at.output.map((word) => [word.word, word.answers]), "w-values")];
    },
    value(at) {
      const answers = {};
      at.result.numbers.forEach(([id, name]) => { answers[id] = at.filled.number(name); });
      const value = window.shirubeLogic.value(at.result.expression, { answers, scales: {}, today: "" });
      if (typeof value !== "number" || !Number.isFinite(value)) return null;
      return [make("p", "voice", figure(kernels.decimals(value, at.result.decimals)) + (at.result.unit ? " " + at.result.unit : ""))];
    },
  };

  // Puts a result into its place; says whether there was anything to say.
  function show(node, rules, at, values, now) {
    const result = rules.results[at];
    const filled = new sheet.Filled(rules, values, now);
    const input = filled.input(result);
    const kernel = kernels[result.compute];
    const output = kernel && input !== null ? kernel(input) : null;
    const place = "result-" + at;
    const charts = () => sheet.pictures(filled, result, input, output).map((drawing, number) => chart(place, number, drawing, result.title, ""));
    const shown = kernel && output === null ? null : SHOW[result.compute]({ filled, result, input, output, place, charts, say: rules.say });
    // What is written and not counted is told of first
    const left = filled.left(result, input).map((one) => make("p", "say w-left", fill(rules.say[one.words], one)));
    node.replaceChildren(...left, ...(shown !== null ? shown : left.length ? [] : [make("p", "nothing", rules.say.worksheet_nothing)]));
    return shown !== null;
  }

  window.shirubeResults = { show, fill };
})();
