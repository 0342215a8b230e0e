// Ten consultants who fit, found on the device: the same as src/kernels/matching.rs, held equal by tests/it/worksheets.rs and
// tests/it/matching.rs. What is answered goes nowhere: the page may not send anything. Whole numbers only.
(function (root) {
  "use strict";

  const VALUES = 500;
  const THEME = [200, 120];
  const FIELDS = [150, 100];
  const HOURS = 100;
  const STYLE = [50, 25];
  const TIE = 40;
  const ALIKE = [12, 120];
  const ENOUGH = 4;

  const shared = (one, other) => one.filter((id) => other.includes(id));
  const shares = (one, other) => shared(one, other).length > 0;
  const given = (value) => value !== null && value !== undefined;

  function hold(person, one) {
    return [
      person.languages.length === 0 || shares(person.languages, one.languages),
      !given(person.theme) || one.themes.includes(person.theme),
      person.styles.length === 0 || shares(person.styles, one.styles),
      person.hours.length === 0 || shares(person.hours, one.hours),
      !shares(person.avoid, one.fields),
    ];
  }
  function agreement(person, other) {
    const both = [];
    person.forEach((own, at) => { if (given(own) && at < other.length) both.push([at, own, other[at]]); });
    const count = both.length;
    let own = 0;
    let theirs = 0;
    both.forEach((one) => { own += one[1]; theirs += one[2]; });
    const apart = both.map((one) => [one[0], count * one[1] - own, count * one[2] - theirs]);
    let distance = 0;
    let most = 0;
    apart.forEach((one) => { distance += Math.abs(one[1] - one[2]); most += Math.abs(one[1]) + Math.abs(one[2]); });
    if (count < ENOUGH || apart.every((one) => one[1] === 0)) return [VALUES / 2, []];
    const dear = apart.filter((one) => one[1] > 0 && one[2] > 0).map((one) => [one[0], Math.min(one[1], one[2])]);
    dear.sort((a, b) => b[1] - a[1]);
    return [VALUES - Math.floor((VALUES * distance) / most), dear.slice(0, 2).map((one) => one[0])];
  }
  function weigh(person, one) {
    const agreed = agreement(person.values, one.values);
    const theme = given(person.theme) && one.themes.slice(0, 2).includes(person.theme);
    const fields = shared(person.fields, one.fields);
    const hours = shared(person.hours, one.hours);
    const style = one.styles.length > 0 && person.styles.includes(one.styles[0]);
    let score = agreed[0];
    score += !given(person.theme) ? (THEME[0] + THEME[1]) / 2 : theme ? THEME[0] : THEME[1];
    score += person.fields.length === 0 ? FIELDS[0] / 2 : fields.length === 0 ? 0 : fields.length === 1 ? FIELDS[1] : FIELDS[0];
    score += person.hours.length === 0 ? HOURS / 2 : Math.floor((HOURS * hours.length) / person.hours.length);
    score += style ? STYLE[0] : STYLE[1];
    return { id: one.id, score, values: agreed[1], theme, fields, hours, style };
  }
  function likeness(one, other) {
    const same = (a, b) => (a !== undefined && a === b ? 1 : 0);
    return same(one.styles[0], other.styles[0]) + same(one.themes[0], other.themes[0]) + same(one.fields[0], other.fields[0]);
  }
  // Ids are ASCII, so characters are bytes.
  function hash(start, text) {
    let sum = (start ^ 0x9e3779b9) >>> 0;
    for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193) >>> 0;
    sum = Math.imul(sum ^ (sum >>> 16), 0x045d9f3b) >>> 0;
    sum = Math.imul(sum ^ (sum >>> 16), 0x045d9f3b) >>> 0;
    return (sum ^ (sum >>> 16)) >>> 0;
  }
  function seedOf(person) {
    let seed = hash(0x811c9dc5, given(person.theme) ? person.theme : "");
    [person.languages, person.styles, person.hours, person.fields, person.avoid].forEach((list) => { seed = hash(seed, list.slice().sort().join(" ")); });
    return seed;
  }
  function matching(input) {
    const person = input.person;
    const passes = input.candidates.map((one) => hold(person, one));
    const fitting = input.candidates.filter((_, at) => passes[at].every(Boolean));
    const seed = seedOf(person);
    const left = fitting.map((one) => { const found = weigh(person, one); return { one, found, points: found.score + (hash(seed, one.id) % TIE) }; });
    const chosen = [];
    const worth = (entry) => {
      let likenesses = 0;
      chosen.forEach((other) => { likenesses += likeness(entry.one, other.one); });
      return entry.points - Math.min(likenesses * ALIKE[0], ALIKE[1]);
    };
    while (chosen.length < input.count && left.length > 0) {
      let best = 0;
      for (let at = 1; at < left.length; at += 1) {
        const own = worth(left[at]);
        const highest = worth(left[best]);
        if (own > highest || (own === highest && left[at].one.id < left[best].one.id)) best = at;
      }
      chosen.push(left.splice(best, 1)[0]);
    }
    const but = (which) => passes.filter((passed) => passed.every((holds, at) => holds || at === which)).length;
    const without = fitting.length < input.count ? { languages: but(0), theme: but(1), styles: but(2), hours: but(3), avoid: but(4) } : null;
    return { chosen: chosen.map((entry) => entry.found), fit: fitting.length, without };
  }
  root.shirubeKernels = root.shirubeKernels || {};
  root.shirubeKernels.matching = matching;

  if (typeof document === "undefined") return;

  const node = (id) => document.getElementById(id);
  const page = node("matching");
  const form = node("match");
  const data = JSON.parse(node("data").getAttribute("data-json"));
  const say = data.say;
  const KEY = "shirube-matching:" + data.key;
  const served = location.protocol === "http:" || location.protocol === "https:";
  page.classList.add("live");

  const put = (text, values) => Object.keys(values).reduce((out, name) => out.split("{" + name + "}").join(values[name]), text);
  const named = (kind, ids) => ids.map((id) => data[kind][id]).join(say.list_gap);
  function element(name, text, className) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  }
  function link(href, text, about) {
    const made = element("a", text);
    made.href = href;
    made.setAttribute("aria-label", text + say.list_gap + about);
    return made;
  }

  // Kept until the tab closes, so that a look at a profile costs no answer; never under file://, where all files share one storage.
  function storage() { try { return served ? window.sessionStorage : null; } catch (_) { return null; } }
  function answers() {
    const found = {};
    Array.from(form.elements).forEach((control) => {
      if (!control.name || ((control.type === "checkbox" || control.type === "radio") && !control.checked) || control.value === "") return;
      (found[control.name] = found[control.name] || []).push(control.value);
    });
    return found;
  }
  function keep(shown) {
    try { const store = storage(); if (store) store.setItem(KEY, JSON.stringify({ answers: answers(), shown })); } catch (_) { /* then nothing is kept */ }
  }
  function restore() {
    try {
      const store = storage();
      const kept = store && JSON.parse(store.getItem(KEY));
      if (!kept) return false;
      Array.from(form.elements).forEach((control) => {
        const values = kept.answers[control.name] || [];
        if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
        else if (control.name) control.value = values[0] || "";
      });
      return Boolean(kept.shown);
    } catch (_) { return false; }
  }

  function person() {
    const found = answers();
    const list = (name) => found[name] || [];
    const values = data.values.map((value) => {
      let sum = 0;
      let count = 0;
      for (let at = 0; at < value.items; at += 1) {
        const answer = list("value." + value.id + "." + at)[0];
        if (answer) { sum += Number(answer); count += 1; }
      }
      return count === 0 ? null : Math.floor((sum * data.highest) / (data.points * count));
    });
    return { languages: list("languages"), theme: list("theme")[0] || null, styles: list("styles"), hours: list("hours"), fields: list("fields"), avoid: list("avoid"), values };
  }
  function reasons(found, who) {
    const lines = [];
    const values = found.values.map((at) => data.values[at].label);
    if (values.length === 2) lines.push(put(say.match_values, { a: values[0], b: values[1] }));
    if (values.length === 1) lines.push(put(say.match_value, { a: values[0] }));
    if (who.theme) lines.push(put(found.theme ? say.match_theme : say.match_theme_also, { theme: data.themes[who.theme] }));
    if (found.fields.length > 0) lines.push(put(say.match_fields, { fields: named("fields", found.fields) }));
    if (found.style) lines.push(put(say.match_style, { style: data.people[found.id].style }));
    if (found.hours.length > 0) lines.push(put(say.match_hours, { hours: named("hours", found.hours) }));
    if (values.length === 0 && who.values.filter(given).length >= ENOUGH) lines.push(say.match_other);
    return lines;
  }
  function entry(found, who) {
    const known = data.people[found.id];
    const item = element("li");
    const body = element("div");
    body.append(element("h3", known.name), element("p", known.says, "style"));
    const list = element("ul");
    reasons(found, who).forEach((line) => list.append(element("li", line)));
    const ways = element("p", "", "ways");
    const fragment = who.theme ? "#theme=" + who.theme : "";
    ways.append(link(known.href, say.match_profile, known.name), link(known.nominate + fragment, say.match_nominate, known.name));
    body.append(list, ways);
    item.append(body);
    return item;
  }
  function few(made) {
    const place = node("few");
    place.textContent = "";
    if (!made.without) return;
    const more = Object.keys(made.without).filter((name) => made.without[name] > made.fit);
    place.append(element("p", put(made.fit === 0 ? say.match_none : say.match_few, { n: String(made.fit) })));
    if (more.length === 0) return;
    const list = element("ul");
    more.forEach((name) => list.append(element("li", put(say.match_without, { what: say["match_without_" + name], n: String(made.without[name]) }))));
    place.append(list);
  }
  function show(move) {
    const who = person();
    const made = matching({ person: who, candidates: data.candidates, count: data.count });
    node("list").textContent = "";
    made.chosen.forEach((found) => node("list").append(entry(found, who)));
    node("found-title").textContent = put(say.match_found, { n: String(made.chosen.length) });
    few(made);
    const weighed = who.values.filter(given);
    const flat = weighed.length >= ENOUGH && weighed.every((value) => value === weighed[0]);
    node("status").textContent = weighed.length < ENOUGH ? put(say.match_left, { n: String(weighed.length) }) : flat ? say.match_flat : "";
    node("found").hidden = false;
    node("find").textContent = say.match_again;
    keep(true);
    if (move) { node("found").focus({ preventScroll: true }); node("found").scrollIntoView({ block: "start" }); }
  }

  node("kept").textContent = storage() ? say.match_kept : say.match_not_kept;
  node("find").addEventListener("click", () => show(true));
  node("erase").addEventListener("click", () => {
    form.reset();
    try { const store = storage(); if (store) store.removeItem(KEY); } catch (_) { /* nothing was kept */ }
    node("found").hidden = true;
    node("list").textContent = "";
    node("status").textContent = say.match_erased;
  });
  form.addEventListener("change", () => keep(!node("found").hidden));
  form.addEventListener("submit", (event) => event.preventDefault());
  if (restore()) show(false);
})(typeof window === "undefined" ? globalThis : window);
