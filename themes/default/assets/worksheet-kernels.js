// What worksheets compute, on the device: the same as src/kernels, held equal by tests/it/worksheets.rs. Only + − × ÷, comparisons and
// rounding, in the same order, so that both make the same numbers.
(function (root) {
  "use strict";

  // Where no sentence is put together its grammar is not there
  const { inJapanese, inEnglish, joined } = root.shirubeWords || {};

  function whole(value) {
    const size = Math.abs(value);
    const floor = Math.trunc(size);
    const rounded = size - floor >= 0.5 ? floor + 1 : floor;
    return value < 0 && rounded !== 0 ? -rounded : rounded;
  }
  function power(base, times) {
    let product = 1;
    for (let at = 0; at < times; at += 1) product *= base;
    return product;
  }
  function decimals(value, places) {
    const unit = power(10, Math.min(places, 4));
    return whole(value * unit) / unit;
  }
  const given = (value) => value !== null && value !== undefined;
  // Most first; equals keep their order.
  const most = (list, of) => list.sort((a, b) => of(b) - of(a));
  const places = (count) => Array.from({ length: count }, (_, at) => at);

  const REGIONS = [[0, 1, 2], [0, 1], [0, 2], [1, 2], [0], [1], [2]];
  function overlap(input) {
    const group = places(input.lines.length);
    input.links.forEach(([a, b]) => {
      const one = group[a];
      const other = group[b];
      if (one === undefined || other === undefined) return;
      const low = Math.min(one, other);
      const high = Math.max(one, other);
      group.forEach((name, at) => { if (name === high) group[at] = low; });
    });
    const regions = REGIONS.map((circles) => ({ circles: circles.slice(), groups: [] }));
    group.forEach((name, first) => {
      if (name !== first) return;
      const members = places(group.length).filter((line) => group[line] === first);
      const circles = [0, 1, 2].filter((circle) => members.some((line) => input.lines[line] === circle));
      const region = regions.find((one) => one.circles.join() === circles.join());
      if (region) region.groups.push(members);
    });
    return regions;
  }

  function johari(cards) {
    const pane = (own, others) => most(cards.filter((card) => card.own === own && card.others > 0 === others), (card) => card.others).map((card) => card.id);
    const open = pane(true, true);
    const blind = pane(false, true);
    const hidden = pane(true, false);
    const chosen = open.length + blind.length + hidden.length;
    const top = Math.max(0, ...cards.map((card) => card.others));
    const families = [];
    cards.forEach((card) => {
      let family = families.find((one) => one.id === card.family);
      if (!family) families.push(family = { id: card.family, own: 0, others: 0 });
      family.own += card.own ? 1 : 0;
      family.others += card.others;
    });
    return {
      open, blind, hidden,
      unknown: cards.length - chosen,
      agreement: chosen > 0 ? decimals(open.length * 100 / chosen, 0) : null,
      most_named: cards.filter((card) => top > 0 && card.others === top).map((card) => card.id),
      families,
    };
  }

  function ranking(input) {
    const count = input.top.length;
    const ranked = input.top.map((top, at) => {
      const importance = decimals(10 * (count - at) / count, 1);
      return { id: top.id, rank: at + 1, importance, lived: given(top.lived) ? top.lived : null, gap: given(top.lived) ? decimals(importance - top.lived, 1) : null };
    });
    const first = input.cards.filter((card) => card.pile === 0);
    const families = [];
    first.forEach((card) => {
      const family = families.find((one) => one.id === card.family);
      if (family) family.count += 1;
      else families.push({ id: card.family, count: 1, share: 0 });
    });
    families.forEach((family) => { family.share = decimals(family.count * 100 / first.length, 0); });
    return { ranked, families: most(families, (family) => family.count), sorted: input.cards.filter((card) => given(card.pile)).length };
  }

  function useGap(input) {
    const mean = (group) => {
      const scores = group.items.filter((item) => given(item.score)).map((item) => (item.reverse ? input.points + 1 - item.score : item.score));
      if (scores.length === 0 || scores.length * 2 < group.items.length) return null;
      return decimals(scores.reduce((sum, score) => sum + score, 0) / scores.length, 2);
    };
    const rows = input.groups.map((group) => ({
      id: group.id, mean: mean(group), rank: null,
      gap: given(group.important) && given(group.used) ? decimals(group.important - group.used, 1) : null,
    }));
    most(rows, (row) => (row.mean === null ? -1 : row.mean));
    rows.forEach((row) => { if (row.mean !== null) row.rank = 1 + rows.filter((other) => other.mean !== null && other.mean > row.mean).length; });
    return rows;
  }

  function cashFlow(input) {
    const round = (value) => decimals(value, input.decimals);
    const course = (scenario) => {
      const rate = given(scenario.rate) ? scenario.rate : input.rate;
      const years = [];
      for (let passed = 0; passed <= Math.min(input.years, 80); passed += 1) {
        const year = input.start + passed;
        const cells = input.lines.map((line, at) => {
          const stop = scenario.stop;
          const paused = given(stop) && stop.line === at && year >= stop.from && year <= stop.until;
          const there = (!given(line.from) || year >= line.from) && (!given(line.until) || year <= line.until);
          return paused || !there ? 0 : round(line.amount * power(1 + line.growth / 100, passed));
        });
        const when = (event) => (given(scenario.move) && scenario.move.event === event.number ? scenario.move.to : event.year);
        const once = round(input.events.filter((event) => when(event) === year).reduce((sum, event) => sum + event.cost, 0));
        let income = 0;
        let expense = once;
        input.lines.forEach((line, at) => {
          if (line.income) income += cells[at];
          else expense += cells[at];
        });
        income = round(income);
        expense = round(expense);
        const balance = round(income - expense);
        const last = years[years.length - 1];
        years.push({ year, cells, once, income, expense, balance, savings: last ? round(last.savings * (1 + rate / 100) + balance) : input.savings });
      }
      let lowest = null;
      for (let at = 1; at < years.length; at += 1) if (lowest === null || years[at].savings < years[lowest].savings) lowest = at;
      const below = years.find((year) => year.savings < 0);
      const ages = !given(input.age) ? [] : [60, 65].map((age) => ({ age, at: age - input.age })).filter((one) => one.at >= 0 && one.at < years.length);
      let children = null;
      years.forEach((year, at) => {
        const cost = round(input.lines.reduce((sum, line, place) => (line.children === true && !line.income ? sum + year.cells[place] : sum), 0));
        if (cost > 0 && (children === null || cost > children.cost)) children = { at, cost };
      });
      return { years, below: below ? below.year : null, lowest, ages, children };
    };
    return [{}].concat(input.scenarios).map(course);
  }

  function paired(input) {
    const n = input.count;
    const wins = places(n).map(() => 0);
    let answered = 0;
    input.pairs.forEach(([a, b, chosen]) => {
      const won = chosen === 0 ? a : b;
      if (!given(chosen) || won >= n) return;
      wins[won] += 1;
      answered += 1;
    });
    const complete = n >= 3 && answered === n * (n - 1) / 2;
    const squares = wins.reduce((sum, own) => sum + own * own, 0);
    const circles = complete ? (n * (n - 1) * (2 * n - 1) / 6 - squares) / 2 : null;
    const range = n * n * n - (n % 2 === 1 ? n : 4 * n);
    return {
      wins,
      order: most(places(n), (thing) => wins[thing]),
      ranks: wins.map((own) => 1 + wins.filter((other) => other > own).length),
      answered, circles,
      consistency: complete ? decimals(1 - 24 * circles / range, 2) : null,
    };
  }

  // Sets of three that bring every pair together once, and everything equally often.
  const NINE = [[0, 1, 2], [3, 4, 5], [6, 7, 8], [3, 6, 0], [4, 7, 1], [5, 8, 2], [8, 0, 4], [6, 1, 5], [7, 2, 3], [0, 5, 7], [1, 3, 8], [2, 4, 6]];
  function sets(count) {
    const ring = (set, stride) => places(count).map((at) => set.map((thing) => (thing + at * stride) % count));
    if (count === 7) return ring([0, 1, 3], 1);
    if (count === 9) return NINE;
    return count === 13 ? ring([0, 1, 4], 2).concat(ring([0, 2, 7], 1)) : [];
  }

  function bestWorst(input) {
    const n = input.count;
    const all = sets(n);
    const best = places(n).map(() => 0);
    const worst = best.slice();
    const pairs = [];
    const same = [];
    let answered = 0;
    all.forEach((set, at) => {
      const [first, last] = input.answers[at] || [null, null];
      if (!set.includes(first) || !set.includes(last)) return;
      if (first === last) {
        same.push(at + 1);
        return;
      }
      answered += 1;
      best[first] += 1;
      worst[last] += 1;
      set.filter((other) => other !== first).forEach((other) => {
        pairs.push([first, other, 0]);
        if (other !== last) pairs.push([other, last, 0]);
      });
    });
    const scores = best.map((own, thing) => own - worst[thing]);
    const { circles, consistency } = paired({ count: n, pairs });
    return {
      best, worst, scores,
      order: most(places(n), (thing) => scores[thing]),
      ranks: scores.map((own) => 1 + scores.filter((other) => other > own).length),
      sets: all.length,
      answered, same, circles, consistency,
    };
  }

  function timeline(rows) {
    const length = (row) => Math.max(row.to - row.from + 1, 0);
    const covered = (list) => {
      const spans = list.filter((row) => row.to >= row.from).map((row) => [row.from, row.to]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      let months = 0;
      let end = -Infinity;
      spans.forEach(([first, to]) => {
        const from = Math.max(first, end);
        months += Math.max(to + 1 - from, 0);
        end = Math.max(end, to + 1);
      });
      return months;
    };
    const mean = (list, of) => {
      let sum = 0;
      let weight = 0;
      list.forEach((row) => {
        if (!given(row[of])) return;
        sum += row[of] * length(row);
        weight += length(row);
      });
      return weight > 0 ? decimals(sum / weight, 1) : null;
    };
    // A job without a place counts as one of its own
    const where = (list) => {
      const named = list.map((row) => (row.place || "").trim());
      return new Set(named.filter((place) => place !== "")).size + named.filter((place) => place === "").length;
    };
    const names = [];
    rows.forEach((row) => row.skills.forEach((name) => { if (names.indexOf(name) < 0) names.push(name); }));
    const skills = names.map((name) => {
      const own = rows.filter((row) => row.skills.indexOf(name) >= 0);
      return { name, months: covered(own), level: mean(own, "level"), feeling: mean(own, "feeling"), places: where(own), again: own.some((row) => row.again === true) };
    });
    const good = (row) => given(row.feeling) && row.feeling >= 3 && given(row.level) && row.level >= 4;
    return { months: rows.map(length), total: covered(rows), skills: most(skills, (skill) => skill.months), episodes: places(rows.length).filter((at) => good(rows[at])) };
  }

  function lifeline(input) {
    const order = places(input.points.length).sort((a, b) => input.points[a].x - input.points[b].x);
    const behind = places(order.length).filter((place) => !input.points[order[place]].future);
    const past = behind.map((place) => input.points[order[place]]);
    const standsOut = (at, sign) => {
      const beside = (other) => other === undefined || sign * (past[at].y - other.y) >= input.prominence;
      return past.length > 1 && beside(past[at - 1]) && beside(past[at + 1]);
    };
    const steps = past.slice(1).map((point, at) => ({ from: at, to: at + 1, by: decimals(point.y - past[at].y, 2) }));
    let rise = null;
    let fall = null;
    steps.forEach((step) => {
      if (step.by > 0 && (rise === null || step.by > rise.by)) rise = step;
      if (step.by < 0 && (fall === null || step.by < fall.by)) fall = step;
    });
    const stages = [];
    past.forEach((point) => {
      const from = Math.floor(point.x / 10) * 10;
      const last = stages[stages.length - 1];
      if (last && last.from === from) {
        last.mean += point.y;
        last.points += 1;
      } else stages.push({ from, mean: point.y, points: 1 });
    });
    stages.forEach((stage) => { stage.mean = decimals(stage.mean / stage.points, 0); });
    const lifts = [];
    steps.filter((step) => step.by > 0).forEach((step) => {
      const category = past[step.to].category;
      if (category === "") return;
      const lift = lifts.find((one) => one.category === category);
      if (lift) lift.rises += 1;
      else lifts.push({ category, rises: 1 });
    });
    const where = (sign) => behind.filter((_, at) => standsOut(at, sign));
    const inOrder = (step) => (step === null ? null : { from: behind[step.from], to: behind[step.to], by: step.by });
    const all = (sign) => steps.filter((step) => sign * step.by > 0).map(inOrder);
    return { order, rises: all(1), falls: all(-1), peaks: where(1), valleys: where(-1), rise: inOrder(rise), fall: inOrder(fall), stages, lifts: most(lifts, (lift) => lift.rises) };
  }

  function fill(template, row, japanese) {
    let out = "";
    let rest = template;
    for (let open = rest.indexOf("{"); open >= 0; open = rest.indexOf("{")) {
      const close = rest.indexOf("}", open);
      if (close < 0) return null;
      out += rest.slice(0, open);
      const place = rest.slice(open + 1, close);
      const after = rest.slice(close + 1);
      const colon = place.indexOf(":");
      const name = colon < 0 ? place : place.slice(0, colon);
      const manner = colon < 0 ? "" : place.slice(colon + 1);
      const follows = after.split("{")[0];
      if (!Object.prototype.hasOwnProperty.call(row, name)) return null;
      const words = row[name].map((text) => (manner === "last" ? text.trim() : japanese ? inJapanese(text, follows) : inEnglish(text, manner, out))).filter((text) => text !== "");
      if (words.length === 0) return null;
      out += joined(words, japanese);
      rest = after;
    }
    return out + rest;
  }
  function compose(input) {
    const filled = [];
    input.lines.forEach((line) => line.rows.forEach((row) => {
      const text = fill(line.template, row, input.japanese);
      if (text !== null) filled.push(text);
    }));
    return filled;
  }

  function recurring(input) {
    const texts = input.texts.map((text) => text.toLowerCase());
    const words = input.words.map((word) => word.trim()).filter((word) => word !== "");
    return most(words.map((word) => ({ word, answers: texts.filter((text) => text.includes(word.toLowerCase())).length })), (word) => word.answers);
  }

  root.shirubeKernels = { overlap, johari, ranking, use_gap: useGap, cash_flow: cashFlow, paired, best_worst: bestWorst, sets, timeline, lifeline, compose, recurring, whole, decimals };
})(typeof window === "undefined" ? globalThis : window);
