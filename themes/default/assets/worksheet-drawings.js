// The five drawings of worksheets, on the device: input → scene, the same as src/charts/drawing, held equal by tests/it/worksheets.rs;
// and the scene as SVG. Only + − × ÷, comparisons and rounding to a tenth.
(function (root) {
  "use strict";

  const { whole } = root.shirubeKernels;
  const tenth = (value) => whole(value * 10) / 10;
  const given = (value) => value !== null && value !== undefined;

  // A sheet of paper that marks are put on.
  function Paper(width) {
    this.width = width;
    this.height = 0;
    this.marks = [];
  }
  Paper.prototype.rect = function (x, y, width, height, fill, stroke) {
    this.marks.push({ kind: "rect", x: tenth(x), y: tenth(y), width: tenth(Math.max(width, 0)), height: tenth(Math.max(height, 0)), fill: fill || null, stroke: stroke || null });
  };
  Paper.prototype.line = function (points, stroke) {
    this.marks.push({ kind: "line", points: points.map(([x, y]) => [tenth(x), tenth(y)]), stroke });
  };
  Paper.prototype.curve = function (steps, stroke) {
    this.marks.push({ kind: "path", steps: steps.map(([name, ...numbers]) => [name].concat(numbers.map(tenth))), stroke });
  };
  Paper.prototype.circle = function (x, y, radius, fill, stroke) {
    this.marks.push({ kind: "circle", x: tenth(x), y: tenth(y), radius, fill, stroke: stroke || null });
  };
  Paper.prototype.text = function (x, y, text, size, anchor, token, bold) {
    this.marks.push({ kind: "text", x: tenth(x), y: tenth(y), text, size, anchor, token, bold: Boolean(bold) });
  };
  Paper.prototype.scene = function (height) {
    return { width: this.width, height: tenth(height), marks: this.marks };
  };
  const stroke = (token, width, dash) => ({ token, width, dash: dash || null });
  // A number as a person reads it: commas between thousands, a real minus.
  function figure(value) {
    const size = Math.abs(value);
    const parts = String(size).split(".");
    let digits = parts[0];
    let out = "";
    while (digits.length > 3) {
      out = "," + digits.slice(-3) + out;
      digits = digits.slice(0, -3);
    }
    return (value < 0 ? "−" : "") + digits + out + (parts[1] ? "." + parts[1] : "");
  }
  // A text that fits so many half widths.
  function short(text, halves) {
    let used = 0;
    let out = "";
    for (const char of text) {
      used += char.codePointAt(0) < 0x2e80 ? 1 : 2;
      if (used > halves) return out + "…";
      out += char;
    }
    return out;
  }
  // The step of a scale: 1, 2 or 5 times a power of ten, so that at most `most` steps cover a span.
  function step(span, most) {
    let unit = 1;
    for (;;) {
      for (const factor of [1, 2, 5]) if (unit * factor * most >= span) return unit * factor;
      unit *= 10;
    }
  }

  function lifeLine(input) {
    const paper = new Paper(input.width);
    const left = 44;
    const right = input.width - 14;
    const top = 26;
    const bottom = 306;
    const span = input.to > input.from ? input.to - input.from : 1;
    const x = (value) => left + (value - input.from) / span * (right - left);
    const y = (value) => bottom - (value - input.low) / (input.high - input.low) * (bottom - top);
    const half = (input.high - input.low) / 4;
    for (let at = 0; at <= 4; at += 1) {
      const value = input.low + half * at;
      const zero = value === 0;
      paper.line([[left, y(value)], [right, y(value)]], stroke(zero ? "ink" : "rule", zero ? 1.5 : 1));
      paper.text(left - 8, y(value), figure(value), 12, "end", "ink3");
    }
    const tick = step(span, input.width < 500 ? 5 : 10);
    for (let value = tick * Math.ceil(input.from / tick); value <= input.to; value += tick) {
      paper.line([[x(value), bottom], [x(value), bottom + 5]], stroke("edge", 1));
      paper.text(x(value), bottom + 17, figure(value), 12, "middle", "ink3");
    }
    const points = input.points.map((point) => ({ x: x(point.x), y: y(point.y), future: point.future }));
    // Slopes after Steffen (1990): the curve never goes past a point
    const slopes = [];
    const sign = (value) => (value < 0 ? -1 : 1);
    const between = (a, b) => (b.x - a.x > 0 ? (b.y - a.y) / (b.x - a.x) : 0);
    points.forEach((point, at) => {
      const before = points[at - 1];
      const after = points[at + 1];
      if (!before || !after) {
        slopes.push(null);
        return;
      }
      const h0 = point.x - before.x;
      const h1 = after.x - point.x;
      const s0 = between(before, point);
      const s1 = between(point, after);
      const p = h0 + h1 > 0 ? (s0 * h1 + s1 * h0) / (h0 + h1) : 0;
      slopes.push((sign(s0) + sign(s1)) * Math.min(Math.abs(s0), Math.abs(s1), 0.5 * Math.abs(p)));
    });
    for (let at = 1; at < points.length; at += 1) {
      const a = points[at - 1];
      const b = points[at];
      const h = b.x - a.x;
      const s = between(a, b);
      let m0 = slopes[at - 1];
      let m1 = slopes[at];
      if (m0 === null && m1 === null) m0 = m1 = s;
      else if (m0 === null) m0 = (3 * s - m1) / 2;
      else if (m1 === null) m1 = (3 * s - m0) / 2;
      paper.curve([["M", a.x, a.y], ["C", a.x + h / 3, a.y + h / 3 * m0, b.x - h / 3, b.y - h / 3 * m1, b.x, b.y]], stroke("ai", 2.5, b.future ? [7, 5] : null));
    }
    points.forEach((point, at) => {
      const valley = input.valleys.indexOf(at) >= 0;
      const peak = input.peaks.indexOf(at) >= 0;
      paper.circle(point.x, point.y, 5, point.future ? "paper" : peak ? "kaki" : "ai", stroke(point.future ? "ai" : "paper", 2));
      paper.text(point.x, valley ? point.y + 17 : point.y - 16, String(at + 1), 13, "middle", peak ? "kaki" : "ink", true);
    });
    return paper.scene(bottom + 30);
  }

  // People and things above the years: a lane each, with ages and, in rows of their own so that none covers another, events; where they end.
  function drawLanes(paper, lanes, left, right, column, every, years) {
    const middle = (at) => left + column * (at + 0.5);
    const beside = left > 100;
    const named = years.map((_, at) => at).filter((at) => at % every === 0);
    named.forEach((at) => paper.text(middle(at), 9, String(years[at].year), 12, "middle", "ink3"));
    let y = 20;
    lanes.forEach((lane) => {
      paper.line([[0, y], [right, y]], stroke("rule", 1));
      paper.text(0, y + 14, short(lane.label, beside ? 18 : 44), 12, "start", "ink");
      let centre = beside || (lane.ages.length === 0 && lane.events.length === 0) ? y + 14 : y + 32;
      named.forEach((at) => { if (given(lane.ages[at])) paper.text(middle(at), centre, figure(lane.ages[at]), 12, "middle", "ink2"); });
      if (lane.ages.length && lane.events.length) centre += 20;
      const begins = (flag) => middle(given(flag.from) ? flag.from : flag.at);
      const ends = [];
      lane.events.slice().sort((a, b) => begins(a) - begins(b)).forEach((flag) => {
        const from = begins(flag);
        const to = middle(flag.at);
        let row = ends.findIndex((end) => end + 2 <= from - 8);
        if (row < 0) row = ends.length;
        ends[row] = to + 8;
        const own = centre + 20 * row;
        if (given(flag.from)) {
          paper.line([[from, own - 4], [from, own + 4]], stroke("kaki", 2));
          paper.line([[from, own], [to, own]], stroke("kaki", 2));
        }
        paper.circle(to, own, 8, flag.movable ? "paper" : "kaki", stroke("kaki", 1.5));
        paper.text(to, own, String(flag.number), 11, "middle", flag.movable ? "kaki" : "paper", true);
      });
      y = centre + 20 * (Math.max(ends.length, 1) - 1) + 14;
    });
    paper.line([[0, y], [right, y]], stroke("edge", 1));
    return y;
  }

  const COURSES = [["ai", 2.5, null], ["c2", 2, [7, 4]], ["c3", 2, [2, 4]]];
  const UP = ["d5", "d3", "d1"];
  const DOWN = ["k4", "k3", "k2", "k1", "mid"];

  // A panel that holds zero and all of the values.
  function panel(top, height, values, most) {
    const high = Math.max(1, ...values);
    const low = Math.min(0, ...values);
    const size = step(high - low, most);
    const last = size * Math.ceil(high / size);
    const first = size * Math.floor(low / size);
    const bottom = top + height;
    const y = (value) => bottom - (value - first) / (last - first) * (bottom - top);
    const grid = (paper, left, right, written) => {
      for (let value = first; value <= last; value += size) {
        paper.line([[left, y(value)], [right, y(value)]], stroke(value === 0 ? "ink" : "rule", value === 0 ? 1.5 : 1));
        paper.text(left - 8, y(value), written(value), 12, "end", "ink3");
      }
    };
    return { top, bottom, y, grid };
  }
  // What came back instead of going out, or the other way round, is in the sums of the table, and no part of a stack
  const outward = (value) => Math.max(value, 0);
  const sum = (values) => values.reduce((all, value) => all + outward(value), 0);

  // What comes in above zero and what goes out below, line by line; savings by themselves, on the same years.
  function cashFlow(input) {
    const paper = new Paper(input.width);
    const years = input.years;
    const lanes = input.lanes || [];
    const left = lanes.length && input.width >= 500 ? 144 : 56;
    const right = input.width - 26;
    const aged = given(input.age);
    const column = (right - left) / years.length;
    const every = Math.ceil(years.length / (input.width < 500 ? 5 : 11));
    const top = lanes.length ? drawLanes(paper, lanes, left, right, column, every, years) + 18 : aged ? 56 : 34;
    if (input.flows === false) return paper.scene(top);
    const flows = panel(top + 20, 210, years.flatMap((year) => [sum(year.up), -(sum(year.down) + outward(year.once))]), 8);
    const savings = panel(flows.bottom + 62, 180, years.flatMap((year) => year.savings), 5);
    paper.text(left, flows.top - (lanes.length ? 18 : 36), input.flowing, 12, "start", "ink2", true);
    paper.text(left, savings.top - 16, input.saved, 12, "start", "ink2", true);
    flows.grid(paper, left, right, (value) => figure(Math.abs(value)));
    savings.grid(paper, left, right, figure);
    if (aged) paper.text(left - 8, 10, input.aged, 12, "end", "ink3");
    const wide = Math.min(column * 0.62, 26);
    years.forEach((year, at) => {
      const middle = left + column * (at + 0.5);
      const part = (from, until, token) => {
        const [above, below] = [flows.y(Math.max(from, until)), flows.y(Math.min(from, until))];
        if (below > above) paper.rect(middle - wide / 2, above, wide, below - above, token, stroke("edge", 0.75));
      };
      let from = 0;
      year.up.forEach((value, place) => { part(from, from + outward(value), UP[place]); from += outward(value); });
      from = 0;
      year.down.forEach((value, place) => { part(from, from - outward(value), DOWN[place]); from -= outward(value); });
      part(from, from - outward(year.once), "c5");
      if (at % every === 0) {
        [flows, savings].forEach(({ bottom }) => paper.text(middle, bottom + 16, String(year.year), 12, "middle", "ink3"));
        if (aged) paper.text(middle, 10, figure(input.age + at), 12, "middle", "ink2");
      }
      if (year.events !== "") {
        [[flows.top - 8, flows.bottom], [savings.top - 6, savings.bottom]].forEach(([begin, end]) => paper.line([[middle, begin], [middle, end]], stroke("kaki", 1, [2, 4])));
        if (lanes.length === 0) paper.text(middle, flows.top - 16, year.events, 12, "middle", "kaki", true);
      }
    });
    const courses = years.length === 0 ? 0 : years[0].savings.length;
    const placed = [];
    for (let course = 0; course < courses; course += 1) {
      const [token, width, dash] = COURSES[course % 3];
      paper.line(years.map((year, at) => [left + column * (at + 0.5), savings.y(year.savings[course])]), stroke(token, width, dash));
      let label = savings.y(years[years.length - 1].savings[course]);
      placed.forEach((other) => { if (Math.abs(label - other) < 14) label = other + 14; });
      placed.push(label);
      paper.text(right + 6, label, ["①", "②", "③"][course % 3], 13, "start", token, true);
    }
    if (courses > 0) years.forEach((year, at) => paper.circle(left + column * (at + 0.5), savings.y(year.savings[0]), 3.5, year.savings[0] < 0 ? "kaki" : "ai", stroke("paper", 1.5)));
    return paper.scene(savings.bottom + 28);
  }

  function timeline(input) {
    const paper = new Paper(input.width);
    const left = 6;
    const right = input.width - 6;
    const span = Math.max(input.to - input.from + 1, 12);
    const x = (month) => left + (month - input.from) / span * (right - left);
    const pitch = 46;
    const bottom = 30 + input.rows.length * pitch;
    const tick = 12 * step(span / 12, input.width < 500 ? 4 : 9);
    for (let month = tick * Math.ceil(input.from / tick); month <= input.to + 1; month += tick) {
      paper.line([[x(month), 22], [x(month), bottom]], stroke("rule", 1));
      paper.text(x(month), 10, String(month / 12), 12, "middle", "ink3");
    }
    input.rows.forEach((row, at) => {
      const y = 30 + at * pitch;
      paper.text(left, y + 9, short((at + 1) + "  " + row.label, Math.floor((right - left - 34) / 7)), 13, "start", "ink");
      const feeling = given(row.feeling) ? row.feeling : 0;
      const fill = feeling >= 3 ? "d6" : feeling >= 1 ? "d4" : feeling > -1 ? "mid" : feeling > -3 ? "k2" : "k4";
      paper.rect(x(row.from), y + 20, x(row.to + 1) - x(row.from), 16, fill, stroke("edge", 1));
      if (given(row.feeling)) paper.text(right, y + 9, (row.feeling > 0 ? "+" : "") + figure(row.feeling), 12, "end", "ink2", true);
    });
    return paper.scene(bottom + 4);
  }

  function quadrant(input) {
    const paper = new Paper(input.width);
    const size = Math.min(input.width - 24, 480);
    const left = (input.width - size) / 2;
    const top = 26;
    const x = (value) => left + (value - input.x[0]) / (input.x[1] - input.x[0]) * size;
    const y = (value) => top + size - (value - input.y[0]) / (input.y[1] - input.y[0]) * size;
    const middleX = (input.x[0] + input.x[1]) / 2;
    const middleY = (input.y[0] + input.y[1]) / 2;
    paper.rect(left, top, size, size, null, stroke("edge", 1));
    paper.line([[x(middleX), top], [x(middleX), top + size]], stroke("ink", 1.5));
    paper.line([[left, y(middleY)], [left + size, y(middleY)]], stroke("ink", 1.5));
    [[left, top - 14, "start"], [left + size, top - 14, "end"], [left, top + size + 15, "start"], [left + size, top + size + 15, "end"]]
      .forEach(([cx, cy, anchor], at) => paper.text(cx, cy, input.corners[at], 13, anchor, at === 0 ? "kaki" : "ink2", true));
    paper.text(x(middleX) + 6, top + 12, input.up, 12, "start", "ink3");
    paper.text(left + size - 6, y(middleY) - 10, input.across, 12, "end", "ink3");
    input.points.forEach((point, at) => {
      const same = input.points.slice(0, at).filter((other) => other.x === point.x && other.y === point.y).length;
      let px = x(point.x) + 24 * same;
      px = Math.max(left + 14, Math.min(px, left + size - 14));
      const py = Math.max(top + 14, Math.min(y(point.y), top + size - 14));
      paper.circle(px, py, 12, "d5", stroke("paper", 2));
      paper.text(px, py, String(at + 1), 12, "middle", "on-d5", true);
    });
    return paper.scene(top + size + 26);
  }

  function bars(input) {
    const paper = new Paper(input.width);
    const left = 2;
    const right = input.width - 66;
    const pitch = 50;
    const x = (value) => left + (value - input.low) / (input.high - input.low) * (right - left);
    input.rows.forEach((row, at) => {
      const y = at * pitch;
      paper.text(left, y + 11, short(row.label, Math.floor(input.width / 7.5)), 14, "start", row.marked ? "kaki" : "ink", row.marked);
      if (given(row.other)) {
        paper.line([[left, y + 32], [right, y + 32]], stroke("rule", 1));
        paper.line([[x(row.other), y + 32], [x(row.value), y + 32]], stroke(row.marked ? "kaki" : "ai", 3));
        paper.circle(x(row.value), y + 32, 6, "ai", stroke("paper", 2));
        paper.circle(x(row.other), y + 32, 6, "paper", stroke("ai", 2));
      } else {
        paper.rect(left, y + 22, right - left, 20, "sunk");
        paper.rect(left, y + 22, x(row.value) - left, 20, row.marked ? "d5" : "d3", stroke("edge", 1));
        if (input.high - input.low <= 10) for (let step = input.low + 1; step < input.high; step += 1) paper.line([[x(step), y + 22], [x(step), y + 42]], stroke("paper", 1));
      }
      paper.text(input.width - 2, y + 32, row.words, 14, "end", "ink", true);
    });
    return paper.scene(input.rows.length * pitch + 2);
  }

  // A scene as SVG, in the same look as the charts of the site.
  const NS = "http://www.w3.org/2000/svg";
  const paint = (token) => (token === null ? "none" : "var(--" + token + ")");
  function svg(scene, name, title, description) {
    const made = (tag, attributes, text) => {
      const node = root.document.createElementNS(NS, tag);
      Object.keys(attributes).forEach((key) => node.setAttribute(key, attributes[key]));
      if (text !== undefined) node.textContent = text;
      return node;
    };
    const look = (node, mark) => {
      node.setAttribute("fill", paint(given(mark.fill) ? mark.fill : null));
      if (given(mark.stroke)) {
        node.setAttribute("stroke", paint(mark.stroke.token));
        node.setAttribute("stroke-width", mark.stroke.width);
        if (mark.stroke.dash) node.setAttribute("stroke-dasharray", mark.stroke.dash.join(" "));
      }
      return node;
    };
    const id = "w-" + name;
    const image = made("svg", { class: "chart chart-" + name.split("-").pop(), role: "img", "aria-labelledby": id + "-t " + id + "-d", viewBox: "0 0 " + scene.width + " " + scene.height, width: scene.width, height: scene.height });
    image.append(made("title", { id: id + "-t" }, title), made("desc", { id: id + "-d" }, description));
    const group = made("g", { "aria-hidden": "true" });
    image.append(group);
    scene.marks.forEach((mark) => {
      if (mark.kind === "rect") group.append(look(made("rect", { x: mark.x, y: mark.y, width: mark.width, height: mark.height }), mark));
      if (mark.kind === "circle") group.append(look(made("circle", { cx: mark.x, cy: mark.y, r: mark.radius }), mark));
      if (mark.kind === "line") group.append(look(made("polyline", { points: mark.points.map((point) => point.join(",")).join(" ") }), mark));
      if (mark.kind === "path") group.append(look(made("path", { d: mark.steps.map(([name, ...numbers]) => name + numbers.join(" ")).join("") }), mark));
      if (mark.kind === "text") {
        const node = made("text", { x: mark.x, y: mark.y, dy: "0.35em", "font-size": mark.size, fill: paint(mark.token) }, mark.text);
        if (mark.bold) node.setAttribute("font-weight", "700");
        if (mark.anchor !== "start") node.setAttribute("text-anchor", mark.anchor);
        group.append(node);
      }
    });
    return image;
  }

  root.shirubeDrawings = { life_line: lifeLine, cash_flow: cashFlow, timeline, quadrant, bars, svg, figure, short, UP, DOWN };
})(typeof window === "undefined" ? globalThis : window);
