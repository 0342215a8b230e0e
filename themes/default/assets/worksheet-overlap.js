// Lines that stand on several of three lists: the circles with the numbers of what lies where, and every line in words.
(function () {
  "use strict";

  const drawings = window.shirubeDrawings;
  const { make, listed } = window.shirubeMake;

  // Three circles with the numbers of what lies where.
  const SPOTS = [[164, 150], [164, 92], [104, 196], [224, 196], [88, 92], [240, 92], [164, 262]];
  function venn(place, output, names, title, description) {
    const marks = [];
    // want and can above, must below: the pairs are want–can, want–must, can–must
    [[116, 116, "c1"], [212, 116, "c2"], [164, 202, "c3"]].forEach(([x, y, token], at) => {
      marks.push({ kind: "circle", x, y, radius: 92, fill: null, stroke: { token, width: 2.5 } });
      marks.push({ kind: "text", x: [66, 262, 164][at], y: [14, 14, 310][at], text: names[at], size: 13, anchor: "middle", token, bold: true });
    });
    let number = 0;
    output.forEach((region, at) => {
      const own = region.groups.map(() => String(number += 1));
      own.forEach((text, place) => {
        const inRow = Math.min(own.length - Math.floor(place / 3) * 3, 3);
        const x = SPOTS[at][0] + (place % 3 - (inRow - 1) / 2) * 22;
        const y = SPOTS[at][1] + (Math.floor(place / 3) - (Math.ceil(own.length / 3) - 1) / 2) * 24;
        marks.push({ kind: "circle", x, y, radius: 10, fill: at === 0 ? "kaki" : "d5", stroke: null });
        marks.push({ kind: "text", x, y, text, size: 12, anchor: "middle", token: at === 0 ? "paper" : "on-d5", bold: true });
      });
    });
    return drawings.svg({ width: 328, height: 322, marks }, place + "-venn", title, description);
  }

  const REGIONS = ["wcm", "wc", "wm", "cm", "w", "c", "m"];
  window.shirubeTold = Object.assign(window.shirubeTold || {}, {
    overlap(at) {
      const lines = at.filled.places;
      const text = (line) => at.filled.cell(at.result.of[lines[line][0]], lines[line][1], "line");
      if (lines.length === 0) return null;
      let number = 0;
      const list = make("dl", "w-list");
      at.output.forEach((region, place) => {
        const name = REGIONS[place];
        const groups = region.groups.map((group) => (number += 1) + "  " + group.map(text).join(" ― "));
        const own = make("dd", groups.length ? "" : "empty", ...(groups.length ? [listed(groups)] : [at.say.worksheet_none]));
        list.append(make("div", "", make("dt", "", at.say["worksheet_" + name]), own, ...(groups.length ? [make("dd", "", at.say["worksheet_" + name + "_next"])] : [])));
      });
      const names = at.result.of.map((id) => at.filled.part(id).title);
      const image = at.result.pictures.includes("venn") ? [venn(at.place, at.output, names, at.result.title, list.textContent)] : [];
      return [make("div", image.length ? "w-regions" : "", ...image, list)];
    },
  });
})();
