// A plan answered by hand: the same rules as the program's own, on the device alone. Nothing is kept and nothing is sent.
(function (root) {
  "use strict";

  function has(object, key) {
    return Object.prototype.hasOwnProperty.call(object, key);
  }

  // The value of an expression over figures, each from its lowest to its highest value: null (missing), [low, high],
  // or {truth: true, false or null (it cannot be told)}.
  function value(expression, figures) {
    if (typeof expression === "number") return [expression, expression];
    var word = expression[0];
    switch (word) {
      case "answer":
        return has(figures, expression[1]) ? figures[expression[1]] : null;
      case "answered":
        return { truth: has(figures, expression[1]) };
      case "not": {
        var told = truth(value(expression[1], figures));
        return { truth: told === null ? null : !told };
      }
      case "negative": {
        var inner = value(expression[1], figures);
        return Array.isArray(inner) ? [-inner[1], -inner[0]] : null;
      }
      case "and":
      case "or": {
        var both = [truth(value(expression[1], figures)), truth(value(expression[2], figures))];
        var strong = word === "or";
        if (both.indexOf(strong) >= 0) return { truth: strong };
        return { truth: both.indexOf(null) >= 0 ? null : !strong };
      }
      case "count":
      case "sum":
      case "mean": {
        var all = expression.slice(1).map(function (part) { return value(part, figures); }).filter(function (one) { return one !== null; });
        if (word === "count") return [all.length, all.length];
        var spans = all.filter(Array.isArray);
        if (spans.length === 0) return null;
        var by = word === "mean" ? spans.length : 1;
        var sum = spans.reduce(function (before, span) { return [before[0] + span[0], before[1] + span[1]]; }, [0, 0]);
        return [sum[0] / by, sum[1] / by];
      }
      case "text":
      case "today":
      case "score":
        return null;
      default:
        return joined(word, value(expression[1], figures), value(expression[2], figures));
    }
  }

  function truth(told) {
    return told !== null && !Array.isArray(told) ? told.truth : null;
  }

  function ends(all) {
    var low = Infinity;
    var high = -Infinity;
    all.forEach(function (one) {
      if (one < low) low = one;
      if (one > high) high = one;
    });
    return [low, high];
  }

  function joined(sign, left, right) {
    var arithmetic = sign === "+" || sign === "-" || sign === "*" || sign === "/";
    if (!Array.isArray(left) || !Array.isArray(right)) return arithmetic ? null : { truth: null };
    var span;
    switch (sign) {
      case "+":
        span = [left[0] + right[0], left[1] + right[1]];
        break;
      case "-":
        span = [left[0] - right[1], left[1] - right[0]];
        break;
      case "*":
        span = ends([left[0] * right[0], left[0] * right[1], left[1] * right[0], left[1] * right[1]]);
        break;
      case "/":
        if (right[0] <= 0 && right[1] >= 0) return null;
        span = ends([left[0] / right[0], left[0] / right[1], left[1] / right[0], left[1] / right[1]]);
        break;
      case "<":
        return { truth: below(left, right) };
      case ">=":
        return { truth: opposite(below(left, right)) };
      case ">":
        return { truth: below(right, left) };
      case "<=":
        return { truth: opposite(below(right, left)) };
      case "=":
        return { truth: same(left, right) };
      case "!=":
        return { truth: opposite(same(left, right)) };
      default:
        return { truth: null };
    }
    return isFinite(span[0]) && isFinite(span[1]) ? span : null;
  }

  function opposite(told) {
    return told === null ? null : !told;
  }

  function below(left, right) {
    return left[1] < right[0] ? true : left[0] >= right[1] ? false : null;
  }

  function same(left, right) {
    if (left[1] < right[0] || right[1] < left[0]) return false;
    return left[0] >= left[1] && right[0] >= right[1] ? true : null;
  }

  // Whether a condition holds; null: it cannot be told.
  function holds(expression, figures) {
    return truth(value(expression, figures));
  }

  // Every way in which all questions can be answered.
  function combinations(rules) {
    return rules.questions.reduce(function (before, question) {
      var all = [];
      before.forEach(function (chosen) {
        question.answers.forEach(function (_, answer) { all.push(chosen.concat([answer])); });
      });
      return all;
    }, [[]]);
  }

  function range(count) {
    var all = [];
    for (var at = 0; at < count; at++) all.push(at);
    return all;
  }

  // What the answers of all questions come to: the measures to begin with, to add, the rest.
  function whole(rules, answers) {
    var choose = rules.questions.map(function (question, at) {
      return question.answers[answers[at]].choose.map(function (chosen) { return chosen.measure; });
    });
    var measures = range(rules.measures.length);
    function shared(measure) {
      return choose.length > 0 && choose.every(function (list) { return list.indexOf(measure) >= 0; });
    }
    var led = !measures.some(shared);
    function step(measure) {
      if (led ? choose[rules.leads].indexOf(measure) >= 0 : shared(measure)) return 0;
      return choose.some(function (list) { return list.indexOf(measure) >= 0; }) ? 1 : 2;
    }
    return { steps: measures.map(step), led: led };
  }

  // The same where some answers are null: a measure has a step as far as it has at least that one whatever those are.
  function outcome(rules, answers) {
    var all = combinations(rules)
      .filter(function (one) { return answers.every(function (answer, at) { return answer === null || answer === one[at]; }); })
      .map(function (one) { return whole(rules, one); });
    var order = [];
    function add(answer, at) {
      if (answer === null) return;
      rules.questions[at].answers[answer].choose.forEach(function (chosen) {
        if (order.indexOf(chosen.measure) < 0) order.push(chosen.measure);
      });
    }
    add(answers[rules.leads], rules.leads);
    answers.forEach(function (answer, at) { if (at !== rules.leads) add(answer, at); });
    range(rules.measures.length).forEach(function (measure) { if (order.indexOf(measure) < 0) order.push(measure); });
    function taken(step) {
      return order.filter(function (measure) {
        return Math.max.apply(null, all.map(function (one) { return one.steps[measure]; })) === step;
      });
    }
    return { first: taken(0), next: taken(1), rest: taken(2), led: all.length > 0 && all.every(function (one) { return one.led; }) };
  }

  function fill(text, names) {
    return text.replace(/\{([a-z]+)\}/g, function (whole, name) { return has(names, name) ? names[name] : whole; });
  }

  function start(form, result, rules) {
    var say = rules.say;

    function made(name, className, text) {
      var node = document.createElement(name);
      if (className) node.className = className;
      if (text !== undefined) node.textContent = text;
      return node;
    }

    function quoted(text) {
      return fill(say.plan_quoted, { text: text });
    }

    function chosen() {
      return rules.questions.map(function (question) {
        var radio = form.querySelector('input[name="' + question.id + '"]:checked');
        var at = radio && radio.value ? question.answers.map(function (answer) { return answer.id; }).indexOf(radio.value) : -1;
        return at < 0 ? null : at;
      });
    }

    function taken(measure, answers) {
      var item = made("li");
      item.value = measure + 1;
      var number = made("span", "plan-number", String(measure + 1));
      number.setAttribute("aria-hidden", "true");
      var body = made("div");
      body.appendChild(made("p", "plan-name", rules.measures[measure]));
      var way = (rules.ways || [])[measure];
      if (way) {
        var line = made("p", "plan-way");
        var link = made("a", "", way[1]);
        link.href = way[0];
        line.appendChild(link);
        body.appendChild(line);
      }
      var reasons = made("ul", "plan-reasons");
      rules.questions.forEach(function (question, at) {
        if (answers[at] === null) return;
        var answer = question.answers[answers[at]];
        answer.choose.forEach(function (one) {
          if (one.measure !== measure) return;
          var line = made("li");
          line.appendChild(made("b", "", answer.label));
          if (one.reason) line.appendChild(document.createTextNode(" " + one.reason));
          if (!one.ours) line.appendChild(made("span", "sample", say.plan_given));
          reasons.appendChild(line);
        });
      });
      if (reasons.firstChild) body.appendChild(reasons);
      item.appendChild(number);
      item.appendChild(body);
      return item;
    }

    function show() {
      var answers = chosen();
      result.textContent = "";
      result.appendChild(made("h3", "", say.plan_yours));
      var open = rules.questions.filter(function (_, at) { return answers[at] === null; });
      if (open.length === rules.questions.length) {
        result.appendChild(made("p", "plan-note plan-empty", say.plan_nothing_chosen));
        return;
      }
      var came = outcome(rules, answers);
      var order = made("p", "plan-note", say.plan_order);
      order.appendChild(made("span", "sample", say.plan_ours));
      if (open.length > 0) {
        var questions = open.map(function (question) { return quoted(question.text); }).join(say.list_gap);
        result.appendChild(made("p", "plan-note", fill(say.plan_partly, { questions: questions })));
      } else if (came.led && rules.questions.length > 1) {
        result.appendChild(made("p", "plan-note", fill(say.plan_led, { question: quoted(rules.questions[rules.leads].text) })));
      }
      result.appendChild(order);
      ["first", "next", "rest"].forEach(function (step) {
        if (came[step].length === 0) return;
        var part = made("div", "plan-step plan-" + step);
        part.appendChild(made("h4", "", say["plan_" + step]));
        var list = made("ol");
        came[step].forEach(function (measure) { list.appendChild(taken(measure, answers)); });
        part.appendChild(list);
        result.appendChild(part);
      });
    }

    function narrow(text) {
      return Array.from(text).map(function (char) {
        var code = char.codePointAt(0);
        return code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : char;
      }).join("").trim();
    }

    // What is wrong with a score, in words; nothing where nothing is
    function wrong(field) {
      var typed = narrow(field.value);
      var ends = has(rules.ends, field.dataset.input) ? rules.ends[field.dataset.input] : null;
      var number = /^-?[0-9]+(\.[0-9]+)?$/.test(typed) ? Number(typed) : null;
      if (typed === "" || (number !== null && (ends === null || (number >= ends[0] && number <= ends[1])))) return "";
      var names = { input: field.labels[0].querySelector("span").textContent };
      if (ends === null) return fill(say.plan_not_score, names);
      names.least = ends[0];
      names.most = ends[1];
      return fill(say.plan_outside, names);
    }

    // Scores that are typed choose the answer, as far as they decide it. What they chose goes when they no longer do; what the person
    // chose stays.
    function score(box, chosenByHand) {
      var question = rules.questions.filter(function (one) { return one.id === box.dataset.question; })[0];
      var told = box.querySelector(".plan-told");
      var figures = {};
      var faults = [];
      box.querySelectorAll("[data-input]").forEach(function (one) {
        var words = wrong(one);
        if (words === "") {
          one.removeAttribute("aria-invalid");
          one.removeAttribute("aria-describedby");
          if (one.value.trim() !== "") figures[one.dataset.input] = [Number(narrow(one.value)), Number(narrow(one.value))];
        } else {
          one.setAttribute("aria-invalid", "true");
          one.setAttribute("aria-describedby", told.id);
          faults.push(words);
        }
      });
      var at = chosenByHand ? -1 : question.answers.map(function (answer) { return holds(answer.if, figures); }).indexOf(true);
      var radios = box.querySelectorAll('input[type="radio"]');
      if (!chosenByHand && box.dataset.scored) radios[Number(box.dataset.scored)].checked = false;
      delete box.dataset.scored;
      if (at >= 0) {
        radios[at].checked = true;
        box.dataset.scored = String(at);
        faults.push(fill(say.plan_from_figures, { answer: question.answers[at].label }));
      } else if (!chosenByHand && faults.length === 0 && Object.keys(figures).length > 0) faults.push(say.plan_scores_open);
      told.textContent = faults.join(" ");
    }

    form.addEventListener("input", function (event) {
      var box = event.target.closest("[data-question]");
      if (box) score(box, !event.target.dataset.input);
      show();
    });
    // What a browser filled in again when somebody came back
    window.addEventListener("pageshow", show);
    show();
  }

  root.shirubePlan = { value: value, holds: holds, outcome: outcome };
  var document = root.document;
  if (!document) return;
  var rules = document.getElementById("rules");
  var form = document.getElementById("checklist");
  if (!rules || !form) return;
  document.getElementById("plan").classList.add("live");
  start(form, document.getElementById("result"), JSON.parse(rules.dataset.json));
})(typeof window === "undefined" ? globalThis : window);
