// What of a worksheet goes to the totals of a class: shown beside the questions it answers, and put behind the «#» of the link to their
// form. No server sees that part of an address, and nothing is sent before the person presses the form's own button.
(function () {
  "use strict";

  const page = document.getElementById("worksheet");
  const link = document.getElementById("totals-link");
  const rules = JSON.parse(document.getElementById("rules").getAttribute("data-json"));
  const { kernels, sheet, say } = { kernels: window.shirubeKernels, sheet: window.shirubeSheet, say: rules.say };
  const form = link.getAttribute("href");
  const KERNELS = { ratings: "use_gap", pairs: "paired", best_worst: "best_worst" };

  // What was compared, each with its score; null until all of it is known.
  function scored(filled, part) {
    const output = kernels[KERNELS[part.kind]](filled.input({ compute: KERNELS[part.kind], of: [part.id] }));
    if (part.kind === "ratings") {
      const score = (id) => output.find((row) => row.id === id).mean;
      return part.groups.some((group) => score(group.id) === null) ? null : part.groups.map((group) => [group, score(group.id)]);
    }
    const scores = part.kind === "pairs" ? output.wins : output.scores;
    return output.circles === null ? null : part.items.map((item, at) => [item, scores[at]]);
  }
  // The highest few. Where the last places are shared, nobody but the person can say who stands on them.
  function highest(all, most) {
    const order = all.slice().sort((a, b) => b[1] - a[1]);
    const next = order.length > most ? order[most][1] : -Infinity;
    const named = order.slice(0, most).filter((one) => one[1] > next).map(([one]) => one);
    return { named, note: named.length < Math.min(most, order.length) ? say.totals_tied : "" };
  }
  const once = (all) => all.filter((one, at) => one !== undefined && all.indexOf(one) === at);
  const nothing = { named: [], note: "" };

  // What a place of the sheet gives: named things, or a number.
  function given(filled, rule) {
    const [id, field] = rule.from.split(".");
    const part = filled.part(id);
    const all = (own) => (own.kind === "choice" ? own.choices : filled.cards(own.from));
    const own = part.fields && part.fields.find((one) => one.id === field);
    const most = rule.most || Infinity;
    if (KERNELS[part.kind]) {
      const scores = scored(filled, part);
      if (scores === null) return nothing;
      if (!rule.number) return highest(scores, most);
      return { number: scores.find(([one]) => one.id === field)[1], note: "" };
    }
    if (part.kind === "fields" && rule.number) return { number: filled.number(rule.from), note: "" };
    if (part.kind === "fields") return { named: all(own).filter((one) => one.id === filled.written(rule.from)), note: "" };
    if (part.kind === "rows") {
      const ids = once(filled.rows(id).map((row) => filled.cell(id, row, field)));
      return { named: once(ids.map((one) => all(own).find((known) => known.id === one))).slice(0, most), note: "" };
    }
    const card = (one) => (field === "own" && part.pick ? filled.written(id + "." + one.id + ".own") !== undefined : filled.written(id + "." + one.id + ".pile") === field);
    const named = filled.cards(id).filter(card);
    return named.length > most ? { named: [], note: say.totals_too_many.replace("{n}", most) } : { named, note: "" };
  }

  function show() {
    const filled = new sheet.Filled(rules, window.shirubeWritten());
    const carried = [];
    rules.totals.forEach((rule, at) => {
      const { named, number, note } = given(filled, rule);
      const known = rule.number && number !== undefined && number !== null ? String(kernels.decimals(number, rule.decimals)) : null;
      const values = rule.number ? (known === null ? [] : [known]) : named.map((one) => one.id);
      if (values.length > 0) carried.push(rule.question + ":" + values.join(","));
      const said = rule.number ? [known] : named.map((one, place) => one.label + (place < named.length - 1 ? say.list_gap.trimEnd() : ""));
      const whole = (values.length > 0 ? said : note === "" ? [say.totals_nothing] : []).map((text) => {
        const span = document.createElement("span");
        span.textContent = text;
        return span;
      });
      const gap = rules.japanese ? "" : " ";
      const parts = whole.concat(note === "" ? [] : [note]).flatMap((one, place) => (place === 0 ? [one] : [one === note ? " " : gap, one]));
      document.querySelector('[data-totals="' + at + '"]').replaceChildren(...parts);
    });
    link.setAttribute("href", carried.length === 0 ? form : form + "#fill=" + carried.join(";"));
    link.closest("p").hidden = carried.length === 0;
  }
  page.addEventListener("shown", show);
  show();
})();
