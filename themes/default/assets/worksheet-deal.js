// Cards for piles, dealt one by one: the card, a button for each pile in the same place, what is done and what is left. The radios of
// the list keep what was chosen; the list is folded away on a screen, and is what paper and a browser without a script have.
(function () {
  "use strict";

  const page = document.getElementById("worksheet");
  const rules = JSON.parse(document.getElementById("rules").getAttribute("data-json"));
  const { say } = rules;
  const { make, fill } = window.shirubeMake;

  function deal(box) {
    const part = rules.parts.find((one) => one.id === box.dataset.deal);
    const section = box.closest("section");
    // One of each family in turn: words that are close do not follow each other
    const families = part.families.map((family) => family.cards);
    const cards = families[0].flatMap((_, at) => families.map((family) => family[at])).concat(families.flatMap((family) => family.slice(families[0].length))).filter((card) => card !== undefined);
    const ranked = rules.parts.find((one) => one.fields && one.most && one.fields.some((field) => field.from === part.id));
    const radios = (card) => Array.from(section.querySelectorAll('[name="' + part.id + "." + card.id + '.pile"]'));
    const pile = (card) => (radios(card).find((radio) => radio.checked) || { value: "" }).value;
    const lying = (id) => cards.filter((card) => pile(card) === id);
    const later = new Set();
    const done = [];
    // What was taken back comes next
    let first = null;
    // The first pile, gone through once more
    let again = [];
    let all = cards.length;
    // How many lay in piles when it was last shown
    let lay = 0;

    const button = (className, text, press) => {
      const made = make("button", className, text);
      made.type = "button";
      made.addEventListener("click", press);
      return made;
    };
    const count = make("p", "w-deal-count");
    const bar = make("b", "");
    const line = make("i", "w-deal-bar", bar);
    line.setAttribute("aria-hidden", "true");
    const card = make("div", "w-deal-card");
    card.setAttribute("aria-live", "polite");
    card.tabIndex = -1;
    const piles = part.piles.map(({ id, label }) => button("w-deal-pile", make("span", "", label), () => put(id)));
    const row = make("div", "w-deal-piles", ...piles);
    const back = button("link-button", say.worksheet_deal_back, undo);
    const skip = button("link-button", say.worksheet_deal_later, putOff);
    const list = button("link-button", say.worksheet_deal_list, () => open(section.classList.contains("folded")));
    const more = make("p", "w-deal-more", back, skip, list);

    // What lies in no pile, put off or not; going through a pile again, what is left of that.
    function next() {
      if (again.length) return again[0];
      const left = lying("");
      if (left.includes(first)) return first;
      const put = Array.from(later, (id) => left.find((one) => one.id === id)).find((one) => one !== undefined);
      return left.find((one) => !later.has(one.id)) || put;
    }
    function putOff() {
      const one = next();
      first = null;
      if (again.length) again.push(again.shift());
      else { later.delete(one.id); later.add(one.id); }
      show();
    }
    function set(one, value) {
      radios(one).forEach((radio) => { radio.checked = radio.value === value; });
      radios(one)[0].dispatchEvent(new Event("change", { bubbles: true }));
    }
    function put(value) {
      const one = next();
      done.push([one, pile(one), again.slice(), all]);
      again = again.slice(1);
      first = null;
      set(one, value);
      show();
      if (next() === undefined) card.focus({ preventScroll: true });
      near();
    }
    function undo() {
      const [one, value, left, size] = done.pop();
      [again, all] = [left, size];
      first = one;
      set(one, value);
      show();
      if (back.disabled) piles[0].focus({ preventScroll: true });
    }
    // On a phone the buttons stay where the thumb is, also when something above them comes or goes
    let held = null;
    function near() {
      if (innerWidth > 640) return;
      if (Math.abs(box.getBoundingClientRect().bottom - innerHeight) > 8) box.scrollIntoView({ block: "end" });
      held = { bottom: box.getBoundingClientRect().bottom, at: scrollY };
    }
    new ResizeObserver(() => {
      const moved = held === null ? 0 : box.getBoundingClientRect().bottom - held.bottom;
      // Who has scrolled on their own is left where they are
      if (moved === 0 || innerWidth > 640 || scrollY !== held.at) return;
      scrollBy({ top: moved, behavior: "instant" });
      held.at = scrollY;
    }).observe(page);
    function open(wanted) {
      section.classList.toggle("folded", !wanted);
      list.setAttribute("aria-expanded", String(wanted));
    }
    function end() {
      const first = part.piles[0];
      const kept = lying(first.id);
      const said = [make("p", "w-deal-name", fill(say.worksheet_deal_done, { n: cards.length }))];
      const follows = rules.parts[rules.parts.indexOf(part) + 1];
      const ways = [];
      if (ranked && kept.length > ranked.most) {
        said.push(make("p", "w-deal-note", fill(say.worksheet_deal_many, { pile: first.label, n: kept.length, most: ranked.most })));
        ways.push(button("button", fill(say.worksheet_deal_again, { n: kept.length }), () => {
          again = lying(first.id);
          all = again.length;
          show();
          piles[0].focus({ preventScroll: true });
          near();
        }));
      }
      if (follows) {
        const link = make("a", "", fill(say.worksheet_deal_next, { title: follows.title }));
        link.href = "#part-" + follows.id;
        ways.push(link);
      }
      return said.concat(make("p", "w-deal-ways", ...ways));
    }
    function show() {
      const one = next();
      lay = cards.length - lying("").length;
      const left = again.length || lying("").length;
      const n = (again.length ? all : cards.length) - left;
      count.textContent = fill(say.worksheet_deal_count, { n, all: again.length ? all : cards.length });
      bar.style.width = (n * 100) / (again.length ? all : cards.length) + "%";
      const told = one === undefined ? "" : one.id;
      if (card.dataset.card !== told || one === undefined) {
        card.replaceChildren(...(one === undefined ? end() : [make("p", "w-deal-name", one.label), ...(one.note ? [make("p", "w-deal-note", one.note)] : [])]));
        card.dataset.card = told;
      }
      part.piles.forEach(({ id }, at) => {
        const lies = make("small", "", fill(say.worksheet_deal_pile, { n: lying(id).length }));
        const old = piles[at].querySelector("small");
        if (old) old.replaceWith(lies);
        else piles[at].append(lies);
        piles[at].classList.toggle("lies", one !== undefined && pile(one) === id);
      });
      row.hidden = one === undefined;
      skip.hidden = one === undefined;
      skip.disabled = left < 2;
      back.disabled = done.length === 0;
    }

    open(false);
    show();
    box.append(count, line, card, row, more);
    // What was written elsewhere: in the list, from a file, the example, a cleared sheet
    page.addEventListener("shown", () => {
      if (lay > 0 && lying("").length === cards.length) { done.length = 0; again = []; later.clear(); }
      show();
    });
  }

  page.querySelectorAll("[data-deal]").forEach(deal);
})();
