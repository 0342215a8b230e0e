// A whole survey on a device without a network: shows its pages one by one, judges what is answered, saves it as a file and opens
// such a file again, or shows it as QR codes. Everything stays in this page: nothing is sent, and nothing is kept in the browser's storage, which all pages
// opened from files share.
(function () {
  "use strict";

  var judge = window.shirubeJudge;
  var qr = window.shirubeQr;
  // More than this, nobody scans
  var MOST_CODES = 6;
  function node(id) { return document.getElementById(id); }
  function each(list, run) { Array.prototype.forEach.call(list, run); }
  function has(object, key) { return Object.prototype.hasOwnProperty.call(object, key); }
  var form = node("sheet");
  var rules = JSON.parse(node("rules").getAttribute("data-json"));
  var words = JSON.parse(node("words").getAttribute("data-json"));
  var say = words.say;
  var leaves = form.querySelectorAll(".leaf");
  var title = document.title;
  var at = 0;
  var dirty = false;
  var sheet = fresh();

  function fresh() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16))).map(function (byte) { return (256 + byte).toString(16).slice(1); }).join("");
  }
  function fill(text, values) { return text.replace(/\{(\w+)\}/g, function (all, name) { return has(values, name) ? values[name] : all; }); }
  function make(tag, text, className) {
    var made = document.createElement(tag);
    if (text !== undefined) made.textContent = text;
    if (className) made.className = className;
    return made;
  }
  function today() {
    var now = new Date();
    return [now.getFullYear(), ("0" + (now.getMonth() + 1)).slice(-2), ("0" + now.getDate()).slice(-2)].join("-");
  }
  function named(name) { return form.querySelectorAll('[name="' + name + '"]'); }
  function isBox(control) { return control.type === "radio" || control.type === "checkbox"; }

  // What a browser would send. Halves of characters, which no file can hold, are replaced as a browser would.
  function raw() {
    var found = {};
    each(form.elements, function (control) {
      if (!control.name || (isBox(control) && !control.checked) || control.value === "") return;
      var value = control.value.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(^|[^\ud800-\udbff])[\udc00-\udfff]/g, "$1\ufffd");
      if (!has(found, control.name)) found[control.name] = [];
      found[control.name].push(value);
    });
    return found;
  }
  function judged(most) { return judge.judge(rules, raw(), most === undefined ? rules.pages.length : most, today()); }
  function question(id) {
    var found = null;
    rules.pages.forEach(function (page) { page.questions.forEach(function (one) { if (one.id === id) found = one; }); });
    return found;
  }

  // Words

  function dayWords(iso) {
    var parts = iso.split("-").map(Number);
    var weekday = new Date(iso + "T00:00:00Z").getUTCDay();
    return fill(say.day_words, {
      year: parts[0], month: say.day_months.split(" ")[parts[1] - 1], day: parts[2], weekday: say.day_weekdays.split(" ")[weekday],
    });
  }
  function measured(digits, unit) { return digits + (/^[A-Za-z]/.test(unit || "") ? " " : "") + (unit || ""); }
  function withoutStop(text) { return text.replace(/[。.：:]+$/, ""); }
  // Texts of the survey with their answers.
  function told(text, found) {
    return text.replace(/\ue000([a-z0-9_]+)\ue001([^\ue002]*)\ue002/g, function (all, id, instead) {
      var said = piped(id, found);
      return said === null ? instead : said;
    });
  }
  function short(text) {
    var all = Array.from(text);
    return all.length <= 80 ? text : all.slice(0, 80).join("") + "…";
  }
  // The words of the question that has a variable, for a table those of its column.
  function wordsOf(id, variable) {
    var own = words.questions[id];
    if (!own.columns) return own;
    var table = question(id);
    var found = null;
    table.columns.forEach(function (column, at) {
      for (var row = 1; row <= table.at_most; row++) {
        if (judge.variables(judge.cell(table, row, column)).indexOf(variable) >= 0) found = own.columns[at];
      }
    });
    return found || own;
  }
  function owner(variable) {
    var found = null;
    rules.pages.forEach(function (page) {
      page.questions.forEach(function (one) { if (judge.variables(one).indexOf(variable) >= 0) found = one; });
    });
    return found;
  }
  function label(names, code, other, plain) {
    var name = has(names, code) ? names[code] : "";
    if (code !== "other" || !other || !other.text) return name;
    return plain ? short(other.text) : fill(say.other_answer, { label: name, text: other.text });
  }
  // An answer in words; null: none. Plain: as it stands inside another text.
  function inWords(answer, own, other, plain) {
    if (answer === undefined || answer === "not_shown" || answer === "skipped") return null;
    if (answer === "declined") return plain ? null : say.decline;
    if (has(answer, "choice")) return label(own.names, answer.choice, other, plain);
    if (has(answer, "choices")) return answer.choices.map(function (code) { return label(own.names, code, other, plain); }).join(say.list_gap);
    if (has(answer, "number")) return plain ? answer.number : measured(answer.number, own.unit);
    if (has(answer, "date")) return dayWords(answer.date);
    return plain ? short(answer.text) : answer.text;
  }
  function piped(id, found) {
    var asked = owner(id);
    return asked && inWords(found.answers[id], wordsOf(asked.id, id), found.answers[id + "_other"], true);
  }

  // What is wrong, in words. Faults that need more than a phrase have theirs with the question.
  function complaint(one, brief, found) {
    var isFirst = has(words.first, one.question);
    var own = isFirst ? words.first[one.question] : wordsOf(one.question, one.field);
    var name = one.fault[0];
    var value = one.fault[1];
    function rank(n) { return fill(say.rank, { n: n }); }
    if (isFirst && name !== "too_long") return own[name];
    switch (name) {
      case "missing": return brief ? own.short : own.missing;
      case "range": case "day_range": case "off_step": return own[name];
      case "decimals": return value === 0 ? say.no_decimals : fill(say.decimals, { n: value });
      case "too_many": return fill(say.too_many, { n: value });
      case "exclusive": return fill(say.exclusive, { label: own.names[value] });
      case "too_long": return fill(say.too_long, { most: value, length: one.fault[2] });
      case "rank_taken": return fill(say.rank_taken, { rank: rank(value), label: withoutStop(told(own.names[one.fault[2]], found)) });
      case "ranks_missing": return fill(say.ranks_missing, { ranks: value.map(rank).join(say.list_gap) });
      case "sum":
        return fill(one.fault[2] < value ? say.sum_short : say.sum_over, { total: value, sum: one.fault[2], rest: Math.abs(value - one.fault[2]) });
      default: return say[name];
    }
  }

  // Places

  function anchor(one) { return node("q-" + one.field) || node("q-" + one.field.replace(/_other$/, "")) || node("q-" + one.question); }

  function uncomplain() {
    each(form.querySelectorAll(".complaint"), function (one) { one.remove(); });
    each(form.querySelectorAll(".fault"), function (one) { one.classList.remove("fault"); });
    each(form.querySelectorAll("[aria-invalid]"), function (one) { one.removeAttribute("aria-invalid"); });
    each(form.querySelectorAll("[data-described]"), function (one) {
      if (one.dataset.described === "") one.removeAttribute("aria-describedby");
      else one.setAttribute("aria-describedby", one.dataset.described);
      delete one.dataset.described;
    });
  }
  function describe(element, id) {
    element.dataset.described = element.getAttribute("aria-describedby") || "";
    element.setAttribute("aria-describedby", (element.dataset.described + " " + id).trim());
  }
  function complain(one, found) {
    var place = anchor(one);
    if (!place || node(place.id + "-fault")) return;
    var line = make("p", complaint(one, false, found), "complaint");
    line.id = place.id + "-fault";
    place.classList.add("fault");
    if (place.matches(".terms")) place.insertBefore(line, place.querySelector(":scope > .choices, :scope > .field"));
    else if (place.matches(".grid-row")) place.querySelector(".grid-item").appendChild(line);
    else if (place.matches(".rank-row, .share-row")) place.appendChild(line);
    else {
      var before = place.querySelector(":scope > .hint") || place.querySelector(":scope > legend, :scope > .asks");
      before.parentNode.insertBefore(line, before.nextSibling);
    }
    if (place.matches("fieldset, .grid-row")) describe(place, line.id);
    else each(place.querySelectorAll("input, select, textarea"), function (control) {
      if (isBox(control) && !place.matches(".terms")) return;
      control.setAttribute("aria-invalid", "true");
      describe(control, line.id);
    });
    for (var details = place.closest("details"); details; details = details.parentNode.closest("details")) details.open = true;
  }

  function box(heading, lines, focus) {
    var faults = node("faults");
    faults.textContent = "";
    faults.hidden = heading === null;
    if (heading === null) return;
    faults.appendChild(make("h2", heading));
    lines.forEach(function (line) { faults.appendChild(line); });
    if (focus) faults.focus();
  }

  // Questions come and go, and texts take up answers, while a page is filled in.
  function refresh() {
    var found = judged();
    each(form.querySelectorAll(".slot"), function (slot) {
      var asked = question(slot.dataset.question);
      var value = asked.kind === "calculated" && asked.show ? found.answers[asked.id] : undefined;
      slot.hidden = found.shown.indexOf(asked.id) < 0 && !(value && has(value, "number"));
    });
    each(document.querySelectorAll("[data-answer]"), function (place) {
      if (!place.words) place.words = Array.from(place.childNodes);
      var said = piped(place.dataset.answer, found);
      place.textContent = said === null ? "" : said;
      if (said === null) place.words.forEach(function (one) { place.appendChild(one); });
    });
    return found;
  }

  function counted(page) { return page.questions.reduce(function (all, one) { return all + one.count; }, 0); }
  function progress(found, index) {
    var line = node("progress");
    var marks = make("span");
    marks.setAttribute("aria-hidden", "true");
    line.textContent = "";
    function stitch(state, times) { for (var n = 0; n < times; n++) marks.appendChild(make("i", "", state)); }
    var text = say.device_progress;
    if (index === null) {
      var all = found.pages.reduce(function (sum, at) { return sum + counted(rules.pages[at]); }, 0);
      stitch("done", all > 20 ? found.pages.length : all);
    } else {
      var seen = found.pages;
      var pages = rules.pages.map(function (page, at) { return [at, page]; }).filter(function (one) { return one[0] > index || seen.indexOf(one[0]) >= 0; });
      var total = pages.reduce(function (sum, one) { return sum + counted(one[1]); }, 0);
      var own = counted(rules.pages[index]);
      var byPage = total > 20 || own === 0;
      pages.forEach(function (one) { stitch(one[0] < index ? "done" : one[0] === index ? "now" : "", byPage ? 1 : counted(one[1])); });
      var here = pages.map(function (one) { return one[0]; }).indexOf(index) + 1;
      var before = pages.reduce(function (sum, one) { return one[0] < index ? sum + counted(one[1]) : sum; }, 0);
      text = byPage ? fill(say.progress_page, { n: here, all: pages.length })
        : fill(own === 1 ? say.progress_question : say.progress_questions, { from: before + 1, to: before + own, all: total });
    }
    line.appendChild(marks);
    line.appendChild(make("span", text));
    line.hidden = false;
  }

  function only(part) {
    var ready = part === "saved" || part === "codes";
    form.hidden = part !== "sheet";
    ["review", "saved", "codes"].forEach(function (one) { node(one).hidden = part !== one; });
    // What is printed then is what is seen, and no empty form
    document.documentElement.classList.toggle("finished", part !== "sheet");
    opening(false);
    node("progress").hidden = ready;
    document.querySelector(".keeps").hidden = ready;
    box(null);
  }

  // The survey's title stays for those who listen.
  function opening(seen) {
    node("opening").hidden = !seen;
    node("heading").classList.toggle("hidden", !seen);
  }

  function show(index, faulty, still) {
    at = index;
    only("sheet");
    uncomplain();
    var found = refresh();
    var first = found.pages.length === 0 || found.pages[0] === index;
    each(leaves, function (leaf) { leaf.hidden = leaf.dataset.page !== rules.pages[index].id; });
    opening(first && !faulty);
    if (node("terms")) node("terms").hidden = !first;
    node("back").hidden = first;
    progress(judged(index + 1), index);
    node("next").textContent = found.pages.some(function (page) { return page > index; }) ? say.next : say.to_review;
    document.title = title;
    if (!faulty) {
      if (still) return;
      window.scrollTo(0, 0);
      (first ? node("title") : leaves[index]).focus({ preventScroll: true });
      return;
    }
    var complaints = found.complaints.filter(function (one) {
      return has(words.first, one.question) ? first : rules.pages[index].questions.some(function (asked) { return asked.id === one.question; });
    });
    complaints.forEach(function (one) { complain(one, found); });
    var missing = complaints.every(function (one) { return one.fault[0] === "missing"; });
    var key = missing ? (complaints.length === 1 ? "faults_missing_one" : "faults_missing") : complaints.length === 1 ? "faults_one" : "faults_some";
    var list = make("ul");
    complaints.forEach(function (one) {
      var own = has(words.first, one.question) ? words.first[one.question] : words.questions[one.question];
      var asked = own.labels && has(own.labels, one.field) ? own.labels[one.field] : own.text;
      var link = make("a", fill(say.fault_item, { question: told(asked, found).replace(/[。.]+$/, ""), complaint: complaint(one, true, found) }));
      var place = anchor(one);
      link.href = "#" + place.id;
      link.addEventListener("click", function (event) { event.preventDefault(); place.scrollIntoView(); place.focus(); });
      var item = make("li");
      item.appendChild(link);
      list.appendChild(item);
    });
    var heading = fill(say[key], { n: complaints.length });
    document.title = heading + say.title_gap + title;
    box(heading, [list], true);
  }

  function next() {
    var found = judged(at + 1);
    var faulty = found.complaints.length > 0 ? pageOf(found.complaints[0].question) : null;
    if (faulty !== null) return show(faulty, true);
    var after = judged().pages.filter(function (page) { return page > at; })[0];
    if (after === undefined) review();
    else show(after, false);
  }
  function pageOf(id) {
    return has(words.first, id) ? start() : rules.pages.findIndex(function (page) { return page.questions.some(function (one) { return one.id === id; }); });
  }

  // Before saving: every answer once more.

  function rows(asked, found) {
    var own = words.questions[asked.id];
    function line(name, text) { return fill(say.other_answer, { label: withoutStop(told(name, found)), text: text }); }
    function given(name) { return found.answers[name]; }
    function number(name) { return given(name) && has(given(name), "number") ? given(name).number : null; }
    var all = judge.variables(asked);
    var lines = [];
    switch (asked.kind) {
      case "note": return [];
      case "calculated": return asked.show && number(asked.id) !== null ? [[told(own.text, found), measured(number(asked.id), own.unit)]] : [];
      case "ranking":
        lines = asked.rows.map(function (row) { return [number(asked.id + "_" + row), row]; }).filter(function (one) { return one[0] !== null; })
          .sort(function (one, other) { return one[0] - other[0]; })
          .map(function (one) { return line(fill(say.rank, { n: one[0] }), own.names[one[1]]); });
        break;
      case "cards":
        asked.codes.forEach(function (pile) {
          var cards = asked.rows.filter(function (row) { var on = given(asked.id + "_" + row); return on && on.choice === pile; });
          if (cards.length > 0) lines.push(line(own.names[pile], cards.map(function (card) { return own.labels[asked.id + "_" + card]; }).join(say.list_gap)));
        });
        break;
      case "allocation":
        asked.rows.forEach(function (row) {
          var points = number(asked.id + "_" + row);
          if (points !== null) lines.push(line(own.names[row], measured(points, own.unit)));
        });
        break;
      case "pairs":
        asked.pairs.forEach(function (pair) {
          var chosen = given(asked.id + "_" + pair[0] + "_" + pair[1]);
          if (chosen && chosen.choice) {
            lines.push(fill(say.pair_answer, { chosen: own.names[chosen.choice], other: own.names[chosen.choice === pair[0] ? pair[1] : pair[0]] }));
          }
        });
        break;
      case "table":
        for (var row = 1; row <= asked.at_most; row++) {
          asked.columns.forEach(function (column, at) {
            var cell = judge.cell(asked, row, column);
            var text = inWords(given(cell.id), own.columns[at], given(cell.id + "_other"), false);
            if (text !== null) lines.push(line(own.columns[at].text, text));
          });
        }
        break;
      default:
        return all.filter(function (name) { return name !== asked.id + "_other"; }).map(function (name) {
          return [told(own.labels[name], found), inWords(given(name), own, given(asked.id + "_other"), false)];
        });
    }
    if (all.some(function (name) { return given(name) === "declined"; })) return [[told(own.text, found), say.decline]];
    return [[told(own.text, found), lines.length > 0 ? lines.join("\n") : null]];
  }

  function review() {
    var found = refresh();
    if (found.complaints.length > 0) return show(pageOf(found.complaints[0].question), true);
    only("review");
    at = found.pages.length > 0 ? found.pages[found.pages.length - 1] : 0;
    progress(found, null);
    var list = node("review").querySelector("dl");
    list.textContent = "";
    function line(row, index) {
      var pair = make("div");
      pair.appendChild(make("dt", row[0]));
      pair.appendChild(make("dd", row[1] === null ? say.no_answer : row[1], row[1] === null ? "none" : ""));
      if (index !== null) {
        var change = make("button", say.change, "link-button");
        change.type = "button";
        change.appendChild(make("span", ": " + row[0], "hidden"));
        change.addEventListener("click", function () { show(index, false); });
        var last = make("dd");
        last.appendChild(change);
        pair.appendChild(last);
      }
      list.appendChild(pair);
    }
    judge.terms(rules).forEach(function (id) {
      var given = found.answers[id];
      var own = words.first[id];
      line([own.text, has(given, "choice") ? (id === "consent" ? own.label : given.choice) : null], start());
    });
    found.pages.forEach(function (index) {
      rules.pages[index].questions.forEach(function (asked) {
        if (found.shown.indexOf(asked.id) < 0 && asked.kind !== "calculated") return;
        rows(asked, found).forEach(function (row) { line(row, asked.kind === "calculated" ? null : index); });
      });
    });
    var count = qr.texts(file(true), receipt()).length;
    node("show-codes").hidden = count > MOST_CODES;
    node("show-codes").textContent = fill(say.device_codes, { n: count });
    node("no-codes").hidden = count <= MOST_CODES;
    node("no-codes").textContent = fill(say.device_codes_too_long, { n: count, most: MOST_CODES });
    document.title = say.device_review_title + say.title_gap + title;
    window.scrollTo(0, 0);
    node("review").querySelector("h2").focus({ preventScroll: true });
    return undefined;
  }

  // Files

  // Answers to questions that are not asked any more stay behind when the sheet is complete.
  function file(whole) {
    var answers = raw();
    if (whole) {
      var kept = {};
      judged().shown.forEach(function (id) {
        (has(words.first, id) ? [id] : judge.names(question(id))).forEach(function (name) { if (has(answers, name)) kept[name] = answers[name]; });
      });
      answers = kept;
    }
    return { format: "shirube-answer", version: 1, survey: rules.id, revision: rules.revision, sheet: sheet, answers: answers };
  }
  function receipt() { return judge.receipt(rules.id, sheet); }

  function save(whole) {
    var text = JSON.stringify(file(whole), null, 1) + "\n";
    var name = "shirube-" + rules.id + "-" + receipt() + (whole ? "" : "-part") + ".json";
    var link = make("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = name;
    document.body.appendChild(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
    dirty = false;
    only("saved");
    node("saved-lead").textContent = whole ? say.device_saved_whole : say.device_saved_part;
    node("receipt").textContent = receipt();
    node("file-name").textContent = name;
    each(node("saved").querySelectorAll("dl > div"), function (line, at) { line.hidden = !whole && at !== 1 && at !== 3; });
    window.scrollTo(0, 0);
    node("saved").querySelector("h2").focus({ preventScroll: true });
  }

  // The answers as codes, to be scanned from this screen or from paper. Nothing says whether they were: the page still asks before it
  // is closed.
  function codes() {
    var all = qr.texts(file(true), receipt());
    only("codes");
    node("codes-receipt").textContent = receipt();
    node("code-list").textContent = "";
    all.forEach(function (text, at) {
      var figure = make("figure");
      var values = { n: at + 1, all: all.length, receipt: receipt() };
      var name = fill(all.length > 1 ? say.device_code_name : say.device_code_only, values);
      figure.appendChild(picture(qr.modules(text), name));
      if (all.length > 1) figure.appendChild(make("figcaption", fill(say.device_code, values)));
      node("code-list").appendChild(figure);
    });
    window.scrollTo(0, 0);
    node("codes").querySelector("h2").focus({ preventScroll: true });
  }
  // Black on white on any ground, with its margin of four modules: what the program draws.
  function picture(modules, name) {
    function element(tag, attributes) {
      var made = document.createElementNS("http://www.w3.org/2000/svg", tag);
      Object.keys(attributes).forEach(function (key) { made.setAttribute(key, attributes[key]); });
      return made;
    }
    var side = modules.length + 8;
    var path = modules.map(function (row, y) {
      return row.map(function (dark, x) { return dark ? "M" + (x + 4) + " " + (y + 4) + "h1v1h-1z" : ""; }).join("");
    }).join("");
    var svg = element("svg", { "class": "qr", viewBox: "0 0 " + side + " " + side, role: "img", "aria-label": name, "shape-rendering": "crispEdges" });
    svg.appendChild(element("path", { fill: "#ffffff", d: "M0 0h" + side + "v" + side + "h-" + side + "z" }));
    svg.appendChild(element("path", { fill: "#000000", d: path }));
    return svg;
  }

  function open(text) {
    var file = null;
    try { file = JSON.parse(text.replace(/^\ufeff/, "")); } catch (error) { file = null; }
    var lists = file && typeof file.answers === "object" && file.answers !== null
      && Object.keys(file.answers).every(function (name) {
        return Array.isArray(file.answers[name]) && file.answers[name].every(function (one) { return typeof one === "string"; });
      });
    if (!lists || file.format !== "shirube-answer" || file.version !== 1 || !/^[0-9a-f]{32}$/.test(file.sheet)) return refuse(say.device_open_failed);
    if (file.survey !== rules.id) return refuse(say.device_open_other);
    if (file.revision !== rules.revision) return refuse(say.device_open_revision);
    form.reset();
    sheet = file.sheet;
    var dropped = [];
    Object.keys(file.answers).forEach(function (name) {
      var values = file.answers[name];
      var taken = [];
      // A name may hold anything: only our own controls are looked through
      each(form.elements, function (control) {
        if (control.name !== name) return;
        if (isBox(control)) control.checked = values.indexOf(control.value) >= 0;
        else control.value = values[0] || "";
        if (isBox(control) ? control.checked : control.value !== "" || !values[0]) taken.push(isBox(control) ? control.value : values[0]);
      });
      if (values.some(function (one) { return taken.indexOf(one) < 0; })) dropped.push(name);
    });
    each(form.querySelectorAll("details.table-row"), function (row) {
      row.open = Array.from(row.querySelectorAll("[name]")).some(function (one) { return isBox(one) ? one.checked : one.value !== ""; });
    });
    arrange();
    // Sliders, sums and ranks follow what their fields say
    each(form.querySelectorAll(".slide input.field, .shares input"), function (one) { one.dispatchEvent(new Event("input")); });
    each(form.querySelectorAll(".ranks"), function (list) {
      var selects = Array.from(list.querySelectorAll("select"));
      var ranks = selects.map(function (one) { return one.value; }).filter(Boolean).sort(function (a, b) { return a - b; });
      var first = selects.filter(function (one) { return one.value === "1"; })[0];
      if (first && ranks.every(function (rank, at) { return rank === String(at + 1); })) first.dispatchEvent(new Event("change"));
    });
    dirty = false;
    var found = judged();
    var open = found.complaints.length > 0 ? pageOf(found.complaints[0].question) : null;
    if (open === null && found.pages.length > 0) review();
    else show(open === null ? start() : open, false);
    box(say.device_open_done, dropped.length > 0 ? [make("p", fill(say.device_open_dropped, { names: dropped.map(nameOf).join(say.list_gap) }))] : [], true);
    return undefined;
  }
  function nameOf(field) { return has(words.first, field) ? words.first[field].text : field; }
  function refuse(text) { box(text, [], true); }

  // Orders of this sheet's own.
  function arrange() {
    rules.shuffles.forEach(function (one) {
      function place(id) {
        if (one.question === null) return form.querySelector('.slot[data-question="' + id + '"]');
        var row = node("q-" + one.question + "_" + id);
        var choice = node("f-" + one.question + "-" + id);
        if (row) return row;
        return choice ? choice.closest(".choice") : form.querySelector('select[name="' + one.question + '"] option[value="' + id + '"]');
      }
      var places = one.ids.map(place);
      var last = places.reduce(function (last, one) { return last.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING ? one : last; });
      var end = last.nextSibling;
      var order = one.orders ? one.orders[judge.rotation(one.orders.length, sheet)] : judge.arranged(one.ids, one.pinned, sheet, one.of);
      order.forEach(function (id) { var one = place(id); one.parentNode.insertBefore(one, end); });
    });
  }

  function start() {
    var pages = judged().pages;
    return pages.length > 0 ? pages[0] : 0;
  }

  document.documentElement.classList.add("device");
  each(leaves, function (leaf) { leaf.tabIndex = -1; });
  form.addEventListener("submit", function (event) { event.preventDefault(); next(); });
  form.addEventListener("input", function () { dirty = true; refresh(); });
  form.addEventListener("change", function () { dirty = true; refresh(); });
  // Buttons that move what is ranked change fields without a word
  form.addEventListener("click", function (event) { if (event.target.closest(".move")) { dirty = true; refresh(); } });
  node("back").addEventListener("click", function () {
    var before = judged().pages.filter(function (page) { return page < at; });
    show(before.length > 0 ? before[before.length - 1] : start(), false);
  });
  node("again").addEventListener("click", function () { show(at, false); });
  node("save").addEventListener("click", function () { save(true); });
  node("save-part").addEventListener("click", function () { save(false); });
  node("print").addEventListener("click", function () { window.print(); });
  function backToAnswers() {
    if (judged().complaints.length === 0) review();
    else show(at, false);
  }
  node("back-to-answers").addEventListener("click", backToAnswers);
  node("codes-back").addEventListener("click", backToAnswers);
  node("show-codes").addEventListener("click", codes);
  node("print-codes").addEventListener("click", function () { window.print(); });
  function erase() {
    form.reset();
    location.reload();
  }
  node("erase").addEventListener("click", function () { if (!dirty) erase(); });
  node("codes-erase").addEventListener("click", function () {
    dirty = false;
    erase();
  });
  node("open").addEventListener("change", function () {
    var file = node("open").files[0];
    if (!file) return;
    if (file.size > 4194304) return refuse(say.device_open_failed);
    file.text().then(open, function () { refuse(say.device_open_failed); });
    node("open").value = "";
  });
  window.addEventListener("beforeunload", function (event) {
    if (!dirty) return;
    event.preventDefault();
    event.returnValue = "";
  });
  arrange();
  show(start(), false, true);
  if (words.over && Date.now() / 1000 >= words.over.at) box(words.over.text, []);
})();
