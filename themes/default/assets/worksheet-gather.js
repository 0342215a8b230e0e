// From what is written on a worksheet to the input of a kernel, and from what it says to drawings: the same as src/pages/worksheet
// (written, gather, pictures), held equal by tests/it/worksheets.rs. Reads no page: `rules` say what the sheet is, `values` what stands on it.
(function (root) {
  "use strict";

  const { decimals, sets } = root.shirubeKernels;
  const clamp = (value, least, most) => Math.max(least, Math.min(value, most));

  const HALF = { "−": "-", "－": "-", "▲": "-", "ー": "-", "．": "." };
  function half(char) {
    if (",， \u3000+＋".indexOf(char) >= 0) return "";
    if (char >= "０" && char <= "９") return String(char.charCodeAt(0) - 0xff10);
    return HALF[char] || char;
  }
  function number(text) {
    if (text === undefined) return null;
    const plain = Array.from(text).map(half).join("");
    return /^-?[0-9]+(\.[0-9]+)?$/.test(plain) && Number.isFinite(Number(plain)) ? Number(plain) : null;
  }
  function numbers(text) {
    return (Array.from(text || "").map((char) => half(char) || " ").join("").match(/[0-9]+/g) || []).map(Number).filter((value) => value < 2147483648);
  }
  // The eras, as src/language/era.rs has them: name, in short, letter, the first month and the last
  const ERAS = [["令和", "令", "R", [2019, 5], [9999, 12]], ["平成", "平", "H", [1989, 1], [2019, 4]], ["昭和", "昭", "S", [1926, 12], [1989, 1]], ["大正", "大", "T", [1912, 7], [1926, 12]], ["明治", "明", "M", [1868, 10], [1912, 7]]];
  const JOINED = { "㋿": "令和", "㍻": "平成", "㍼": "昭和", "㍽": "大正", "㍾": "明治", "\u3000": " " };
  const folded = (text) => Array.from(text).map((char) => JOINED[char] || (char >= "\uff01" && char <= "\uff5e" ? String.fromCharCode(char.charCodeAt(0) - 0xfee0) : char)).join("");
  // The era that a text begins with, and what is counted by it
  function eraOf(plain) {
    const begins = (era) => [era[0], era[1], era[2], era[2].toLowerCase()].find((head) => plain.startsWith(head));
    const named = ERAS.find((era) => begins(era) !== undefined);
    const rest = named ? plain.slice(begins(named).length).replace(/^[. ]+/, "").replace(/^元/, "1") : "";
    return { plain, era: /^[0-9]/.test(rest) ? named : undefined, rest };
  }
  const counted = ([year, month]) => year * 12 + month - 1;
  // A month, counted from the year 0: `2015-04`, `2015年4月`, `201504`, `平成27年4月`, `H27.4`
  function month(text) {
    const { plain, era, rest } = eraOf(folded(text || "").trim());
    let groups = (era ? rest : plain).match(/[0-9]+/g) || [];
    if (!era && groups.length === 1 && groups[0].length === 6) groups = [groups[0].slice(0, 4), groups[0].slice(4)];
    if (groups.length !== 2 || (era && groups[0].length > 2)) return null;
    const found = [Number(groups[0]) + (era ? era[3][0] - 1 : 0), Number(groups[1])];
    const [first, last] = era ? era.slice(3) : [[1800, 1], [2200, 12]];
    return found[1] >= 1 && found[1] <= 12 && counted(found) >= counted(first) && counted(found) <= counted(last) ? counted(found) : null;
  }
  // A number without what follows its point, as far as a year or a row can be numbered
  const whole = (value) => (value === null ? null : Math.trunc(clamp(value, -2147483648, 2147483647)));
  // By which a line of money of one's own is known to be about children and what they learn
  const CHILDREN = ["子ども", "こども", "子供", "教育", "学費", "塾", "保育", "child", "school", "educat", "tuition", "university", "college", "nursery"];
  const words = (text) => (text || "").split(/[、,，・\n]/).map((word) => word.trim()).filter((word) => word !== "");

  function Filled(rules, values, now) {
    this.rules = rules;
    this.values = values;
    this.now = now === undefined ? null : now;
  }
  Filled.prototype = {
    written(name) {
      const value = Object.prototype.hasOwnProperty.call(this.values, name) ? this.values[name] : "";
      return value.trim() === "" ? undefined : value;
    },
    part(id) { return this.rules.parts.find((part) => part.id === id); },
    // The least and the most of a number, as far as there are any
    bounds(name) {
      const part = this.part(name.split(".")[0]);
      const column = name.split(".").pop();
      return part && Object.prototype.hasOwnProperty.call(part.bounds, column) ? part.bounds[column] : [null, null];
    },
    // The number in a field; one outside its bounds counts as not written
    number(name) {
      const value = number(this.written(name));
      const [least, most] = this.bounds(name);
      return value === null || (least !== null && value < least) || (most !== null && value > most) ? null : value;
    },
    figure(id, row, column) { return this.number(id + "." + row + "." + column); },
    rows(id) {
      const part = this.part(id);
      const found = [];
      for (let row = 1; row <= part.most; row += 1) if (part.fields.some((field) => this.written(id + "." + row + "." + field.id) !== undefined)) found.push(row);
      return found;
    },
    cell(id, row, column) { return this.written(id + "." + row + "." + column); },
    cards(id) { return this.part(id).families.flatMap((family) => family.cards.map((card) => ({ id: card.id, label: card.label, family: family.id }))); },

    input(result) {
      const [one, two, three, four] = result.of;
      switch (result.compute) {
        case "overlap": return this.overlap(result.of);
        case "johari":
          return this.cards(one).map((card) => ({ id: card.id, family: card.family, own: this.written(one + "." + card.id + ".own") !== undefined, others: Math.trunc(this.number(one + "." + card.id + ".others") || 0) }));
        case "ranking": return this.ranking(one, two);
        case "use_gap": return this.useGap(one);
        case "cash_flow": return this.cashFlow(one, two, three, four);
        case "paired": return this.paired(one);
        case "best_worst": return this.bestWorst(one);
        case "timeline":
          return this.jobs(one).map(([row, from, to]) => ({ from, to, skills: words(this.cell(one, row, "skills")), feeling: this.figure(one, row, "feeling"), level: this.figure(one, row, "level"), place: this.cell(one, row, "place") || "", again: this.cell(one, row, "again") !== undefined }));
        case "lifeline": return this.lifeline(one);
        case "compose":
          return { japanese: this.rules.japanese, lines: result.lines.map((line) => ({ template: line.template, rows: this.leftOut(line) ? [] : this.composed(line.template, line.each) })) };
        case "recurring":
          return {
            texts: this.part(one).fields.map((field) => this.written(one + "." + field.id)).filter((text) => text !== undefined),
            words: this.rows(two).map((row) => this.cell(two, row, "word")).filter((text) => text !== undefined),
          };
        default: return null;
      }
    },
    overlap(circles) {
      const lines = [];
      const places = [];
      circles.forEach((part, circle) => this.rows(part).filter((row) => this.cell(part, row, "line") !== undefined).forEach((row) => {
        lines.push(circle);
        places.push([circle, row]);
      }));
      const links = [];
      places.forEach(([circle, row], at) => {
        for (let other = 0; other < circle; other += 1) {
          numbers(this.written(circles[circle] + "." + row + ".with_" + (other + 1))).forEach((line) => {
            const to = places.findIndex((place) => place[0] === other && place[1] === line);
            if (to >= 0) links.push([at, to]);
          });
        }
      });
      this.places = places;
      return { lines, links };
    },
    ranking(id, top) {
      const piles = this.part(id).piles;
      const cards = this.cards(id).map((card) => {
        const pile = piles.findIndex((one) => one.id === this.written(id + "." + card.id + ".pile"));
        return { family: card.family, pile: pile < 0 ? null : pile };
      });
      const ranked = this.rows(top).filter((row) => this.cell(top, row, "card") !== undefined);
      return { cards, top: ranked.map((row) => ({ id: this.cell(top, row, "card"), lived: this.figure(top, row, "lived") })) };
    },
    useGap(id) {
      const part = this.part(id);
      return {
        points: part.points,
        groups: part.groups.map((group) => ({
          id: group.id,
          items: part.items.filter((item) => item.of === group.id).map((item) => ({ score: this.number(id + "." + item.id), reverse: item.reverse })),
          important: this.number(id + "." + group.id + ".important"),
          used: this.number(id + "." + group.id + ".used"),
        })),
      };
    },
    // The lines of money in the order of the kernel, with their names.
    money(id) {
      const part = this.part(id);
      const own = [];
      for (const [side, income] of [["in", true], ["out", false]]) {
        for (let at = 1; at <= part.more; at += 1) {
          const label = this.written(id + "." + side + at + ".label");
          own.push({ id: side + at, income, label: label || "–", children: CHILDREN.some((word) => (label || "").toLowerCase().includes(word)) });
        }
      }
      return part.lines.concat(own).filter((line) => this.number(id + "." + line.id + ".amount") !== null);
    },
    cashFlow(id, events, scenarios, people) {
      const part = this.part(id);
      const of = (name) => this.number(id + "." + name);
      const start = whole(of("start"));
      if (start === null) return null;
      const lines = this.money(id);
      const rows = (name, make) => (name ? this.rows(name).map(make).filter((one) => one !== null) : []);
      return {
        start,
        age: of("age") === null && people ? this.ownAge(people, start) : whole(of("age")),
        years: Math.trunc(clamp(of("years") === null ? 10 : of("years"), 0, part.years)),
        savings: of("savings") || 0,
        rate: of("rate") || 0,
        decimals: 0,
        lines: lines.map((line) => ({ income: line.income, amount: of(line.id + ".amount"), growth: of(line.id + ".growth") || 0, from: whole(of(line.id + ".from")), until: whole(of(line.id + ".until")), children: line.children })),
        events: rows(events, (row) => {
          // What costs nothing costs 0; what cannot be read stays out (left)
          const year = whole(this.figure(events, row, "year"));
          const cost = this.cell(events, row, "cost") === undefined ? 0 : this.figure(events, row, "cost");
          return year === null || cost === null ? null : { number: row, year, cost };
        }),
        scenarios: rows(scenarios, (row) => {
          const year = (column) => whole(this.figure(scenarios, row, column));
          const line = lines.findIndex((one) => one.id === this.cell(scenarios, row, "stop"));
          const stop = line >= 0 && year("from") !== null ? { line, from: year("from"), until: year("until") === null ? 9999 : year("until") } : null;
          const move = year("move") !== null && year("to") !== null ? { event: Math.max(year("move"), 0), to: year("to") } : null;
          return { rate: this.figure(scenarios, row, "rate"), stop, move };
        }),
      };
    },
    // Every pair, by distance.
    pairs(id) {
      const items = this.part(id).items;
      const found = [];
      for (let apart = 1; apart < items.length; apart += 1) for (let first = 0; first < items.length - apart; first += 1) found.push([first, first + apart]);
      return found;
    },
    paired(id) {
      const items = this.part(id).items;
      return {
        count: items.length,
        pairs: this.pairs(id).map(([a, b]) => {
          const chosen = this.written(id + "." + items[a].id + "." + items[b].id);
          return [a, b, chosen === items[a].id ? 0 : chosen === items[b].id ? 1 : null];
        }),
      };
    },
    bestWorst(id) {
      const items = this.part(id).items;
      const chosen = (set, end) => {
        const at = items.findIndex((item) => item.id === this.written(id + "." + set + "." + end));
        return at < 0 ? null : at;
      };
      return { count: items.length, answers: sets(items.length).map((_, at) => [chosen(at + 1, "best"), chosen(at + 1, "worst")]) };
    },
    jobs(id) {
      const rows = this.rows(id);
      const months = (row) => [month(this.cell(id, row, "from")), month(this.cell(id, row, "to"))];
      const last = this.now === null ? rows.flatMap(months).reduce((most, one) => (one === null ? most : Math.max(most, one)), 0) : this.now;
      return rows.filter((row) => this.jobLeft(id, row) === null).map((row) => {
        const [from, to] = months(row);
        return [row, from, to === null ? Math.max(last, from) : to];
      });
    },
    // What a job is called: its role, else where it was, else what was done
    role(id, row) { return ["role", "place", "task"].map((column) => this.cell(id, row, column)).find((text) => text !== undefined); },
    // Why a row is not counted: the phrase that says it, and what stands in that
    leftAs(id, row, words, column) {
      const label = (one) => (this.part(id).fields.find((field) => field.id === one) || { label: one }).label;
      return { words: "worksheet_left_" + words, n: row, field: label(column), from: label("from"), to: label("to") };
    },
    jobLeft(id, row) {
      const [from, to] = ["from", "to"].map((column) => this.cell(id, row, column));
      if (from === undefined) return this.leftAs(id, row, "empty", "from");
      if (month(from) === null) return this.leftAs(id, row, "unread", "from");
      if (to !== undefined && month(to) === null) return this.leftAs(id, row, "unread", "to");
      if (to !== undefined && month(to) < month(from)) return this.leftAs(id, row, "order", "to");
      return this.role(id, row) === undefined ? this.leftAs(id, row, "empty", "role") : null;
    },
    eventLeft(id, row, { start, years }) {
      const year = whole(this.figure(id, row, "year"));
      if (year === null) return this.leftAs(id, row, this.cell(id, row, "year") === undefined ? "empty" : "unread", "year");
      if (this.cell(id, row, "cost") !== undefined && this.figure(id, row, "cost") === null) return this.leftAs(id, row, "unread", "cost");
      return year >= start && year <= start + years ? null : { words: "worksheet_left_outside", n: row, year, from: start, to: start + years };
    },
    // The rows of a result that are written and not counted
    left(result, input) {
      const [one, two] = result.of;
      const known = (left) => left !== null;
      if (result.compute === "timeline") return this.rows(one).map((row) => this.jobLeft(one, row)).filter(known);
      if (result.compute === "cash_flow" && two && input !== null) return this.rows(two).map((row) => this.eventLeft(two, row, input)).filter(known);
      return [];
    },
    lifeline(id) {
      const points = [];
      for (let row = 1; row <= this.part(id).most; row += 1) {
        const x = this.figure(id, row, "x");
        const y = this.figure(id, row, "y");
        if (x !== null && y !== null) points.push({ x, y, category: this.cell(id, row, "category") || "", future: this.cell(id, row, "future") !== undefined });
      }
      return { points, prominence: 10 };
    },
    leftOut(line) {
      const [part, field] = (line.unless || "").split(".");
      return field !== undefined && this.said(part, field).length > 0;
    },
    composed(template, each) {
      const names = template.split("{").slice(1).map((hole) => hole.split("}")[0].split(":"));
      const make = (row) => {
        const filled = {};
        names.forEach(([name, manner]) => {
          const dot = name.indexOf(".");
          const own = dot < 0 && each ? this.shown(each, name, this.cell(each, row, name)) : null;
          filled[name] = dot >= 0 ? this[manner === "last" ? "latest" : "said"](name.slice(0, dot), name.slice(dot + 1)) : own === null ? [] : [own];
        });
        return filled;
      };
      return each ? this.rows(each).map(make) : [make(0)];
    },
    // Of versions one below the other, the latest: the last row whose last column is written
    latest(id, field) {
      const part = this.part(id);
      if (part.kind !== "rows") return this.said(id, field);
      const column = part.fields[part.fields.length - 1].id;
      const row = this.rows(id).filter((one) => this.cell(id, one, column) !== undefined).pop();
      const text = row === undefined ? null : this.shown(id, field, this.cell(id, row, field));
      return text === null ? [] : [text];
    },
    said(id, field) {
      const part = this.part(id);
      const known = (value) => value !== null;
      if (part.kind === "fields" || part.kind === "prompts") return [this.shown(id, field, this.written(id + "." + field))].filter(known);
      if (part.kind === "rows") return this.rows(id).map((row) => this.shown(id, field, this.cell(id, row, field))).filter(known);
      if (part.kind === "cards") return this.cards(id).filter((card) => this.written(id + "." + card.id + ".own") !== undefined).map((card) => card.label);
      return [];
    },
    shown(id, field, value) {
      const own = this.part(id).fields && this.part(id).fields.find((one) => one.id === field);
      if (value === undefined || !own) return null;
      const named = (all) => {
        const found = all.find((one) => one.id === value);
        return found ? found.label : null;
      };
      if (own.kind === "choice") return named(own.choices);
      if (own.kind === "card") return named(this.cards(own.from));
      return value;
    },
  };

  const signed = (value) => (value > 0 ? "+" + value : value < 0 ? "−" + Math.abs(value) : "0");

  // The drawings of a result: [which of the five, what it is drawn from but for the width].
  // Which lines that hold money stand together in a stack: the last of many are one group, so that colours tell all apart.
  function stacked(lines, years, income, most) {
    const groups = lines.map((_, at) => [at]).filter(([at]) => lines[at].income === income && years.some((year) => year.cells[at] > 0));
    return groups.length > most ? groups.slice(0, most - 1).concat([groups.slice(most - 1).flat()]) : groups;
  }

  function pictures(filled, result, input, output) {
    const drawn = result.pictures.map((word) => picture(filled, result, word, input, output)).filter((one) => one !== null && one[1] !== null);
    return drawn.filter(([, drawing]) => ["rows", "points", "years"].every((key) => !Array.isArray(drawing[key]) || drawing[key].length > 0));
  }
  function picture(filled, result, word, input, output) {
    const say = filled.rules.say;
    const part = result.of[0] ? filled.part(result.of[0]) : null;
    const label = (all, id) => (all.find((one) => one.id === id) || { label: "" }).label;
    const bars = (low, high, rows) => ["bars", { low, high, rows: rows.filter((row) => row !== null) }];
    const bar = (text, value, other, said, marked) => ({ label: text, value, other, words: said, marked });
    const gap = (text, value, other, difference) => bar(text, value, other, signed(difference), difference >= 3);
    switch (result.compute + "/" + word) {
      case "lifeline/life_line": {
        const points = output.order.map((at) => input.points[at]).map(({ x, y, future }) => ({ x, y, future }));
        if (points.length === 0) return null;
        return ["life_line", { points, from: Math.floor(points[0].x / 5) * 5, to: Math.ceil(points[points.length - 1].x / 5) * 5, low: part.range[0], high: part.range[1], peaks: output.peaks, valleys: output.valleys }];
      }
      case "cash_flow/cash_flow": {
        if (output === null) return null;
        const courses = output.slice(0, 3);
        const lanes = result.of[3] ? filled.lanes(result.of[3], result.of[1], input) : [];
        const flows = input.lines.length > 0;
        if (!flows && lanes.length === 0) return null;
        const plan = courses[0].years;
        const sums = (groups, year) => groups.map((group) => group.reduce((all, line) => all + year.cells[line], 0));
        const [up, down] = [stacked(input.lines, plan, true, 3), stacked(input.lines, plan, false, 5)];
        return ["cash_flow", {
          years: plan.map((year, at) => ({
            year: year.year, up: sums(up, year), down: sums(down, year), once: year.once,
            savings: courses.map((course) => course.years[at].savings),
            events: input.events.filter((event) => event.year === year.year).map((event) => event.number).join(","),
          })),
          age: lanes.length ? null : input.age,
          aged: say.worksheet_age, flowing: say.worksheet_flows, saved: say.worksheet_savings,
          lanes,
          flows,
        }];
      }
      case "timeline/timeline": {
        const jobs = filled.jobs(part.id);
        if (jobs.length === 0) return null;
        return ["timeline", {
          from: Math.min(...jobs.map((job) => job[1])), to: Math.max(...jobs.map((job) => job[2])),
          rows: jobs.map(([row, from, to]) => ({ label: filled.role(part.id, row), from, to, feeling: filled.figure(part.id, row, "feeling") })),
        }];
      }
      case "timeline/bars": {
        const skills = output.skills.slice(0, 12);
        return bars(0, Math.max(12, ...skills.map((skill) => skill.months)), skills.map((skill) => bar(skill.name, skill.months, null, decimals(skill.months / 12, 1) + say.worksheet_years, false)));
      }
      case "timeline/quadrant":
        return ["quadrant", {
          points: output.skills.slice(0, 12).filter((skill) => skill.level !== null && skill.feeling !== null).map((skill) => ({ x: skill.level, y: skill.feeling })),
          x: [1, 5], y: [-5, 5],
          corners: [say.worksheet_liked_weak, say.worksheet_liked_strong, say.worksheet_disliked_weak, say.worksheet_disliked_strong],
          up: say.worksheet_up, across: say.worksheet_across,
        }];
      case "use_gap/bars":
        return bars(1, part.points, output.map((row) => (row.mean === null ? null : bar(label(part.groups, row.id), row.mean, null, String(row.mean), row.rank <= 5))));
      case "use_gap/gap":
        return bars(0, 10, output.map((row) => {
          const group = input.groups.find((one) => one.id === row.id);
          return row.gap === null ? null : gap(label(part.groups, row.id), group.important, group.used, row.gap);
        }));
      case "ranking/gap":
        return bars(0, 10, output.ranked.map((row) => (row.gap === null ? null : gap(label(filled.cards(part.id), row.id), row.importance, row.lived, row.gap))));
      case "paired/bars":
        if (output.answered === 0) return null;
        return bars(0, part.items.length - 1, output.order.map((at) => bar(part.items[at].label, output.wins[at], null, String(output.wins[at]), output.ranks[at] <= 3)));
      case "best_worst/bars":
        if (output.answered === 0) return null;
        return bars(0, (part.items.length - 1) / 2, output.order.map((at) => bar(part.items[at].label, output.best[at], output.worst[at], signed(output.scores[at]), output.ranks[at] <= 3)));
      case "johari/bars": {
        const sums = output.families.map((family) => [label(part.families, family.id), family.own + family.others]);
        return bars(0, Math.max(1, ...sums.map((sum) => sum[1])), sums.map(([text, sum]) => bar(text, sum, null, String(sum), false)));
      }
      case "recurring/bars":
        return bars(0, Math.max(3, ...output.map((one) => one.answers)), output.map((one) => bar(one.word, one.answers, null, String(one.answers), one.answers >= 3)));
      default: return null;
    }
  }

  root.shirubeSheet = { Filled, pictures, stacked, number, numbers, month, words, folded, eraOf };
})(typeof window === "undefined" ? globalThis : window);
