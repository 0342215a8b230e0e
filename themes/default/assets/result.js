// The personal result. On the page that shows one: a button that prints it. On a device without a network: all of it, worked out as the
// program does (src/survey/result.rs), in this page alone.
(function (root) {
  "use strict";

  function each(list, run) { Array.prototype.forEach.call(list, run); }

  // With so many places, half away from zero; a value counts as exact to 12 digits.
  function number(value, decimals) {
    var digits = Number(Math.abs(value).toPrecision(12)).toFixed(12).split(".");
    var scaled = Number(digits[0] + digits[1].slice(0, decimals)) + (digits[1].charAt(decimals) >= "5" ? 1 : 0);
    var text = String(scaled);
    if (decimals > 0) {
      while (text.length <= decimals) text = "0" + text;
      text = text.slice(0, -decimals) + "." + text.slice(-decimals);
    }
    return (value < 0 && scaled !== 0 ? "−" : "") + text;
  }

  function band(scale, score) {
    var found = null;
    scale.bands.forEach(function (from, index) { if (score >= from) found = index; });
    return found;
  }

  function share(scale, score) {
    return Math.min(100, Math.max(0, (100 * (score - scale.low)) / (scale.high - scale.low)));
  }

  // A score that would be printed as another band's is printed with more places.
  function standing(scale, rule, score) {
    var own = band(scale, score);
    var decimals = !rule.sum || score % 1 !== 0 ? 1 : 0;
    while (decimals < 3 && band(scale, Number(number(score, decimals))) !== own) decimals += 1;
    return { id: scale.id, shown: number(score, decimals), at: number(share(scale, score), 1), band: own };
  }

  // The result of judged answers: of each scale its standing, or null where there is no score; the corners of the radar, if there is one.
  function work(rules, answers) {
    var sheet = { scales: rules.scales, answers: {} };
    Object.keys(answers).forEach(function (id) {
      var choice = answers[id] && answers[id].choice;
      if (typeof choice === "string" && /^[0-9]+$/.test(choice)) sheet.answers[id] = Number(choice);
    });
    var result = rules.result;
    var shares = [];
    var scales = result.scales.map(function (scale) {
      var score = root.shirubeLogic.value(["score", scale.id], sheet);
      if (score === null) return null;
      shares.push(share(scale, score));
      return standing(scale, rules.scales[scale.id], score);
    });
    var whole = result.axes.length > 0 && shares.length === scales.length;
    var corners = !whole ? null : result.axes.map(function (axis, index) {
      return axis.map(function (end) { return number(result.middle + (result.length * end * shares[index]) / 100, 1); });
    });
    return { scales: scales, corners: corners };
  }

  // Fills in what the page brought for every possible result.
  function show(section, worked) {
    each(section.querySelectorAll(".result-scale"), function (place, index) {
      var one = worked.scales[index];
      each(place.querySelectorAll('[data-part="none"]'), function (part) { part.hidden = one !== null; });
      each(place.querySelectorAll('[data-part="scored"]'), function (part) { part.hidden = one === null; });
      if (one === null) return;
      place.querySelector('[data-part="shown"]').textContent = one.shown;
      place.querySelector('[data-part="dot"]').setAttribute("cx", one.at + "%");
      each(place.querySelectorAll("[data-band]"), function (part) { part.hidden = part.getAttribute("data-band") !== String(one.band); });
    });
    var radar = section.querySelector('[data-part="radar"]');
    if (radar) {
      radar.hidden = worked.corners === null;
      if (worked.corners !== null) {
        radar.querySelector('[data-part="shape"]').setAttribute("points", worked.corners.map(function (corner) { return corner.join(","); }).join(" "));
        each(radar.querySelectorAll('[data-part="corner"]'), function (dot, index) {
          dot.setAttribute("cx", worked.corners[index][0]);
          dot.setAttribute("cy", worked.corners[index][1]);
        });
      }
    }
    section.hidden = false;
  }

  // The file that stands alone, with this result in it and nothing else.
  function file(shell, worked) {
    // The style is put aside meanwhile: this page's policy would complain of it
    var begin = shell.indexOf("<style>");
    var end = shell.indexOf("</style>") + 8;
    var page = new DOMParser().parseFromString(shell.slice(0, begin) + "<meta id=\"style\">" + shell.slice(end), "text/html");
    show(page.getElementById("result"), worked);
    each(page.querySelectorAll("[hidden]"), function (one) { one.remove(); });
    var text = "<!DOCTYPE html>\n" + page.documentElement.outerHTML + "\n";
    return text.replace("<meta id=\"style\">", function () { return shell.slice(begin, end); });
  }

  root.shirubeResult = { work: work, show: show, file: file };

  var own = root.document && document.querySelector(".result-own");
  if (!own) return;
  var print = own.querySelector('[data-part="print"]');
  if (print) {
    print.hidden = false;
    print.addEventListener("click", function () { window.print(); });
  }
  // Some browsers keep whole pages for their back button
  var over = false;
  own.addEventListener("submit", function (event) { over = over || (event.submitter && event.submitter.value === "end"); });
  window.addEventListener("pageshow", function (event) {
    var result = document.getElementById("result");
    if (event.persisted && over && result) result.remove();
  });
})(typeof window === "undefined" ? globalThis : window);
