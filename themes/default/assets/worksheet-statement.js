// The statement that was composed, how long it is, and the roles around the person.
(function () {
  "use strict";

  const { make, fill } = window.shirubeMake;

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

  window.shirubeTold = Object.assign(window.shirubeTold || {}, {
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
  });
})();
