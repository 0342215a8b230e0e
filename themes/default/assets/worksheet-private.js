// Points that somebody keeps from others. What is printed, and a copy to show, are as if they had never been written: no gap in numbers
// or rows tells of them. The person's own file always has everything. Nothing on the page waits for an event of printing: what paper
// shows stands beside what the screen shows, and styles choose.
(function () {
  "use strict";

  const node = (id) => document.getElementById(id);
  const page = node("worksheet");
  const rules = JSON.parse(node("rules").getAttribute("data-json"));
  const points = rules.parts.filter((part) => part.kind === "points");
  const name = (part, row, column) => part.id + "." + row + "." + column;
  const isPrivate = (found, part, row) => found[name(part, row, "private")] !== undefined;
  const any = (found) => points.some((part) => Array.from({ length: part.most }, (_, at) => at + 1).some((row) => isPrivate(found, part, row)));
  const hides = (found) => node("hide").checked && any(found);

  // What is written, without private points: those that follow move up.
  function shown(found) {
    const out = {};
    Object.keys(found).forEach((key) => {
      const [id, row, column] = key.split(".");
      const part = points.find((one) => one.id === id);
      if (!part) {
        out[key] = found[key];
        return;
      }
      if (isPrivate(found, part, row)) return;
      let own = Number(row);
      for (let before = 1; before < Number(row); before += 1) if (isPrivate(found, part, before)) own -= 1;
      out[name(part, own, column)] = found[key];
    });
    return out;
  }

  // The rows of the table, as paper numbers and shows them.
  function number(found, hiding) {
    points.forEach((part) => {
      const rows = Array.from(document.querySelectorAll("#part-" + part.id + " .w-rows > li:not(.w-stand)"));
      const first = rows.filter((row) => !row.classList.contains("later")).length;
      let own = 0;
      rows.forEach((row, at) => {
        const left = hiding && isPrivate(found, part, at + 1);
        if (!left) own += 1;
        row.classList.toggle("unshown", left);
        row.classList.toggle("revealed", hiding && !left && own <= first);
        const place = row.querySelector(".w-number");
        if (!hiding) {
          place.textContent = String(at + 1);
          return;
        }
        const spans = [["only-own", at + 1], ["only-shown", own]].map(([className, text]) => {
          const span = document.createElement("span");
          span.className = className;
          span.textContent = String(text);
          return span;
        });
        place.replaceChildren(...spans);
      });
    });
  }

  // A blank sheet has all its rows on paper, and so has one on which nothing else is written.
  function stand(rest, hiding) {
    document.querySelectorAll(".w-stand").forEach((row) => row.remove());
    if (!hiding || Object.keys(rest).length > 0) return;
    points.forEach((part) => {
      const list = document.querySelector("#part-" + part.id + " .w-rows");
      const gone = list.querySelectorAll(".unshown").length;
      for (let at = 1; at <= gone; at += 1) {
        const row = list.lastElementChild.cloneNode(true);
        row.className = "w-stand";
        row.setAttribute("aria-hidden", "true");
        row.querySelector(".w-number").textContent = String(part.most - gone + at);
        row.querySelectorAll("[name]").forEach((control) => {
          control.removeAttribute("name");
          control.checked = false;
          control.value = "";
        });
        row.querySelectorAll("[id], [for]").forEach((one) => ["id", "for"].forEach((attribute) => one.removeAttribute(attribute)));
        list.append(row);
      }
    });
  }

  function update() {
    const found = window.shirubeWritten();
    const hiding = hides(found);
    const rest = hiding ? shown(found) : found;
    node("hide-row").hidden = !any(found);
    page.classList.toggle("hides", hiding);
    page.classList.toggle("whole", any(found) && !hiding);
    page.classList.toggle("filled", Object.keys(rest).length > 0);
    number(found, hiding);
    stand(rest, hiding);
    document.querySelectorAll(".w-shown").forEach((one) => one.remove());
    if (!hiding) return;
    const today = new Date();
    document.querySelectorAll("[data-result]").forEach((place) => {
      const copy = document.createElement("div");
      copy.className = "w-made w-shown";
      copy.id = "shown-" + place.dataset.result;
      place.after(copy);
      window.shirubeResults.show(copy, rules, Number(place.dataset.result), rest, today.getFullYear() * 12 + today.getMonth());
    });
  }

  page.addEventListener("shown", update);
  node("hide").addEventListener("change", update);
  window.shirubePrivate = { any, of: (found) => (hides(found) ? shown(found) : found) };
})();
