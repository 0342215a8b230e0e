// Strengths and values that were picked, rated or compared: the four panes, orders and gaps.
(function () {
  "use strict";

  const { figure } = window.shirubeDrawings;
  const { make, fill, bracketed, listed, table, key, plural } = window.shirubeMake;

  // How many words of each family were picked, by oneself and by others
  function families(at) {
    const label = (id) => at.filled.part(at.result.of[0]).families.find((family) => family.id === id).label;
    return table([at.say.worksheet_family, at.say.worksheet_by_me, at.say.worksheet_by_others], at.output.families.map((family) => [label(family.id), family.own, family.others]), "w-few");
  }

  window.shirubeTold = Object.assign(window.shirubeTold || {}, {
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
    recurring(at) {
      if (at.output.length === 0) return null;
      const often = at.result.pictures.includes("bars") && at.output.some((word) => word.answers >= 3) ? [key([["box", "d5", null, at.say.worksheet_marked_often]])] : [];
      return [...at.charts(), ...often, table([at.say.worksheet_card, at.say.worksheet_answers], at.output.map((word) => [word.word, word.answers]), "w-values")];
    },
  });
})();
