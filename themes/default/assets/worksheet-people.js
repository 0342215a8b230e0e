// People and their years on a worksheet: births as they are written, ages, lanes of a drawing, and what is said of them; the same as
// birth_written, kernels/ages and pages/worksheet/calendar, held equal by tests/it/worksheets.rs.
(function (root) {
  "use strict";

  const { Filled, folded, eraOf, month } = root.shirubeSheet;
  const kernels = root.shirubeKernels;
  const given = (value) => value !== null && value !== undefined;

  // `1991`, `1991年5月`, `1991-05-12`, `19910512`, `平成3年`, `H3.5.12`
  function birth(text) {
    const { plain, era, rest } = eraOf(folded(text || "").trim());
    let groups = (era ? rest : plain).match(/[0-9]+/g) || [];
    if (!era && groups.length === 1 && groups[0].length === 6) groups = [groups[0].slice(0, 4), groups[0].slice(4)];
    if (!era && groups.length === 1 && groups[0].length === 8) groups = [groups[0].slice(0, 4), groups[0].slice(4, 6), groups[0].slice(6)];
    const [first, ...others] = groups;
    if (first === undefined || others.length > 2) return null;
    if (others.length === 0) {
      if (!era) return first.length === 4 && Number(first) >= 1800 && Number(first) <= 2200 ? { year: Number(first), month: null, day: null } : null;
      const year = era[3][0] + Number(first) - 1;
      return first.length <= 2 && Number(first) > 0 && year <= era[4][0] ? { year, month: null, day: null } : null;
    }
    const months = month((era ? era[0] : "") + first + "-" + others[0]);
    if (months === null) return null;
    const year = Math.floor(months / 12);
    const own = months % 12 + 1;
    if (others.length === 1) return { year, month: own, day: null };
    const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
    const last = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][own - 1];
    const day = Number(others[1]);
    return day >= 1 && day <= last ? { year, month: own, day } : null;
  }

  // An age is reached at the end of the day before the birthday: who is born on 1 April belongs to the school year before
  const schoolYear = (one) => (given(one.month) && (one.month < 4 || (one.month === 4 && one.day === 1)) ? one.year - 1 : one.year);
  kernels.ages = (input) => input.people.map((one) => {
    const born = input.school ? schoolYear(one) : one.year;
    return Array.from({ length: Math.min(input.years, 80) + 1 }, (_, passed) => input.start + passed - born).map((age) => (age < 0 ? null : age));
  });

  const aged = (part) => part.lines.filter((line) => !line.ageless);
  Object.assign(Filled.prototype, {
    born(id, line) { return line.ageless ? null : birth(this.written(id + "." + line.id + ".born")); },
    agesOf(id, one, start, years) { return kernels.ages({ start, years, school: this.written(id + ".school") !== undefined, people: [one] })[0]; },
    ownAge(id, start) {
      const first = aged(this.part(id))[0];
      const one = first ? this.born(id, first) : null;
      return one === null ? null : this.agesOf(id, one, start, 0)[0];
    },
    // A lane for everybody and everything that anything is written of, and one for events of nobody
    lanes(id, events, { start, years, age }) {
      const lines = this.part(id).lines;
      const own = aged(this.part(id))[0];
      const found = lines.map((line) => {
        const one = this.born(id, line);
        const ages = line === own && given(age) ? Array.from({ length: years + 1 }, (_, passed) => age + passed) : one === null ? [] : this.agesOf(id, one, start, years);
        const called = line.ageless ? undefined : this.written(id + "." + line.id + ".name");
        const flags = this.flags(events, start, years, (who) => who === line.id);
        return called === undefined && ages.length === 0 && flags.length === 0 ? null : { label: called === undefined ? line.label : called, ages, events: flags };
      }).filter((lane) => lane !== null);
      const others = this.flags(events, start, years, (who) => lines.every((line) => line.id !== who));
      return found.concat(others.length ? [{ label: "–", ages: [], events: others }] : []);
    },
    flags(events, start, years, of) {
      const column = (row, name) => {
        const year = this.figure(events, row, name);
        return year === null ? null : Math.trunc(year) - start;
      };
      return (events ? this.rows(events) : []).map((row) => {
        const at = column(row, "year");
        if (at === null || at < 0 || at > years || !of(this.cell(events, row, "who"))) return null;
        const from = column(row, "prepare");
        return { number: row, at, from: from === null || from >= at ? null : Math.max(from, 0), movable: this.cell(events, row, "movable") !== undefined };
      }).filter((flag) => flag !== null);
    },
  });
  root.shirubePeople = { birth };
  if (!root.shirubeMake) return;

  const { make, fill, bracketed, table, stacked, key } = root.shirubeMake;
  // Whom or what an event is about
  const { parts } = JSON.parse(root.document.getElementById("rules").getAttribute("data-json"));
  root.document.querySelectorAll("[data-lines-of]").forEach((select) => parts.find((part) => part.id === select.dataset.linesOf).lines.forEach((line) => select.append(new Option(line.label, line.id))));
  const { figure } = root.shirubeDrawings;
  // What the drawing shows of people, in words: years and ages, what is soon, what does not fit together
  root.shirubePeople.told = (at) => {
    const { filled, say, input } = at;
    const [money, events, , people] = at.result.of;
    const lanes = filled.lanes(people, events, input);
    if (lanes.length === 0) return { keys: [], said: [] };
    const flags = lanes.flatMap((lane) => lane.events).sort((a, b) => a.number - b.number);
    const text = (row, column) => filled.cell(events, row, column);
    const name = (flag) => flag.number + " " + (text(flag.number, "event") || "–");
    const known = lanes.filter((lane) => lane.ages.length > 0);
    const body = at.output[0].years.map((year, place) => [year.year, ...known.map((lane) => (lane.ages[place] === null ? "–" : lane.ages[place])), flags.filter((flag) => flag.at === place).map(name).join(say.list_gap) || "–"]);
    const out = [table([say.worksheet_year, ...known.map((lane) => lane.label), say.worksheet_people_events], body, "w-ages")];
    if (known.length) out.push(make("p", "note", filled.written(people + ".school") === undefined ? say.worksheet_people_by_year : say.worksheet_people_by_school));
    const [written, born] = [filled.number(money + ".age"), filled.ownAge(people, input.start)];
    if (written !== null && born !== null && Math.trunc(written) !== born) out.unshift(make("p", "say w-left", fill(say.worksheet_people_two_ages, { age: Math.trunc(written), born })));
    flags.filter((flag) => filled.figure(events, flag.number, "prepare") !== null && Math.trunc(filled.figure(events, flag.number, "prepare")) > input.start + flag.at).forEach((flag) => out.unshift(make("p", "say w-left", fill(say.worksheet_people_late, { n: flag.number }))));
    // Who pays and in which month: for what is near
    const soon = flags.filter((flag) => flag.at <= 3).sort((a, b) => a.at - b.at || (filled.figure(events, a.number, "month") || 13) - (filled.figure(events, b.number, "month") || 13));
    if (soon.length) {
      const column = (id) => filled.part(events).fields.find((field) => field.id === id).label;
      const cell = (row, id) => text(row, id) || say.worksheet_people_open;
      out.push(make("h3", "", say.worksheet_people_soon), stacked([say.worksheet_people_events, say.worksheet_people_when, column("cost"), column("prepare"), column("payer")], soon.map((flag) => {
        const own = filled.figure(events, flag.number, "month");
        const year = input.start + flag.at;
        const cost = filled.figure(events, flag.number, "cost");
        return [name(flag), own === null ? year + bracketed(column("month") + (filled.rules.japanese ? "：" : ": ") + say.worksheet_people_open, filled.rules) : year + "-" + String(Math.trunc(own)).padStart(2, "0"), cost === null ? "0" : figure(cost), cell(flag.number, "prepare"), cell(flag.number, "payer")];
      }), "w-soon"));
    }
    const has = (wanted) => flags.some(wanted);
    const keys = [["dot", "kaki", null, say.worksheet_people_fixed, (flag) => !flag.movable], ["ring", "kaki", null, say.worksheet_people_movable, (flag) => flag.movable], ["line", "kaki", null, say.worksheet_people_prepared, (flag) => flag.from !== null]];
    return { keys: keys.filter((one) => has(one[4])), said: out };
  };
})(typeof window === "undefined" ? globalThis : window);
