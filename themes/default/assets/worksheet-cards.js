// A worksheet's statement or words as cards on paper: four A6 on an A4 with marks to cut by, or all on one A4. They are made when they
// are asked for and stand on paper alone; the blank ones stand in the page.
(function () {
  "use strict";

  const node = (id) => document.getElementById(id);
  const rules = JSON.parse(node("rules").getAttribute("data-json"));
  const deck = rules.cards;
  const paper = node("cards-paper");
  const blank = Array.from(paper.children);

  function make(tag, className, ...children) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  // What stands on the cards: the lines of a statement, or words with what was written about each.
  function statement(filled) {
    return window.shirubeKernels.compose(filled.input(rules.results[deck.result]));
  }
  function words(filled) {
    const all = filled.part(deck.words).families.flatMap((family) => family.cards);
    const told = deck.rows === null ? [] : filled.rows(deck.rows).map((row) => [filled.cell(deck.rows, row, "card"), row]);
    const chosen = deck.ranked ? [] : all.filter((card) => filled.written(deck.words + "." + card.id + ".own") !== undefined);
    const known = told.concat(chosen.filter((card) => told.every(([id]) => id !== card.id)).map((card) => [card.id, null]));
    return known.map(([id, row]) => [all.find((card) => card.id === id), row]).filter(([card]) => card !== undefined).map(([card, row], at) => ({
      place: deck.ranked ? String(at + 1) : "",
      label: card.label,
      note: card.note || "",
      lines: deck.lines.map((line) => ({ label: line.label, text: (row === null ? undefined : filled.cell(deck.rows, row, line.id)) || "" })),
    }));
  }

  // How many lines a text takes of so many full widths; Latin letters are a little wider than half of one.
  const widths = (text) => Array.from(text).reduce((sum, char) => sum + (char.codePointAt(0) < 0x2e80 ? 0.55 : 1), 0);
  const taken = (text, width) => text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(widths(line) / width)), 0);
  // The largest size, from 1, in which everything stands on a card; 0 where none is small enough. A size: full widths a line, lines.
  const FOUR = [[15, 12], [17.5, 14], [20, 17], [23.5, 20], [28, 25]];
  const ONE = [[17.5, 14], [21, 18], [26, 23], [32, 29], [38, 36]];
  const WORD = [[19, 8], [23, 10], [28, 14]];
  const fitting = (sizes, need) => sizes.findIndex(([width, lines]) => need(width) <= lines) + 1;
  const said = (lines) => (width) => lines.reduce((sum, line) => sum + taken(line, width) + 0.5, -0.5);
  const about = (word) => (width) => word.lines.reduce((sum, line) => sum + (line.text === "" ? 2 : taken(line.text, width)), 0);

  const card = (className, body) => make("div", className, make("p", "w-card-head", rules.title), body);
  function entry(word) {
    const title = make("p", "w-word", ...(word.place === "" ? [] : [make("b", "", word.place)]), make("span", "", word.label));
    const lines = word.lines.map((line) => make("div", "", make("dt", "", line.label), make("dd", line.text === "" ? "w-write" : "", line.text)));
    return [title, ...(word.note === "" ? [] : [make("p", "w-meaning", word.note)]), ...(lines.length === 0 ? [] : [make("dl", "", ...lines)])];
  }
  const statementBody = (lines) => make("div", "w-card-body w-said", ...lines.map((line) => make("p", "", line)));

  // Sheets of paper: null where nothing is written yet, and none where it does not stand on so small a card.
  function sheets(size) {
    const filled = new window.shirubeSheet.Filled(rules, window.shirubeWritten());
    const found = deck.words === null ? statement(filled) : words(filled);
    if (found.length === 0) return null;
    if (size === "one") {
      if (deck.words === null) return [card("w-a4 size-" + (fitting(ONE, said(found)) || ONE.length), statementBody(found))];
      return [card("w-a4", make("div", "w-card-body", ...found.map((word) => make("div", "w-entry", ...entry(word)))))];
    }
    const sizes = deck.words === null ? [fitting(FOUR, said(found))] : found.map((word) => fitting(WORD, about(word)));
    if (sizes.includes(0)) return [];
    // A statement four times, to cut out and give away; of words, one a card
    const all = deck.words === null
      ? [1, 2, 3, 4].map(() => card("w-a6 size-" + sizes[0], statementBody(found)))
      : found.map((word, at) => card("w-a6 size-" + sizes[at], make("div", "w-card-body", ...entry(word))));
    const papers = [];
    for (let at = 0; at < all.length; at += 4) papers.push(make("div", "w-four", ...all.slice(at, at + 4)));
    // The marks to cut by stand on the first three cards
    papers.forEach((four) => { while (four.children.length < 4) four.append(make("div", "w-a6")); });
    return papers;
  }

  node("cards-print").addEventListener("click", () => {
    const size = node("cards-one").checked ? "one" : "four";
    const made = node("cards-blank").checked ? null : sheets(size);
    const long = made !== null && made.length === 0;
    node("cards-status").textContent = long ? rules.say.cards_too_long : "";
    paper.replaceChildren(...(made === null ? blank.filter((one) => one.dataset.blank === size) : long ? sheets("one") : made));
    document.documentElement.classList.add("print-cards");
    window.print();
  });
  window.addEventListener("afterprint", () => document.documentElement.classList.remove("print-cards"));
})();
