// A field for a card: a line on paper, here a choice of all cards. They stand as they lie in their piles, the first pile first; what is
// in none stands by family.
(function () {
  "use strict";

  const page = document.getElementById("worksheet");
  const rules = JSON.parse(document.getElementById("rules").getAttribute("data-json"));

  function select(line) {
    const made = document.createElement("select");
    made.className = line.className;
    made.id = line.id;
    made.name = line.name;
    made.dataset.cards = line.dataset.cards;
    line.replaceWith(made);
    return made;
  }
  const selects = Array.from(page.querySelectorAll("[data-cards]"), select);

  // The cards of a part under headings.
  function lists(part, found) {
    const pile = (card) => found[part.id + "." + card.id + ".pile"];
    const all = part.families.flatMap((family) => family.cards);
    const piled = part.piles.map(({ id, label }) => ({ label, cards: all.filter((card) => pile(card) === id) }));
    const rest = part.families.map(({ label, cards }) => ({ label, cards: cards.filter((card) => pile(card) === undefined) }));
    return piled.concat(rest).filter(({ cards }) => cards.length > 0);
  }
  function option(value, label) {
    const made = document.createElement("option");
    made.value = value;
    made.textContent = label;
    return made;
  }
  function offer(found) {
    selects.forEach((one) => {
      const known = lists(rules.parts.find((part) => part.id === one.dataset.cards), found);
      const order = known.map(({ label, cards }) => label + cards.map((card) => card.id)).join();
      if (one.dataset.order === order) return;
      const chosen = one.value;
      one.replaceChildren(option("", "–"), ...known.map(({ label, cards }) => {
        const group = document.createElement("optgroup");
        group.label = label;
        group.append(...cards.map((card) => option(card.id, card.label)));
        return group;
      }));
      one.value = chosen;
      one.dataset.order = order;
    });
  }
  offer({});
  page.addEventListener("shown", () => offer(window.shirubeWritten()));
})();
