// Fills in what a worksheet gave, from behind the «#» of the address, which no server sees. What stands there is anybody's: only what a
// worksheet of this site can give is taken, nothing that is answered already is changed, nothing is sent and nothing is kept.
(function () {
  "use strict";

  var told = document.getElementById("filled");
  if (!told) return;
  var known = JSON.parse(told.getAttribute("data-known"));

  function has(object, name) { return Object.prototype.hasOwnProperty.call(object, name); }
  function controls(id) {
    return Array.prototype.filter.call(document.querySelectorAll("#sheet input, #sheet select"), function (one) { return one.name === id && one.type !== "hidden"; });
  }
  function changed(control) {
    ["input", "change"].forEach(function (name) { control.dispatchEvent(new Event(name, { bubbles: true })); });
  }

  // How many of the values a question took: all of them, or none where they are not an answer to it.
  function take(id, values) {
    var rule = has(known, id) ? known[id] : null;
    var own = controls(id);
    if (!rule || own.length === 0 || values.length === 0) return 0;
    if (own.some(function (one) { return one.type === "checkbox" || one.type === "radio" ? one.checked : one.value !== ""; })) return 0;
    return rule.values ? choose(rule, own, values) : write(rule, own[0], values);
  }
  function choose(rule, own, values) {
    var wanted = values.filter(function (value, at) { return rule.values.indexOf(value) >= 0 && values.indexOf(value) === at; });
    if (wanted.length === 0 || (rule.most && wanted.length > rule.most)) return 0;
    if (own[0].tagName === "SELECT") {
      own[0].value = wanted[0];
      changed(own[0]);
      return own[0].value === wanted[0] ? 1 : 0;
    }
    var chosen = own.filter(function (one) { return wanted.indexOf(one.value) >= 0; });
    chosen.forEach(function (one) { one.checked = true; changed(one); });
    return chosen.length;
  }
  function write(rule, field, values) {
    var found = values.length === 1 && field.type === "text" ? /^-?\d{1,12}(?:\.(\d{1,6}))?$/.exec(values[0]) : null;
    var number = Number(values[0]);
    if (!found || (found[1] || "").length > rule.decimals) return 0;
    if ((rule.least !== null && number < rule.least) || (rule.highest !== null && number > rule.highest)) return 0;
    field.value = values[0];
    changed(field);
    return 1;
  }

  function fill() {
    if (location.hash.indexOf("#fill=") !== 0) return;
    var text = location.hash.slice(6);
    history.replaceState(history.state, "", location.pathname + location.search);
    var taken = 0;
    var given = 0;
    if (/^[\w.:;,-]{1,4000}$/.test(text)) {
      text.split(";").forEach(function (one) {
        var parts = one.split(":");
        var values = parts.length === 2 && parts[1] !== "" ? parts[1].split(",") : [];
        given += values.length || 1;
        taken += take(parts[0], values);
      });
    }
    told.textContent = taken === 0 ? told.getAttribute("data-nothing") : told.getAttribute("data-taken").replace("{n}", taken);
    if (taken > 0 && given > taken) {
      told.appendChild(document.createElement("br"));
      told.appendChild(document.createTextNode(told.getAttribute("data-left").replace("{n}", given - taken)));
    }
    told.hidden = false;
    told.focus();
  }
  fill();
  window.addEventListener("hashchange", fill);
})();
