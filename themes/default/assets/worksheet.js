// A worksheet on a device: what is written is worked out and drawn here and goes nowhere. It is kept until the tab closes, longer only
// on a device of one's own, never under file:// (all files share one storage); it is saved to a file and opened from one.
(function () {
  "use strict";

  const node = (id) => document.getElementById(id);
  const page = node("worksheet");
  const form = node("sheet");
  const rules = JSON.parse(node("rules").getAttribute("data-json"));
  const say = rules.say;
  const PREFIX = "shirube-worksheet:";
  const served = location.protocol === "http:" || location.protocol === "https:";
  const { fill } = window.shirubeResults;
  let dirty = false;
  let waiting = 0;
  let resting = 0;
  let typing = null;

  page.classList.add("live");

  function values() {
    const found = {};
    Array.from(form.elements).forEach((control) => {
      if (!control.name || ((control.type === "checkbox" || control.type === "radio") && !control.checked) || control.value === "") return;
      found[control.name] = control.value;
    });
    return found;
  }
  // Fields that became rows since a file was saved: their first row. Gives what has no place any more.
  function moved(found) {
    const names = new Set(Array.from(form.elements, (control) => control.name));
    const left = [];
    const now = {};
    Object.entries(found).forEach(([name, value]) => {
      const first = name.replace(/^([\w-]+)\.([\w-]+)$/, "$1.1.$2");
      if (names.has(name)) now[name] = value;
      else if (names.has(first) && !(first in found)) now[first] = value;
      else if (value !== "") left.push(value);
    });
    return { values: now, left };
  }
  function put(found) {
    Array.from(form.elements).forEach((control) => {
      if (!control.name) return;
      const value = Object.prototype.hasOwnProperty.call(found, control.name) ? String(found[control.name]) : "";
      if (control.type === "checkbox" || control.type === "radio") control.checked = value !== "" && value === control.value;
      else control.value = value;
    });
  }
  function status(text, fault) {
    node("status").textContent = text;
    node("status").classList.toggle("fault", Boolean(fault));
  }

  // Storage. A browser may refuse it; then nothing is kept, and the page says so.
  function quietly(run) { try { return run(); } catch (_) { return null; } }
  function storage(name) {
    return !served ? null : quietly(() => {
      window[name].setItem(PREFIX, "");
      window[name].removeItem(PREFIX);
      return window[name];
    });
  }
  const tab = storage("sessionStorage");
  const device = storage("localStorage");
  const key = PREFIX + rules.key;
  const own = () => node("own").checked;
  let held = tab !== null;
  // What the device keeps as far as this tab knows; what another tab wrote since is not written over before the person has chosen
  let seenKept = null;
  const keptThere = () => device && quietly(() => device.getItem(key));
  function newer() {
    const there = keptThere();
    const other = own() && there !== seenKept && (there || "{}") !== JSON.stringify(values());
    if (!other) seenKept = there;
    return !(node("newer").hidden = !other);
  }
  // Never touches what another tab keeps: that is taken away where its box is unticked, or everything is erased
  function keep() {
    const text = JSON.stringify(values());
    const store = own() && !newer() ? device : tab;
    if (store === device) seenKept = text === "{}" ? null : text;
    held = store !== null && quietly(() => {
      if (text === "{}") store.removeItem(key);
      else store.setItem(key, text);
      return true;
    }) === true;
    if (!own()) node("newer").hidden = true;
    tellKept();
  }
  function kept() {
    for (const store of [tab, device]) {
      const text = store && quietly(() => store.getItem(key));
      if (text) return { own: store === device, values: quietly(() => JSON.parse(text)) || {} };
    }
    return null;
  }
  // The sheets that are kept where this page can reach them
  function sheets() {
    return [tab, device].filter((store) => store !== null).flatMap((store) => Object.keys(store).filter((one) => one.startsWith(PREFIX)).map((one) => [store, one]));
  }
  function tellKept() {
    const words = !served ? say.worksheet_kept_file : !held ? say.worksheet_kept_nowhere : own() && node("newer").hidden ? say.worksheet_kept_device : say.worksheet_kept_tab;
    if (node("kept").textContent !== words) node("kept").textContent = words;
    node("own-row").hidden = device === null;
    node("erase").hidden = tab === null && device === null;
  }
  const written = () => Object.keys(values()).length > 0;

  // Rows that are not there at first
  function seen() {
    document.querySelectorAll(".later").forEach((row) => {
      if (Array.from(row.querySelectorAll("[name]")).some((control) => (control.type === "checkbox" ? control.checked : control.value !== ""))) row.classList.add("seen");
    });
    document.querySelectorAll("[data-more]").forEach((button) => { button.hidden = !next(button); });
  }
  const next = (button) => node("part-" + button.dataset.more).querySelector(".later:not(.seen)");

  function mark(found) {
    const filled = new window.shirubeSheet.Filled(rules, found);
    window.shirubeMarks.fields(form, filled, typing);
    window.shirubeMarks.picked(filled);
  }
  function show() {
    waiting = 0;
    const found = values();
    const today = new Date();
    document.querySelectorAll("[data-result]").forEach((place) => window.shirubeResults.show(place, rules, Number(place.dataset.result), found, today.getFullYear() * 12 + today.getMonth()));
    page.classList.toggle("filled", Object.keys(found).length > 0);
    mark(found);
    // What is given to the totals of a class is made of the same (worksheet-totals.js)
    page.dispatchEvent(new Event("shown"));
  }
  function changed() {
    dirty = true;
    keep();
    if (waiting === 0) waiting = window.setTimeout(show, 150);
  }
  // Whatever takes the place of what is written asks first
  const replaces = () => !written() || window.confirm(say.worksheet_replace_sure);
  function blank() {
    put({});
    document.querySelectorAll(".later.seen").forEach((row) => row.classList.remove("seen"));
    seen();
    show();
    dirty = false;
  }
  function all(found) {
    put(found);
    seen();
    show();
    keep();
  }

  form.addEventListener("input", (event) => {
    typing = event.target;
    window.clearTimeout(resting);
    resting = window.setTimeout(() => {
      typing = null;
      mark(values());
    }, 500);
    changed();
  });
  form.addEventListener("change", () => {
    typing = null;
    changed();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  document.querySelectorAll("[data-more]").forEach((button) => button.addEventListener("click", () => {
    const row = next(button);
    if (!row) return;
    row.classList.add("seen");
    button.hidden = !next(button);
    row.querySelector("[name]").focus();
  }));

  function save(found, end, words) {
    const text = JSON.stringify({ format: "shirube-worksheet", version: 1, sheet: rules.sheet, title: rules.title, values: found }, null, 1);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text + "\n"], { type: "application/json" }));
    link.download = rules.sheet.replace("/", "-") + end + ".json";
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    status(fill(words, { file: link.download }));
  }
  // One's own file has everything; a copy to show is without what is kept from others (worksheet-private.js)
  const keepsBack = () => window.shirubePrivate !== undefined && window.shirubePrivate.any(values());
  node("save").addEventListener("click", () => {
    save(values(), "", keepsBack() ? say.worksheet_saved_own : say.worksheet_saved);
    dirty = false;
  });
  if (node("save-shown")) node("save-shown").addEventListener("click", () => {
    save(window.shirubePrivate.of(values()), "-copy", !keepsBack() ? say.worksheet_saved : node("hide").checked ? say.worksheet_saved_shown : say.worksheet_saved_own);
  });
  node("open").addEventListener("change", async (event) => {
    const file = event.target.files[0];
    event.target.value = "";
    if (!file) return;
    const read = file.size < 1000000 ? await file.text().then((text) => quietly(() => JSON.parse(text))) : null;
    const sound = read && read.format === "shirube-worksheet" && read.version === 1 && read.values && Object.values(read.values).every((value) => typeof value === "string");
    if (!sound) status(say.worksheet_open_failed, true);
    else if (read.sheet !== rules.sheet) status(fill(say.worksheet_open_other, { title: String(read.title) }), true);
    else if (replaces()) {
      const now = moved(read.values);
      all(now.values);
      dirty = false;
      status(now.left.length === 0 ? say.worksheet_opened : fill(say.worksheet_opened_left, { texts: now.left.join(" / ") }));
    }
  });
  node("print").addEventListener("click", () => window.print());
  node("clear").addEventListener("click", () => {
    if (written() && !window.confirm(say.worksheet_clear_sure)) return;
    blank();
    keep();
    status(say.worksheet_cleared);
  });
  node("erase").addEventListener("click", () => {
    if ((written() || sheets().length > 0) && !window.confirm(say.worksheet_erase_sure)) return;
    node("own").checked = false;
    seenKept = null;
    sheets().forEach(([store, one]) => quietly(() => store.removeItem(one)));
    blank();
    keep();
    status(say.worksheet_erased);
  });
  if (node("sample")) node("sample").addEventListener("click", () => {
    if (!replaces()) return;
    all(rules.sample);
    status(say.worksheet_sampled);
  });
  node("own").addEventListener("change", () => {
    const other = own() ? tab : device;
    if (other) quietly(() => other.removeItem(key));
    seenKept = null;
    keep();
  });
  window.addEventListener("storage", (event) => {
    if (event.storageArea === device && (event.key === key || event.key === null) && own() && newer()) keep();
  });
  function chosen() {
    seenKept = keptThere();
    if (tab) quietly(() => tab.removeItem(key));
  }
  node("newer-load").addEventListener("click", () => {
    chosen();
    blank();
    all(moved(quietly(() => JSON.parse(seenKept)) || {}).values);
    dirty = false;
    status(say.worksheet_newer_loaded);
  });
  node("newer-keep").addEventListener("click", () => {
    chosen();
    keep();
    status(say.worksheet_newer_kept);
  });
  // Where nothing is kept, leaving is asked about
  window.addEventListener("beforeunload", (event) => { if (dirty && !held) event.preventDefault(); });
  // The example belongs to whoever has written nothing yet; on paper too
  window.addEventListener("beforeprint", show);
  // Cards are made of the same (worksheet-cards.js)
  window.shirubeWritten = values;

  const before = kept();
  if (before) {
    node("own").checked = before.own;
    put(moved(before.values).values);
    if (before.own) seenKept = keptThere();
  }
  // What others picked in a room comes along behind the «#» of the address, which no server sees
  const carried = /^#peers=([\w-]+):([\w=;-]*)$/.exec(location.hash);
  if (carried) {
    const counts = new Map(carried[2].split(";").map((one) => one.split("=")));
    Array.from(form.elements).forEach((control) => {
      const parts = control.name.split(".");
      if (parts[0] === carried[1] && parts[2] === "others") control.value = counts.get(parts[1]) || "";
    });
    history.replaceState(null, "", location.pathname + location.search);
    keep();
    status(say.window_carried);
    const seen = document.querySelector('[data-result]');
    if (seen) window.setTimeout(() => seen.closest("section").scrollIntoView(), 0);
  }
  // A phone does not run a folder from a stick
  // An iPad calls itself a Mac
  const tablet = /Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1;
  const phone = tablet || (navigator.userAgentData && navigator.userAgentData.mobile) || /Mobi|Android|iPhone|iPad/.test(navigator.userAgent);
  node("phone").hidden = served || !phone;
  tellKept();
  seen();
  show();
})();
