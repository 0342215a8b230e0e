// Questions that come and go while a form is filled in. The same rules as the program's own, from the form's data-logic;
// without this script the same questions come with the next page, and the program judges everything again in any case.
(function (root) {
  "use strict";

  function has(object, key) {
    return Object.prototype.hasOwnProperty.call(object, key);
  }

  // Values: null (missing), a number, a text, a truth value, a list of codes.

  function value(expression, sheet) {
    if (typeof expression === "number") return expression;
    var word = expression[0];
    switch (word) {
      case "text":
        return expression[1];
      case "today":
        return sheet.today;
      case "answer":
        return answer(expression[1], sheet);
      case "answered":
        return answer(expression[1], sheet) !== null;
      case "score":
        return has(sheet.scales, expression[1]) ? score(sheet.scales[expression[1]], sheet) : null;
      case "not":
        return value(expression[1], sheet) !== true;
      case "negative": {
        var inner = value(expression[1], sheet);
        return typeof inner === "number" ? -inner : null;
      }
      case "and":
        return value(expression[1], sheet) === true && value(expression[2], sheet) === true;
      case "or":
        return value(expression[1], sheet) === true || value(expression[2], sheet) === true;
      case "count":
      case "sum":
      case "mean":
        return aggregate(word, expression.slice(1), sheet);
      default:
        return joined(word, value(expression[1], sheet), value(expression[2], sheet));
    }
  }

  function answer(id, sheet) {
    return has(sheet.answers, id) ? sheet.answers[id] : null;
  }

  function joined(sign, left, right) {
    if (sign === "+" || sign === "-" || sign === "*" || sign === "/") {
      if (typeof left !== "number" || typeof right !== "number") return null;
      var result = sign === "+" ? left + right : sign === "-" ? left - right : sign === "*" ? left * right : left / right;
      return isFinite(result) ? result : null;
    }
    if (sign === "contains") return Array.isArray(left) && typeof right === "string" && left.indexOf(right) >= 0;
    var order = compare(left, right);
    if (order === null) return false;
    switch (sign) {
      case "=":
        return order === 0;
      case "!=":
        return order !== 0;
      case "<":
        return order < 0;
      case "<=":
        return order <= 0;
      case ">":
        return order > 0;
      default:
        return order >= 0;
    }
  }

  // Texts by their characters, numbers by their size; nothing else can be compared.
  function compare(left, right) {
    if (typeof left === "number" && typeof right === "number") return left < right ? -1 : left > right ? 1 : 0;
    if (typeof left !== "string" || typeof right !== "string") return null;
    var one = Array.from(left);
    var other = Array.from(right);
    for (var at = 0; at < one.length && at < other.length; at++) {
      var step = one[at].codePointAt(0) - other[at].codePointAt(0);
      if (step !== 0) return step;
    }
    return one.length - other.length;
  }

  function aggregate(word, parts, sheet) {
    var answered = parts.map(function (part) { return value(part, sheet); }).filter(function (one) { return one !== null; });
    if (word === "count") return answered.length;
    var numbers = answered.filter(function (one) { return typeof one === "number"; });
    if (numbers.length === 0) return null;
    var sum = numbers.reduce(function (all, one) { return all + one; }, 0);
    return word === "sum" ? sum : sum / numbers.length;
  }

  function score(scale, sheet) {
    var sum = 0;
    var answered = 0;
    scale.items.forEach(function (item) {
      var point = answer(item, sheet);
      if (typeof point !== "number") return;
      sum += scale.reversed.indexOf(item) >= 0 ? 1 + scale.points - point : point;
      answered += 1;
    });
    if (answered === 0 || answered < scale.least) return null;
    return scale.sum ? (sum * scale.items.length) / answered : sum / answered;
  }

  // What is typed becomes a value; what would be refused is missing.

  function narrow(text) {
    return Array.from(text).map(function (char) {
      var code = char.codePointAt(0);
      if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
      if (code === 0x3000) return " ";
      if ("−‐–—ー".indexOf(char) >= 0) return "-";
      return char === "、" ? "," : char;
    }).join("");
  }

  function number(text, field) {
    var typed = narrow(text.trim()).replace(/[, ]/g, "").match(/^([-+]?)([0-9]+)(?:\.([0-9]+))?$/);
    if (!typed || typed[2].length + (typed[3] ? typed[3].length + 1 : 0) > 30) return null;
    if ((typed[3] || "").replace(/0+$/, "").length > field.decimals) return null;
    var read = Number((typed[1] === "-" ? "-" : "") + typed[2] + "." + (typed[3] || "0"));
    if ((field.minimum !== null && read < field.minimum) || (field.maximum !== null && read > field.maximum)) return null;
    return read;
  }

  function words(text, field) {
    var kept = text.replace(/\r\n?/g, "\n").replace(field.lines ? /\t/g : /[\t\n]/g, " ");
    kept = kept.replace(/[\u202a-\u202e\u2066-\u2069\ufeff]/g, "").replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, "").trim();
    return kept === "" || Array.from(kept).length > field.most ? null : kept;
  }

  function day(text, field) {
    var parts = narrow(text.trim()).replace(/ /g, "").replace(/日+$/, "").match(/^([0-9]{1,4})[-/.年月]([0-9]{1,2})[-/.年月]([0-9]{1,2})$/);
    if (!parts) return null;
    var iso = ("000" + parts[1]).slice(-4) + "-" + ("0" + parts[2]).slice(-2) + "-" + ("0" + parts[3]).slice(-2);
    var there = new Date(iso + "T00:00:00Z");
    if (isNaN(there) || there.toISOString().slice(0, 10) !== iso) return null;
    if ((field.earliest && iso < field.earliest) || (field.latest && iso > field.latest)) return null;
    return iso;
  }

  // The value of a field from the texts that it would send.
  function read(field, sent) {
    sent = sent.map(function (one) { return one.trim(); }).filter(Boolean);
    if (sent.length === 0 || sent[0] === "_declined") return null;
    if (field.kind === "choices") return sent;
    if (sent.length > 1) return null;
    if (field.kind === "choice") return /^[0-9]/.test(sent[0]) ? Number(sent[0]) : sent[0];
    return field.kind === "number" ? number(sent[0], field) : field.kind === "date" ? day(sent[0], field) : words(sent[0], field);
  }

  // A page that was built and not served does not know the day.
  function today() {
    var now = new Date();
    return [now.getFullYear(), ("0" + (now.getMonth() + 1)).slice(-2), ("0" + now.getDate()).slice(-2)].join("-");
  }

  function start(form) {
    var rules = JSON.parse(form.getAttribute("data-logic"));
    var places = {};

    // Where a question stands: a mark in the page, and the question itself, in the page or put aside.
    rules.questions.forEach(function (question) {
      if (!question.if) return;
      var node = document.getElementById("q-" + question.id);
      var mark = form.querySelector('template[data-question="' + question.id + '"]');
      if (mark) {
        node = mark.content.firstElementChild;
        // What was typed there earlier travels in the fields themselves from now on
        node.querySelectorAll("[name]").forEach(function (control) {
          form.querySelectorAll('input[type="hidden"][name="' + control.name + '"]').forEach(function (one) { one.remove(); });
        });
      } else if (node) {
        mark = document.createElement("template");
        node.parentNode.insertBefore(mark, node);
      }
      if (mark && node) places[question.id] = { mark: mark, node: node };
    });

    function sent(name) {
      var found = [];
      form.querySelectorAll('[name="' + name + '"]').forEach(function (control) {
        var box = control.type === "radio" || control.type === "checkbox";
        if (!box || control.checked) found.push(control.value);
      });
      return found;
    }

    function update() {
      var sheet = { today: rules.today || today(), scales: rules.scales, answers: Object.assign({}, rules.answers) };
      var shown = [];
      rules.questions.forEach(function (question) {
        var asked = !question.if || value(question.if, sheet) === true;
        var place = has(places, question.id) ? places[question.id] : null;
        if (place && asked && !place.node.isConnected) place.mark.parentNode.insertBefore(place.node, place.mark.nextSibling);
        if (place && !asked && place.node.isConnected) place.node.remove();
        if (asked) shown.push(question.id);
        Object.keys(question.fields).forEach(function (id) {
          var field = question.fields[id];
          var given = asked && sent(id + ".declined").length === 0 ? read(field, sent(id)) : null;
          // A text beside «other» counts where «other» is chosen
          var choice = field.beside ? answer(field.beside, sheet) : null;
          if (field.beside && choice !== "other" && !(Array.isArray(choice) && choice.indexOf("other") >= 0)) given = null;
          sheet.answers[id] = given;
        });
      });
      // Complaints are made about what was on the page
      var list = form.elements.namedItem("_shown");
      if (list) list.value = shown.join(" ");
    }

    form.addEventListener("input", update);
    form.addEventListener("change", update);
    // A page that the browser took out of its memory has its fields filled already
    window.addEventListener("pageshow", update);
    update();
  }

  root.shirubeLogic = { value: value, read: read };
  var form = root.document && document.getElementById("sheet");
  if (form && form.hasAttribute("data-logic")) start(form);
})(typeof window === "undefined" ? globalThis : window);
