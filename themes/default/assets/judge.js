// Judges a sheet on a device without a network: every field against its question and its condition, page by page, as the program
// does. Nothing depends on it being right: whoever takes the saved file in has every field judged again.
(function (root) {
  "use strict";

  var value = root.shirubeLogic.value;

  function has(object, key) { return Object.prototype.hasOwnProperty.call(object, key); }

  // An answer is "not_shown", "skipped", "declined", or an object with one key: choice, choices, number, text, date.
  // A fault is a list: its name, and what its words speak of.

  var EDGES = /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/g;
  function trim(text) { return text.replace(EDGES, ""); }

  function values(raw, name) {
    return has(raw, name) ? raw[name].map(trim).filter(function (one) { return one !== ""; }) : [];
  }

  function narrow(text) {
    return Array.from(text).map(function (char) {
      var code = char.codePointAt(0);
      if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
      if (code === 0x3000) return " ";
      if ("−‐–—ー".indexOf(char) >= 0) return "-";
      return char === "、" ? "," : char;
    }).join("");
  }

  // What is typed: each gives {ok: digits} or {fault: […]}.

  function number(text, least, most, decimals) {
    var ascii = narrow(text).replace(/[, ]/g, "");
    var typed = ascii.match(/^([-+]?)([0-9]+)(?:\.([0-9]+))?$/);
    if (!typed || ascii.length - typed[1].length > 30) return { fault: ["not_a_number"] };
    var whole = typed[2].replace(/^0+/, "") || "0";
    var fraction = (typed[3] || "").replace(/0+$/, "");
    if (fraction.length > decimals) return { fault: ["decimals", decimals] };
    var sign = typed[1] === "-" && (whole !== "0" || fraction !== "") ? "-" : "";
    var digits = sign + whole + (fraction === "" ? "" : "." + fraction);
    var read = Number(digits);
    if ((least !== null && read < least) || (most !== null && read > most)) return { fault: ["range"] };
    return { ok: digits };
  }

  function onSlider(text, question) {
    var read = number(text, question.minimum, question.maximum, question.decimals);
    if (read.fault) return read.fault[0] === "decimals" ? { fault: ["off_step"] } : read;
    var steps = (Number(read.ok) - question.minimum) / question.step;
    return Math.abs(steps - Math.round(steps)) < 1e-6 ? read : { fault: ["off_step"] };
  }

  function words(text, most, lines) {
    var kept = text.replace(/\r\n?/g, "\n").replace(lines ? /\t/g : /[\t\n]/g, " ");
    kept = trim(kept.replace(/[\u202a-\u202e\u2066-\u2069\ufeff]/g, "").replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, ""));
    var length = Array.from(kept).length;
    if (length > most) return { fault: ["too_long", most, length] };
    return kept === "" ? { fault: ["missing"] } : { ok: kept };
  }

  function day(text, question) {
    var parts = narrow(text).replace(/ /g, "").replace(/日+$/, "").split(/[-/.年月]/);
    if (parts.length !== 3) return { fault: ["not_a_day"] };
    var iso = parts[0].padStart(4, "0") + "-" + parts[1].padStart(2, "0") + "-" + parts[2].padStart(2, "0");
    var there = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(iso) ? new Date(iso + "T00:00:00Z") : new Date(NaN);
    if (isNaN(there) || there.toISOString().slice(0, 10) !== iso) return { fault: ["not_a_day"] };
    if ((question.earliest && iso < question.earliest) || (question.latest && iso > question.latest)) return { fault: ["day_range"] };
    return { ok: iso };
  }

  // Verdicts: [field, {ok: answer}] or [field, {fault: […]}].

  function given(kind, read) {
    if (read.fault) return read;
    var answer = {};
    answer[kind] = read.ok;
    return { ok: answer };
  }

  function nothing(question) { return question.need === "optional" ? { ok: "skipped" } : { fault: ["missing"] }; }
  function declines(question, code) { return question.need === "declinable" && !question.apart && code === "_declined"; }
  function isDeclined(question, raw) {
    return question.need === "declinable" && question.apart && values(raw, question.id + ".declined").length > 0;
  }

  function oneOf(question, chosen, codes) {
    if (chosen.length === 0) return nothing(question);
    if (chosen.length > 1) return { fault: ["only_one"] };
    if (declines(question, chosen[0])) return { ok: "declined" };
    return codes.indexOf(chosen[0]) >= 0 ? { ok: { choice: chosen[0] } } : { fault: ["unknown_choice"] };
  }

  function several(question, chosen) {
    if (chosen.length === 0) return nothing(question);
    function no(code) { return declines(question, code); }
    if (chosen.some(no)) return chosen.every(no) ? { ok: "declined" } : { fault: ["contradiction"] };
    if (chosen.some(function (code) { return question.codes.indexOf(code) < 0; })) return { fault: ["unknown_choice"] };
    var codes = question.codes.filter(function (code) { return chosen.indexOf(code) >= 0; });
    var alone = question.alone.filter(function (code) { return codes.indexOf(code) >= 0; })[0];
    if (alone !== undefined && codes.length > 1) return { fault: ["exclusive", alone] };
    return question.at_most !== null && codes.length > question.at_most ? { fault: ["too_many", question.at_most] } : { ok: { choices: codes } };
  }

  // The text beside «other»: two fields that must agree.
  function withOther(question, raw, choice) {
    if (!question.other) return [[question.id, choice]];
    var name = question.id + "_other";
    var chosen = choice.ok ? choice.ok.choice === "other" || (choice.ok.choices || []).indexOf("other") >= 0 : false;
    var written = values(raw, name);
    var text;
    if (chosen && written.length === 0) text = { fault: ["other_missing"] };
    else if (chosen) text = given("text", words(written[0], 200, false));
    else if (written.length > 0 && choice.ok) text = { fault: ["other_not_chosen"] };
    else text = { ok: choice.ok === "declined" ? "declined" : "skipped" };
    return [[question.id, choice], [name, text]];
  }

  function typed(question, raw, kind, read) {
    var written = values(raw, question.id);
    var declined = isDeclined(question, raw);
    if (written.length === 0) return declined ? { ok: "declined" } : nothing(question);
    if (declined) return { fault: ["contradiction"] };
    return written.length > 1 ? { fault: ["only_one"] } : given(kind, read(written[0]));
  }

  function rowName(question, row) { return question.id + "_" + row; }
  function ranking(question, raw) {
    var taken = {};
    var verdicts = rows(question, raw, function (chosen) {
      if (chosen.length === 0) return { ok: "skipped" };
      return chosen.length > 1 ? { fault: ["only_one"] } : given("number", number(chosen[0], 1, question.top, 0));
    });
    verdicts.forEach(function (verdict, at) {
      var rank = verdict[1].ok && verdict[1].ok.number;
      if (!rank) return;
      if (has(taken, rank)) verdict[1] = { fault: ["rank_taken", Number(rank), taken[rank]] };
      else taken[rank] = question.rows[at];
    });
    var absent = [];
    for (var rank = 1; rank <= question.top; rank++) if (!has(taken, rank)) absent.push(rank);
    var good = verdicts.every(function (verdict) { return has(verdict[1], "ok"); });
    return absent.length > 0 && good ? [[question.id, { fault: ["ranks_missing", absent] }]] : verdicts;
  }

  function allocation(question, raw) {
    var verdicts = rows(question, raw, function (chosen) {
      if (chosen.length === 0) return { ok: { number: "0" } };
      return chosen.length > 1 ? { fault: ["only_one"] } : given("number", number(chosen[0], 0, question.total, 0));
    });
    if (verdicts.some(function (verdict) { return verdict[1].fault; })) return verdicts;
    var sum = verdicts.reduce(function (all, verdict) { return all + Number(verdict[1].ok.number); }, 0);
    return sum === question.total ? verdicts : [[question.id, { fault: ["sum", question.total, sum] }]];
  }

  function rows(question, raw, run) {
    return question.rows.map(function (row) { return [rowName(question, row), run(values(raw, rowName(question, row)))]; });
  }

  // The names of a question's variables.
  function variables(question) {
    switch (question.kind) {
      case "note":
        return [];
      case "pairs":
        return question.pairs.map(function (pair) { return question.id + "_" + pair[0] + "_" + pair[1]; });
      case "table":
        return range(question.at_most).reduce(function (all, row) {
          return question.columns.reduce(function (all, column) { return all.concat(variables(cell(question, row, column))); }, all);
        }, []);
      default:
        if (question.rows) return question.rows.map(function (row) { return rowName(question, row); });
        return question.other ? [question.id, question.id + "_other"] : [question.id];
    }
  }

  // The names of the fields that a question's form has.
  function names(question) {
    if (question.kind === "calculated" || question.kind === "note") return [];
    return variables(question).concat(question.apart ? [question.id + ".declined"] : []);
  }

  function range(most) {
    var all = [];
    for (var at = 1; at <= most; at++) all.push(at);
    return all;
  }

  function cell(question, row, column) { return Object.assign({}, column, { id: question.id + "_" + row + "_" + column.id }); }

  // Empty rows are passed over: those below move up.
  function table(question, raw) {
    var verdicts = [];
    var filled = 0;
    function cells(row) { return question.columns.map(function (column) { return cell(question, row, column); }); }
    range(question.at_most).forEach(function (row) {
      var told = cells(row).some(function (one) { return names(one).some(function (name) { return values(raw, name).length > 0; }); });
      if (!told) return;
      filled += 1;
      cells(row).forEach(function (from, at) {
        var to = variables(cells(filled)[at]);
        var moved = {};
        variables(from).forEach(function (name, at) { moved[name] = to[at]; });
        // Complaints stay beside the field that they are about
        single(from, raw).forEach(function (verdict) { verdicts.push([verdict[1].fault ? verdict[0] : moved[verdict[0]], verdict[1]]); });
      });
    });
    range(question.at_most).slice(filled).forEach(function (row) {
      cells(row).forEach(function (one) { variables(one).forEach(function (name) { verdicts.push([name, { ok: "skipped" }]); }); });
    });
    return verdicts;
  }

  // What holds of questions of several parts that are declined as a whole.
  function whole(question, raw, together, run) {
    function all(answer) { return variables(question).map(function (name) { return [name, { ok: answer }]; }); }
    var written = variables(question).some(function (name) { return values(raw, name).length > 0; });
    var declined = isDeclined(question, raw);
    if (written && declined) return [[question.id, { fault: ["contradiction"] }]];
    if (!written && declined) return all("declined");
    if (!written && question.need === "optional") return all("skipped");
    return !written && together ? [[question.id, nothing(question)]] : run(question, raw);
  }

  function single(question, raw) {
    switch (question.kind) {
      case "one":
        return withOther(question, raw, oneOf(question, values(raw, question.id), question.codes));
      case "several":
        return withOther(question, raw, several(question, values(raw, question.id)));
      case "number":
        return [[question.id, typed(question, raw, "number", function (text) {
          return has(question, "step") ? onSlider(text, question) : number(text, question.minimum, question.maximum, question.decimals);
        })]];
      case "text":
        return [[question.id, typed(question, raw, "text", function (text) { return words(text, question.most, question.lines); })]];
      default:
        return [[question.id, typed(question, raw, "date", function (text) { return day(text, question); })]];
    }
  }

  function verdicts(question, raw) {
    switch (question.kind) {
      case "note":
        return [];
      case "grid":
        return rows(question, raw, function (chosen) { return oneOf(question, chosen, question.codes); });
      case "multiple_grid":
        return whole(question, raw, false, function () { return rows(question, raw, function (chosen) { return several(question, chosen); }); });
      case "ranking":
        return whole(question, raw, true, ranking);
      case "cards":
        return whole(question, raw, true, function () {
          return rows(question, raw, function (chosen) { return oneOf(question, chosen, question.codes); });
        });
      case "allocation":
        return whole(question, raw, true, allocation);
      case "pairs":
        return whole(question, raw, false, function () {
          return question.pairs.map(function (pair) {
            var name = question.id + "_" + pair[0] + "_" + pair[1];
            return [name, oneOf(question, values(raw, name), pair)];
          });
        });
      case "table":
        return whole(question, raw, true, table);
      default:
        return single(question, raw);
    }
  }

  // An answer as conditions see it.
  function operand(answer) {
    if (typeof answer === "string") return null;
    if (has(answer, "choice")) return /^[0-9]/.test(answer.choice) ? Number(answer.choice) : answer.choice;
    if (has(answer, "number")) return Number(answer.number);
    return has(answer, "choices") ? answer.choices : has(answer, "text") ? answer.text : answer.date;
  }

  // The digits of a number up to a place, half to even, as a whole number of that place's units.
  function even(digits, rest) {
    var up = rest > "5" && !/^50*$/.test(rest);
    var tie = /^50*$/.test(rest);
    var units = BigInt(digits);
    return up || (tie && units % 2n === 1n) ? units + 1n : units;
  }

  // A result, taken as exact to 12 significant digits and rounded half away from zero, as the program rounds it.
  function rounded(result, decimals) {
    var parts = Math.abs(result).toExponential(60).match(/^(.)\.(.*)e(.*)$/);
    var exact = Number(even(parts[1] + parts[2].slice(0, 11), parts[2].slice(11)) + "e" + (Number(parts[3]) - 11));
    var places = exact.toFixed(60).split(".");
    var twelve = String(even(places[0] + places[1].slice(0, 12), places[1].slice(12))).padStart(13, "0");
    var cut = twelve.length - 12 + Math.min(decimals, 12);
    var units = BigInt(twelve.slice(0, cut)) + (twelve.charAt(cut) >= "5" ? 1n : 0n);
    var text = String(units).padStart(decimals + 1, "0");
    var fraction = text.slice(text.length - decimals);
    if (decimals === 0) return (result < 0 && units !== 0n ? "-" : "") + text;
    return (result < 0 && units !== 0n ? "-" : "") + text.slice(0, -decimals) + "." + fraction;
  }

  function calculate(question, sheet) {
    var result = value(question.value, sheet);
    if (typeof result !== "number" || Math.abs(result) >= 1e15) return "skipped";
    var read = number(rounded(result, question.decimals), null, null, question.decimals);
    return read.fault ? "skipped" : { number: read.ok };
  }

  // A code of one's own as it is kept: folded, in capitals, without what parts its letters. Nothing is guessed beyond that.
  var GAPS = /[\p{White_Space}\p{Cc}\-\u00ad\u2010-\u2015\u2212\u200b-\u200f\u2060\ufeff]/gu;
  function ownCode(typed, rule) {
    var chars = Array.from(typed.normalize("NFKC").toUpperCase().normalize("NFKC").replace(GAPS, ""));
    function fits(place, at) { return place === "A" ? /\p{Alphabetic}/u.test(chars[at]) : place !== "9" || /[0-9]/.test(chars[at]); }
    if (chars.length === 0) return { fault: ["missing"] };
    if (!chars.every(function (char) { return /[\p{Alphabetic}\p{N}]/u.test(char); })) return { fault: ["code_characters"] };
    if (chars.length > rule.most) return { fault: ["too_long", rule.most, chars.length] };
    if (rule.pattern !== null) {
      var follows = chars.length === rule.pattern.length && rule.pattern.split("").every(fits);
      return follows ? { ok: { choice: chars.join("") } } : { fault: ["code_pattern", rule.pattern] };
    }
    return chars.length < rule.least ? { fault: ["code_short", rule.least] } : { ok: { choice: chars.join("") } };
  }

  // The ticked box says which wording stood beside it.
  function agreed(seen, rule) {
    if (seen === "") return rule.required ? { fault: ["no_consent"] } : { ok: "skipped" };
    return seen === rule.version ? { ok: { choice: rule.version } } : { fault: ["new_wording"] };
  }

  // What is asked before the first question: its fields.
  function terms(survey) {
    return [survey.first.consent && "consent", survey.first.code && "own_code"].filter(Boolean);
  }

  // Judges the first pages of a sheet.
  function judge(survey, raw, most, today) {
    var found = { answers: {}, complaints: [], shown: [], pages: [], unknown: [] };
    var sheet = { today: today, scales: survey.scales, answers: {} };
    function take(name, answer) {
      found.answers[name] = answer;
      sheet.answers[name] = operand(answer);
    }
    terms(survey).forEach(function (id) {
      var typed = has(raw, id) ? trim(raw[id][0] || "") : "";
      var verdict = id === "consent" ? agreed(typed, survey.first.consent) : ownCode(typed, survey.first.code);
      found.shown.push(id);
      if (has(verdict, "ok")) take(id, verdict.ok);
      else found.complaints.push({ question: id, field: id, fault: verdict.fault });
    });
    function holds(condition) { return condition === null || value(condition, sheet) === true; }
    survey.pages.slice(0, most).forEach(function (page, index) {
      var seen = holds(page.if);
      var before = found.shown.length;
      page.questions.forEach(function (question) {
        if (!seen || !holds(question.if)) return variables(question).forEach(function (name) { take(name, "not_shown"); });
        if (question.kind === "calculated") return take(question.id, calculate(question, sheet));
        found.shown.push(question.id);
        verdicts(question, raw).forEach(function (verdict) {
          if (has(verdict[1], "ok")) take(verdict[0], verdict[1].ok);
          else found.complaints.push({ question: question.id, field: verdict[0], fault: verdict[1].fault });
        });
      });
      if (found.shown.length > before) found.pages.push(index);
    });
    var known = {};
    terms(survey).forEach(function (id) { known[id] = true; });
    survey.pages.forEach(function (page) {
      page.questions.forEach(function (question) { names(question).forEach(function (name) { known[name] = true; }); });
    });
    found.unknown = Object.keys(raw).filter(function (name) { return !has(known, name); }).sort();
    return found;
  }

  // SHA-256 of texts, each with its length before it: what decides about places and receipts. Devices without a network have no
  // crypto.subtle everywhere.
  function sum(parts) {
    var bytes = [];
    parts.forEach(function (part) {
      var own = Array.from(new TextEncoder().encode(part));
      for (var at = 0; at < 8; at++) bytes.push(at < 4 ? (own.length >>> (8 * at)) & 255 : 0);
      bytes = bytes.concat(own);
    });
    return sha256(bytes);
  }

  // FIPS 180-4. Its constants are the first 32 bits behind the point of the cube roots of the first 64 primes, and of the square
  // roots of the first 8.
  var primes = [];
  for (var next = 2; primes.length < 64; next++) if (primes.every(function (prime) { return next % prime !== 0; })) primes.push(next);
  function behind(root) { return ((root - Math.floor(root)) * 4294967296) | 0; }
  var cubes = primes.map(function (prime) { return behind(Math.cbrt(prime)); });
  var squares = primes.slice(0, 8).map(function (prime) { return behind(Math.sqrt(prime)); });

  function sha256(message) {
    var bytes = message.concat([128]);
    while (bytes.length % 64 !== 56) bytes.push(0);
    for (var at = 7; at >= 0; at--) bytes.push(at > 3 ? 0 : ((message.length * 8) >>> (8 * at)) & 255);
    var state = squares.slice();
    function turn(word, by) { return (word >>> by) | (word << (32 - by)); }
    for (var block = 0; block < bytes.length; block += 64) {
      var w = [];
      for (var i = 0; i < 64; i++) {
        var from = block + 4 * i;
        if (i < 16) w.push((bytes[from] << 24) | (bytes[from + 1] << 16) | (bytes[from + 2] << 8) | bytes[from + 3]);
        else {
          var early = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ (w[i - 15] >>> 3);
          var late = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ (w[i - 2] >>> 10);
          w.push((w[i - 16] + early + w[i - 7] + late) | 0);
        }
      }
      var s = state.slice();
      for (var round = 0; round < 64; round++) {
        var choose = (s[4] & s[5]) ^ (~s[4] & s[6]);
        var most = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);
        var one = (s[7] + (turn(s[4], 6) ^ turn(s[4], 11) ^ turn(s[4], 25)) + choose + cubes[round] + w[round]) | 0;
        var two = ((turn(s[0], 2) ^ turn(s[0], 13) ^ turn(s[0], 22)) + most) | 0;
        s = [(one + two) | 0, s[0], s[1], s[2], (s[3] + one) | 0, s[4], s[5], s[6]];
      }
      state = state.map(function (word, i) { return (word + s[i]) | 0; });
    }
    return state.map(function (word) { return (word >>> 0).toString(16).padStart(8, "0"); }).join("");
  }

  // The ids in the order of a sheet; what is pinned keeps its place.
  function arranged(ids, pinned, sheet, of) {
    function stays(id) { return pinned.indexOf(id) >= 0; }
    var free = ids.filter(function (id) { return !stays(id); }).map(function (id) { return [sum([sheet, of, id]), id]; });
    free.sort(function (one, other) { return one[0] < other[0] ? -1 : one[0] > other[0] ? 1 : 0; });
    var order = free.map(function (one) { return one[1]; });
    ids.forEach(function (id, at) { if (stays(id)) order.splice(Math.min(at, order.length), 0, id); });
    return order;
  }

  // Which of so many fixed orders a sheet has.
  function rotation(orders, sheet) { return parseInt(sum([sheet, "rotation"]).slice(0, 8), 16) % orders; }

  // The number by which a sheet is known to those who take it in.
  function receipt(survey, sheet) { return sum(["ticket", survey, sheet]).slice(0, 8).toUpperCase(); }

  root.shirubeJudge = { judge: judge, names: names, variables: variables, cell: cell, terms: terms, arranged: arranged, rotation: rotation, receipt: receipt };
})(typeof window === "undefined" ? globalThis : window);
