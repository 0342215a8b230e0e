// All that matters of a worksheet on one page of paper: made when it is asked for (worksheet-paper.js).
(function () {
  "use strict";

  const node = (id) => document.getElementById(id);
  const page = node("worksheet");
  const form = node("sheet");
  const rules = JSON.parse(node("rules").getAttribute("data-json"));
  const { make, fill } = window.shirubeMake;
  let said = null;

  // Nothing of it has a class that a rule for screens of some width knows: it is measured here and printed elsewhere.
  const WIDE = { lifeline: "life_line", cash_flow: "cash_flow", timeline: "timeline" };
  function copied(result, made) {
    const wide = [];
    const narrow = [];
    let number = 0;
    made.querySelectorAll(":scope > *").forEach((one) => {
      const across = one.matches(".drawing") ? WIDE[result.compute] !== undefined && result.pictures[number] === WIDE[result.compute] : one.querySelector(".w-numbers") !== null;
      if (one.matches(".drawing")) number += 1;
      const copy = one.matches(".drawing") ? make("div", "o-drawing", one.querySelector((across ? ".wide" : ".narrow") + " svg").cloneNode(true)) : one.cloneNode(true);
      [copy, ...copy.querySelectorAll("*")].forEach((part) => {
        ["id", "tabindex", "role", "aria-labelledby", "aria-label", "aria-describedby", "data-head"].forEach((name) => part.removeAttribute(name));
        if (!part.closest("svg")) part.setAttribute("class", Array.from(part.classList, (name) => (name.startsWith("o-") ? name : "o-" + name)).join(" "));
        else part.removeAttribute("class");
      });
      (across ? wide : narrow).push(copy);
    });
    return [wide, narrow];
  }
  const bare = (text) => text.replace(/\s+/g, "");
  // What was written in words, row by row, but for what the results say already
  function own(known) {
    const out = [];
    form.querySelectorAll(".w-part").forEach((part) => {
      const hides = page.classList.contains("hides");
      const rows = Array.from(part.querySelectorAll(".w-rows > li, .w-grid > .w-field")).filter((row) => !hides || !row.matches(".unshown, .w-stand"));
      const told = rows.map((row) => {
        const fields = (row.matches(".w-field") ? [row] : Array.from(row.querySelectorAll(".w-field"))).map((box) => [box.querySelector(".w-name"), box.querySelector(".field")]);
        const words = fields.filter(([, field]) => said(field) !== "" && field.dataset.kind === undefined);
        if (words.every(([, field]) => known.includes(bare(said(field))))) return null;
        const line = make("p", "o-line");
        words.forEach(([name, field], at) => line.append(...(at ? [" "] : []), make("b", "", name.firstChild.textContent), " " + said(field)));
        return line;
      }).filter((line) => line !== null);
      if (told.length) out.push(make("section", "o-part", make("h3", "", part.querySelector("h2").textContent), ...told));
    });
    return out;
  }

  const sheet = make("div", "w-one");
  sheet.setAttribute("aria-hidden", "true");
  page.append(sheet);
  // Millimetres of a page within its margins, with some to spare
  const HIGH = 277 * 0.98 * 96 / 25.4;
  const fits = () => sheet.offsetHeight <= HIGH;
  // The last of so many steps that still holds; none before the first need hold
  function last(steps, holds) {
    let low = 0;
    let high = steps + 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (holds(middle)) low = middle;
      else high = middle;
    }
    return low;
  }
  const SMALLEST = 6.5;
  const size = (step) => { sheet.style.fontSize = SMALLEST + step / 4 + "pt"; };
  function compose() {
    const columns = make("div", "o-columns");
    sheet.replaceChildren(make("header", "o-head", make("h1", "", rules.title), make("p", "", rules.say.cards_date)));
    // Where points are kept from others, results stand as if these had never been written
    const hides = page.classList.contains("hides");
    document.querySelectorAll("[data-result]").forEach((own) => {
      const result = rules.results[Number(own.dataset.result)];
      const made = hides ? node("shown-" + own.dataset.result) : own;
      const [wide, narrow] = copied(result, made);
      const title = make("h2", "", result.title);
      if (wide.length) sheet.append(title, ...wide);
      columns.append(...(wide.length ? [] : [title]), ...narrow);
    });
    sheet.append(columns);
    const parts = own(bare(sheet.textContent));
    if (parts.length) columns.append(make("h2", "", rules.say.worksheet_one_own), ...parts);
    page.classList.add("measured");
    // Own lines give way from the last, as few as can be, and the page says so
    const lines = Array.from(sheet.querySelectorAll(".o-line"));
    const more = make("p", "o-note");
    const keep = (count) => {
      lines.forEach((line, at) => { line.hidden = at >= count; });
      parts.forEach((part) => { part.hidden = Array.from(part.querySelectorAll(".o-line")).every((line) => line.hidden); });
      more.textContent = count < lines.length ? fill(rules.say.worksheet_one_more, { n: lines.length - count }) : "";
    };
    columns.append(more);
    size(0);
    if (fits()) size(last(18, (step) => { size(step); return fits(); }));
    else keep(last(lines.length - 1, (count) => { keep(count); return fits(); }));
    const fit = fits();
    page.classList.remove("measured");
    node("status").textContent = fit ? "" : rules.say.worksheet_one_long;
  }
  window.shirubeOnePage = (paper) => {
    said = paper.said;
    compose();
  };
})();
