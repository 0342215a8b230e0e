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
    return /^-?[0-9]+(\.[0-9]+)?$/.test(plain) ? Number(plain) : null;
  }
  function numbers(text) {
    return (Array.from(text || "").map((char) => half(char) || " ").join("").match(/[0-9]+/g) || []).map(Number).filter((value) => value < 2147483648);
  }
  function month(text) {
    const found = numbers(text);
    if (found.length !== 2 || found[0] < 1800 || found[0] > 2200 || found[1] < 1 || found[1] > 12) return null;
    return found[0] * 12 + found[1] - 1;
  }
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
    rows(id) {
      const part = this.part(id);
      const found = [];
      for (let row = 1; row <= part.most; row += 1) if (part.fields.some((field) => this.written(id + "." + row + "." + field.id) !== undefined)) found.push(row);
      return found;
    },
    cell(id, row, column) { return this.written(id + "." + row + "." + column); },
    cards(id) { return this.part(id).families.flatMap((family) => family.cards.map((card) => ({ id: card.id, label: card.label, family: family.id }))); },

    input(result) {
      const [one, two, three] = result.of;
      switch (result.compute) {
        case "overlap": return this.overlap(result.of);
        case "johari":
          return this.cards(one).map((card) => ({ id: card.id, family: card.family, own: this.written(one + "." + card.id + ".own") !== undefined, others: Math.trunc(clamp(number(this.written(one + "." + card.id + ".others")) || 0, 0, 99)) }));
        case "ranking": return this.ranking(one, two);
        case "use_gap": return this.useGap(one);
        case "cash_flow": return this.cashFlow(one, two, three);
        case "paired": return this.paired(one);
        case "best_worst": return this.bestWorst(one);
        case "timeline":
          return this.jobs(one).map(([row, from, to]) => ({ from, to, skills: words(this.cell(one, row, "skills")), feeling: number(this.cell(one, row, "feeling")), level: number(this.cell(one, row, "level")), place: this.cell(one, row, "place") || "", again: this.cell(one, row, "again") !== undefined }));
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
      return { cards, top: ranked.map((row) => ({ id: this.cell(top, row, "card"), lived: number(this.cell(top, row, "lived")) })) };
    },
    useGap(id) {
      const part = this.part(id);
      return {
        points: part.points,
        groups: part.groups.map((group) => ({
          id: group.id,
          items: part.items.filter((item) => item.of === group.id).map((item) => ({ score: number(this.written(id + "." + item.id)), reverse: item.reverse })),
          important: number(this.written(id + "." + group.id + ".important")),
          used: number(this.written(id + "." + group.id + ".used")),
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
      return part.lines.concat(own).filter((line) => number(this.written(id + "." + line.id + ".amount")) !== null);
    },
    cashFlow(id, events, scenarios) {
      const part = this.part(id);
      const of = (name) => number(this.written(id + "." + name));
      const whole = (value) => (value === null ? null : Math.trunc(value));
      const start = whole(of("start"));
      if (start === null) return null;
      const lines = this.money(id);
      const rows = (name, make) => (name ? this.rows(name).map(make).filter((one) => one !== null) : []);
      return {
        start,
        age: whole(of("age")),
        years: Math.trunc(clamp(of("years") === null ? 10 : of("years"), 0, part.years)),
        savings: of("savings") || 0,
        rate: of("rate") || 0,
        decimals: 0,
        lines: lines.map((line) => ({ income: line.income, amount: of(line.id + ".amount"), growth: of(line.id + ".growth") || 0, from: whole(of(line.id + ".from")), until: whole(of(line.id + ".until")), children: line.children })),
        events: rows(events, (row) => {
          const year = number(this.cell(events, row, "year"));
          const cost = number(this.cell(events, row, "cost"));
          return year === null || cost === null ? null : { number: row, year: Math.trunc(year), cost };
        }),
        scenarios: rows(scenarios, (row) => {
          const year = (column) => whole(number(this.cell(scenarios, row, column)));
          const line = lines.findIndex((one) => one.id === this.cell(scenarios, row, "stop"));
          const stop = line >= 0 && year("from") !== null ? { line, from: year("from"), until: year("until") === null ? 9999 : year("until") } : null;
          const move = year("move") !== null && year("to") !== null ? { event: Math.max(year("move"), 0), to: year("to") } : null;
          return { rate: number(this.cell(scenarios, row, "rate")), stop, move };
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
      return rows.filter((row) => this.cell(id, row, "role") !== undefined && months(row)[0] !== null).map((row) => {
        const [from, to] = months(row);
        return [row, from, Math.max(to === null ? last : to, from)];
      });
    },
    lifeline(id) {
      const points = [];
      for (let row = 1; row <= this.part(id).most; row += 1) {
        const x = number(this.cell(id, row, "x"));
        const y = number(this.cell(id, row, "y"));
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
        return ["cash_flow", {
          years: courses[0].years.map((year, at) => ({
            year: year.year, income: year.income, expense: year.expense,
            savings: courses.map((course) => course.years[at].savings),
            events: input.events.filter((event) => event.year === year.year).map((event) => event.number).join(","),
          })),
          age: number(filled.written(part.id + ".age")),
          aged: say.worksheet_age,
        }];
      }
      case "timeline/timeline": {
        const jobs = filled.jobs(part.id);
        if (jobs.length === 0) return null;
        return ["timeline", {
          from: Math.min(...jobs.map((job) => job[1])), to: Math.max(...jobs.map((job) => job[2])),
          rows: jobs.map(([row, from, to]) => ({ label: filled.cell(part.id, row, "role"), from, to, feeling: number(filled.cell(part.id, row, "feeling")) })),
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

  root.shirubeSheet = { Filled, pictures, number, numbers, month, words };
})(typeof window === "undefined" ? globalThis : window);
