// The pieces of which what a worksheet says is put together: tables, lists, drawings in two widths and their keys.
(function () {
  "use strict";

  const drawings = window.shirubeDrawings;

  function make(tag, className, ...children) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    node.append(...children);
    return node;
  }
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));
  const bracketed = (text, rules) => (rules.japanese ? "（" + text + "）" : " (" + text + ")");
  const listed = (texts, tag, className) => make(tag || "ul", className || "", ...texts.map((text) => make("li", "", text)));
  function table(head, rows, className) {
    const name = (at) => (head[at].text === undefined ? head[at] : head[at].text);
    const line = (tag, cells, first) => make("tr", "", ...cells.map((cell, at) => {
      const node = make(at === 0 && first ? "th" : tag, "", cell.text !== undefined ? cell.text : String(cell));
      if (node.tagName === "TH") node.setAttribute("scope", first ? "row" : "col");
      if (first) node.setAttribute("data-head", name(at));
      if (cell.className) node.className = cell.className;
      return node;
    }));
    const box = make("div", "table-box", make("table", "table " + (className || ""), make("thead", "", line("th", head, false)), make("tbody", "", ...rows.map((row) => line("td", row, true)))));
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", head.map((_, at) => name(at)).join(" "));
    return box;
  }
  // A table whose rows become blocks on a phone, each cell behind its head.
  const stacked = (head, rows, className) => table(head, rows, "w-stack " + (className || ""));
  function chart(place, at, drawing, title, description) {
    const [name, input] = drawing;
    const image = (width, variant) => drawings.svg(drawings[name](Object.assign({ width }, input)), place + "-" + at + "-" + variant, title, description);
    const figureBox = make("figure", "chart", make("div", "wide", image(792, "wide")), make("div", "narrow", image(328, "narrow")));
    return make("div", "drawing", figureBox);
  }
  function key(entries) {
    return make("ul", "w-key", ...entries.map(([kind, token, dash, words]) => {
      const scene = { width: 26, height: 14, marks: [kind === "line" ? { kind: "line", points: [[0, 7], [26, 7]], stroke: { token, width: 2.5, dash } } : kind === "ring" ? { kind: "circle", x: 13, y: 7, radius: 5, fill: "paper", stroke: { token, width: 2 } } : kind === "dot" ? { kind: "circle", x: 13, y: 7, radius: 5, fill: token } : { kind: "rect", x: 6, y: 0, width: 14, height: 14, fill: token, stroke: { token: "edge", width: 1 } }] };
      const image = drawings.svg(scene, "key-x", "", "");
      image.removeAttribute("role");
      image.removeAttribute("aria-labelledby");
      image.setAttribute("aria-hidden", "true");
      image.querySelectorAll("title, desc").forEach((one) => one.remove());
      image.removeAttribute("class");
      return make("li", "", image, words);
    }));
  }
  // One thing, or several.
  const plural = (say, phrase, n) => fill(say[phrase + (n === 1 ? "_one" : "")], { n });

  window.shirubeMake = { make, fill, bracketed, listed, table, stacked, chart, key, plural };
})();
