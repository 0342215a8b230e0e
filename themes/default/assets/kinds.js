// What a few kinds of question gain where scripts run: a slider beside its number, buttons that move what is ranked, a running sum.
// Without this script every one of them is answered by the fields that stand in the page; nothing here is sent.
(function () {
  "use strict";

  function each(selector, run, within) { Array.prototype.forEach.call((within || document).querySelectorAll(selector), run); }
  // Once for each, also for questions that come while the page is filled in.
  var kinds = [];
  function kind(selector, run) { kinds.push([selector, run]); }
  function enhance() {
    kinds.forEach(function (one) {
      each(one[0] + ":not([data-ready])", function (element) {
        element.setAttribute("data-ready", "");
        one[1](element);
      });
    });
  }
  function filled(words, values) { return words.replace(/\{(\w+)\}/g, function (all, name) { return name in values ? values[name] : all; }); }
  function digits(text) { return text.normalize("NFKC").replace(/[,\s]/g, "").replace(/[−‐–—ー]/g, "-"); }
  function make(tag, className) { var element = document.createElement(tag); element.className = className; return element; }

  // A slider that nobody has touched has no value: its thumb is hollow and its field is empty.
  kind(".slide", function (slide) {
    var field = slide.querySelector("input");
    var range = make("input", "range");
    range.type = "range";
    range.min = slide.dataset.minimum;
    range.max = slide.dataset.maximum;
    range.step = slide.dataset.step;
    range.id = field.id + "-range";
    range.setAttribute("aria-label", document.querySelector('label[for="' + field.id + '"]').textContent);
    if (field.hasAttribute("aria-describedby")) range.setAttribute("aria-describedby", field.getAttribute("aria-describedby"));
    function say() {
      var given = field.value !== "";
      range.classList.toggle("untouched", !given);
      range.setAttribute("aria-valuetext", given ? field.value + (slide.dataset.unit || "") : slide.dataset.untouched);
    }
    function take() { field.value = range.value; say(); }
    function follow() {
      var number = digits(field.value);
      if (number !== "" && isFinite(number)) range.value = number;
      say();
    }
    range.addEventListener("input", take);
    // A press on the middle moves nothing and still is an answer.
    range.addEventListener("pointerup", take);
    range.addEventListener("keyup", function (event) { if (event.key === " " || event.key === "Enter") take(); });
    range.addEventListener("keydown", function (event) { if (event.key === "Enter") event.preventDefault(); });
    field.addEventListener("input", follow);
    slide.insertBefore(range, slide.firstChild);
    follow();
  });

  kind(".share-sum", function (line) {
    var output = line.querySelector("output");
    var fields = line.closest(".shares").querySelectorAll("input");
    var total = Number(line.dataset.total);
    function add() {
      var sum = 0;
      Array.prototype.forEach.call(fields, function (field) { sum += Number(digits(field.value)) || 0; });
      output.textContent = sum + " / ";
      line.classList.toggle("even", sum === total);
    }
    Array.prototype.forEach.call(fields, function (field) { field.addEventListener("input", add); });
    add();
  });

  // Ranked items stand on top in their order. A button moves an item by one place, a list puts it anywhere; both keep the focus.
  kind(".ranks", function (list) {
    var rows = Array.prototype.slice.call(list.children);
    var said = make("p", "hidden");
    said.setAttribute("role", "status");
    list.parentNode.insertBefore(said, list.nextSibling);
    function select(row) { return row.querySelector("select"); }
    function label(row) { return row.querySelector("label").textContent.trim(); }
    function most() { return select(rows[0]).options.length - 1; }
    function ranked() {
      return rows.filter(function (row) { return select(row).value !== ""; })
        .sort(function (a, b) { return select(a).value - select(b).value; });
    }
    function show(order, held, focus) {
      order.slice(0, most()).forEach(function (row, at) { select(row).value = String(at + 1); });
      rows.forEach(function (row) { if (order.indexOf(row) < 0 || order.indexOf(row) >= most()) select(row).value = ""; });
      order.slice(0, most()).concat(rows.filter(function (row) { return select(row).value === ""; })).forEach(function (row) { list.appendChild(row); });
      each("button", function (button) {
        var row = button.closest("li");
        var at = order.indexOf(row);
        button.disabled = button.dataset.way === "up" ? at === 0 || (at < 0 && order.length >= most()) : at < 0;
      }, list);
      if (!held) return;
      if (focus.disabled) focus = select(held);
      focus.focus();
      var rank = select(held).value;
      said.textContent = rank === "" ? filled(list.dataset.unranked, { label: label(held) })
        : filled(list.dataset.ranked, { label: label(held), rank: select(held).selectedOptions[0].textContent });
    }
    rows.forEach(function (row) {
      var buttons = make("span", "moves");
      ["up", "down"].forEach(function (way) {
        var button = make("button", "move");
        button.type = "button";
        button.dataset.way = way;
        button.setAttribute("aria-label", filled(list.dataset[way], { label: label(row) }));
        button.textContent = way === "up" ? "↑" : "↓";
        button.addEventListener("click", function () {
          var order = ranked();
          var at = order.indexOf(row);
          if (way === "up" && at < 0) order.push(row);
          else if (way === "up") order.splice(at - 1, 0, order.splice(at, 1)[0]);
          else if (at === order.length - 1) order.pop();
          else order.splice(at + 1, 0, order.splice(at, 1)[0]);
          show(order, row, button);
        });
        buttons.appendChild(button);
      });
      row.insertBefore(buttons, select(row).nextSibling);
      select(row).addEventListener("change", function () {
        var wanted = select(row).value;
        select(row).value = "";
        var order = ranked();
        if (wanted !== "") order.splice(wanted - 1, 0, row);
        show(order, row, select(row));
      });
    });
    // A sheet that came back with a rank given twice is shown as it was sent.
    var given = ranked().map(function (row) { return select(row).value; });
    if (given.every(function (rank, at) { return rank === String(at + 1); })) show(ranked());
  });

  enhance();
  var sheet = document.getElementById("sheet");
  if (sheet) new MutationObserver(enhance).observe(sheet, { childList: true });
})();
