// What a worksheet says of jobs, of a life and of its money: drawings, and their numbers in words.
(function () {
  "use strict";

  const kernels = window.shirubeKernels;
  const sheet = window.shirubeSheet;
  const drawings = window.shirubeDrawings;
  const { figure } = drawings;
  const { make, fill, bracketed, listed, table, stacked, key } = window.shirubeMake;

  const none = "–";
  const month = (months) => Math.floor(months / 12) + "." + (months % 12 + 1);
  // What goes on has no last month
  const period = (at, [row, from, to]) => month(from) + " – " + (at.filled.cell(at.result.of[0], row, "to") === undefined ? at.say.worksheet_now : month(to));

  // The skills, with their numbers in the four corners
  function skills(at) {
    const { say } = at;
    let number = 0;
    const corner = (skill) => (skill.level === 3 || skill.feeling === 0 ? say.worksheet_on_line : say["worksheet_" + (skill.feeling >= 0 ? "" : "dis") + "liked_" + (skill.level >= 3 ? "strong" : "weak")]);
    const rows = at.output.skills.slice(0, 12).map((skill) => {
      const known = skill.level !== null && skill.feeling !== null;
      return [known ? (number += 1) : none, skill.name, kernels.decimals(skill.months / 12, 1), skill.level === null ? none : skill.level, skill.feeling === null ? none : figure(skill.feeling), known ? corner(skill) : none];
    });
    return rows.length ? [stacked([say.worksheet_number, say.worksheet_skill, say.worksheet_skill_years, say.worksheet_how_well, say.worksheet_felt, say.worksheet_corner], rows, "w-values")] : [];
  }

  // What can be copied into the official forms
  function jobCard(at, jobs) {
    const { say } = at;
    const [part, licences] = at.result.of;
    const has = (column) => at.filled.part(part).fields.find((field) => field.id === column);
    const label = (column, otherwise) => (has(column) ? has(column).label : otherwise);
    const cell = (row, ...columns) => columns.map((column) => at.filled.cell(part, row, column)).filter(Boolean).join(" / ") || none;
    const out = [make("h3", "", say.worksheet_job_1), stacked([say.worksheet_job_2, label("place", none), label("role", none), say.worksheet_job_task, say.worksheet_job_learned].filter((head) => head !== none),
      jobs.map((job) => [period(at, job), ...(has("place") ? [cell(job[0], "place")] : []), cell(job[0], "role"), cell(job[0], "task", "devised", "outcome"), cell(job[0], "learned", "skills")]))];
    const rows = licences ? at.filled.rows(licences).filter((row) => at.filled.cell(licences, row, "name") !== undefined) : [];
    const study = (row) => at.filled.cell(licences, row, "kind") === "study";
    [[say.worksheet_job_31, rows.filter((row) => !study(row))], [say.worksheet_job_32, rows.filter(study)]].filter(([, own]) => own.length).forEach(([title, own]) => {
      const fields = at.filled.part(licences).fields.filter((field) => ["name", "when", "learned"].includes(field.id));
      const read = (row, field) => {
        const text = at.filled.cell(licences, row, field.id);
        const when = field.kind === "month" ? sheet.month(text) : null;
        return text === undefined ? none : when === null ? text : month(when);
      };
      out.push(make("h3", "", title), stacked(fields.map((field) => field.label), own.map((row) => fields.map((field) => read(row, field)))));
    });
    return out;
  }

  window.shirubeLives = {
    timeline(at) {
      const { output, say } = at;
      if (output.months.length === 0) return null;
      const part = at.result.of[0];
      const jobs = at.filled.jobs(part);
      const years = kernels.decimals(output.total / 12, 1);
      const out = [make("p", "say", fill(years === 1 ? say.worksheet_job_total_one : say.worksheet_job_total, { years }))];
      const drawn = at.charts("timeline");
      if (drawn.length) out.push(...drawn, table([say.worksheet_job_2, at.filled.part(part).fields.find((field) => field.id === "role").label, say.worksheet_felt], jobs.map((job) => {
        const felt = at.filled.figure(part, job[0], "feeling");
        return [period(at, job), at.filled.role(part, job[0]), felt === null ? none : figure(felt)];
      }), "w-few w-periods"));
      const corners = at.charts("bars").concat(at.charts("quadrant"));
      out.push(...corners, ...(corners.length ? skills(at) : []));
      const portable = output.skills.filter((skill) => skill.places >= 2);
      if (portable.length) out.push(make("h3", "", say.worksheet_portable), listed(portable.map((skill) => skill.name + (skill.again ? bracketed(say.worksheet_again, at.filled.rules) : "")), "ul", "plain"));
      if (output.episodes.length) out.push(make("h3", "", say.worksheet_episodes), listed(output.episodes.map((place) => {
        const row = jobs[place][0];
        return [period(at, jobs[place]), at.filled.role(part, row), ...["devised", "outcome"].map((column) => at.filled.cell(part, row, column)).filter(Boolean)].join(" / ");
      }), "ul", "plain"));
      if (at.result.pictures.includes("job_card")) out.push(...jobCard(at, jobs));
      return out;
    },
    lifeline(at) {
      const { output, say, input } = at;
      if (input.points.length < 2) return null;
      const part = at.filled.part(at.result.of[0]);
      // The numbers of the drawing are those of the order by age
      const rows = [];
      for (let row = 1; row <= part.most; row += 1) if (at.filled.figure(part.id, row, "x") !== null && at.filled.figure(part.id, row, "y") !== null) rows.push(row);
      const event = (place) => at.filled.cell(part.id, rows[output.order[place]], "event") || "";
      const category = (id) => (part.categories.find((one) => one.id === id) || { label: "" }).label;
      const step = (words, one) => (one === null ? [] : [make("p", "say", fill(words, { from: one.from + 1, to: one.to + 1, by: (one.by > 0 ? "+" : "") + figure(one.by), event: event(one.to) || none }))]);
      const stands = (place) => (input.points[output.order[place]].future ? say.worksheet_future : output.peaks.includes(place) ? say.worksheet_peak : output.valleys.includes(place) ? say.worksheet_valley : none);
      const out = [...at.charts(), table([say.worksheet_number, part.x, part.y, say.worksheet_event, say.worksheet_peaks], output.order.map((own, place) => [place + 1, input.points[own].x, figure(input.points[own].y), event(place) || none, stands(place)]), "w-values w-points-told")];
      out.push(...step(say.worksheet_rise, output.rise), ...step(say.worksheet_fall, output.fall));
      // What lifted, and what did not: each step with what stood at its end
      const steps = (title, all) => (all.length === 0 ? [] : [make("h3", "", title), table([say.worksheet_points, say.worksheet_by, say.worksheet_event, say.worksheet_feeling], all.map((one) => {
        const said = (column) => at.filled.cell(part.id, rows[output.order[one.to]], column) || "";
        const about = category(said("category"));
        return [(one.from + 1) + " → " + (one.to + 1), (one.by > 0 ? "+" : "") + figure(one.by), (said("event") || none) + (about ? bracketed(about, at.filled.rules) : ""), said("feeling") || none];
      }), "w-values w-steps")]);
      out.push(...steps(say.worksheet_lifted, output.rises), ...steps(say.worksheet_lowered, output.falls));
      if (output.lifts.length) out.push(make("p", "say", say.worksheet_lifts + output.lifts.map((lift) => category(lift.category) + " " + lift.rises).join(say.list_gap)));
      if (output.stages.length) out.push(make("p", "say", say.worksheet_stages + output.stages.map((stage) => fill(say.worksheet_stage, { from: stage.from, mean: figure(stage.mean) })).join(say.list_gap)));
      return out;
    },
    cash_flow(at) {
      const { output, say, input } = at;
      if (output === null) return null;
      const [money, , scenarios, people] = at.result.of;
      const calendar = people ? window.shirubePeople.told(at) : { keys: [], said: [] };
      if (input.lines.length === 0) return calendar.said.length === 0 ? null : [...at.charts(), key(calendar.keys), ...calendar.said];
      const rows = scenarios ? at.filled.rows(scenarios) : [];
      const names = output.map((course, place) => ["①", "②", "③", "④"][place] + " " + (place === 0 ? say.worksheet_plan : at.filled.cell(scenarios, rows[place - 1], "name") || ""));
      const said = output.map((course, place) => {
        const lowest = course.years[course.lowest];
        const end = course.years[course.years.length - 1];
        const parts = [course.below === null ? say.worksheet_never_below : fill(say.worksheet_below, { year: course.below })];
        if (lowest) parts.push(fill(say.worksheet_lowest, { year: lowest.year, amount: figure(lowest.savings) }));
        // At ages that many plan for, but for the last year, which is told anyway
        course.ages.map(({ age, at: own }) => [age, course.years[own]]).filter(([, year]) => year !== end).forEach(([age, year]) => parts.push(fill(say.worksheet_at_age, { age, year: year.year, amount: figure(year.savings) })));
        parts.push(fill(say.worksheet_end, { year: end.year, amount: figure(end.savings) }));
        return make("div", "", make("dt", "", names[place]), make("dd", "", parts.join(" ")));
      });
      const lines = at.filled.money(money);
      const children = output[0].children;
      const dearest = children === null ? [] : [make("p", "say", fill(say.worksheet_children_most, { lines: lines.filter((line) => line.children && !line.income).map((line) => line.label).join(say.list_gap), year: output[0].years[children.at].year, amount: figure(children.cost) }))];
      const age = input.age;
      const years = output[0].years;
      const head = [say.worksheet_year].concat(age === null ? [] : [say.worksheet_age]);
      const inLines = lines.map((line, place) => [line, place]).filter(([line]) => line.income);
      const outLines = lines.map((line, place) => [line, place]).filter(([line]) => !line.income);
      const cell = (value, sum) => ({ text: figure(value), className: (value < 0 ? "below " : "") + (sum ? "sum" : "") });
      const body = years.map((year, place) => [year.year].concat(age === null ? [] : [age + place], inLines.map(([, line]) => cell(year.cells[line])), [cell(year.income, true)], outLines.map(([, line]) => cell(year.cells[line])), [cell(year.once), cell(year.expense, true), cell(year.balance, true)], output.map((course) => cell(course.years[place].savings, true))));
      const heads = head.concat(inLines.map(([line]) => line.label), [say.worksheet_income], outLines.map(([line]) => line.label), [say.worksheet_once, say.worksheet_expense, say.worksheet_balance], output.map((course, place) => say.worksheet_savings + (output.length > 1 ? " " + ["①", "②", "③", "④"][place] : "")));
      const drawn = at.charts();
      // In the order of the stacks, from zero outwards
      const groups = (income, tokens) => sheet.stacked(input.lines, years, income, tokens.length).map((group, place) => ["rect", tokens[place], null, group.map((line) => lines[line].label).join(say.list_gap)]);
      const once = years.some((year) => year.once > 0) ? [["rect", "c5", null, say.worksheet_once]] : [];
      const legend = key(calendar.keys.concat(groups(true, drawings.UP), groups(false, drawings.DOWN), once, names.slice(0, 3).map((name, place) => ["line", ["ai", "c2", "c3"][place], [null, [7, 4], [2, 4]][place], say.worksheet_savings + " " + name])));
      return [make("dl", "w-list", ...said), ...dearest, ...drawn, ...(drawn.length ? [legend] : []), ...calendar.said, ...(at.result.pictures.includes("table") ? [table(heads, body, "w-numbers")] : []), make("p", "note", say.worksheet_money_rule)];
    },
  };
})();
