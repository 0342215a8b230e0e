// Fills in what a worksheet gave, from behind the «#» of the address, which no server sees. What stands there is anybody's: only what a
// worksheet of this site can give is taken, and only at a press, so that no link marks anybody's sheet. Nothing that is answered is
// changed, nothing is sent or kept.
(function () {
  "use strict";

  var told = document.getElementById("filled");
  if (!told) return;
  var known = JSON.parse(told.dataset.known);

  function has(object, name) { return Object.prototype.hasOwnProperty.call(object, name); }
  function controls(id) {
    return Array.prototype.filter.call(document.querySelectorAll("#sheet input, #sheet select"), function (one) { return one.name === id && one.type !== "hidden"; });
  }
  function changed(control) {
    ["input", "change"].forEach(function (name) { control.dispatchEvent(new Event(name, { bubbles: true })); });
  }

  function answered(own) {
    return own.some(function (one) { return one.type === "checkbox" || one.type === "radio" ? one.checked : one.value !== ""; });
  }
  // What of the values a question takes, with words and what puts it in: all of them, or none.
  function taken(id, values) {
    var rule = has(known, id) ? known[id] : null;
    var own = controls(id);
    if (!rule || own.length === 0 || values.length === 0 || answered(own)) return [];
    return rule.values ? chosen(rule, own, values) : written(rule, own[0], values);
  }
  function chosen(rule, own, values) {
    var wanted = values.filter(function (value, at) { return rule.values.indexOf(value) >= 0 && values.indexOf(value) === at; });
    if (wanted.length === 0 || (rule.most && wanted.length > rule.most)) return [];
    if (own[0].tagName === "SELECT") {
      var option = Array.prototype.filter.call(own[0].options, function (one) { return one.value === wanted[0]; })[0];
      return option ? [{ words: option.text, put: function () { own[0].value = option.value; changed(own[0]); } }] : [];
    }
    return own.filter(function (one) { return wanted.indexOf(one.value) >= 0; }).map(function (one) {
      return { words: one.labels.length > 0 ? one.labels[0].textContent.trim() : one.value, put: function () { one.checked = true; changed(one); } };
    });
  }
  function written(rule, field, values) {
    var found = values.length === 1 && field.type === "text" ? /^-?\d{1,12}(?:\.(\d{1,6}))?$/.exec(values[0]) : null;
    var number = Number(values[0]);
    if (!found || (found[1] || "").length > rule.decimals) return [];
    if ((rule.least !== null && number < rule.least) || (rule.highest !== null && number > rule.highest)) return [];
    return [{ words: values[0], put: function () { field.value = values[0]; changed(field); } }];
  }
  function asked(id) {
    var question = controls(id)[0].closest(".question");
    var words = question && question.querySelector("legend, .asks");
    return words ? words.textContent.trim().replace(/\s+/g, " ") : id;
  }

  function fill() {
    if (location.hash.indexOf("#fill=") !== 0) return;
    var text = location.hash.slice(6);
    // In the place of the entry, so that neither going back nor forward brings the values again
    history.replaceState(history.state, "", location.pathname + location.search);
    var given = 0;
    var offered = {};
    if (/^[\w.:;,-]{1,4000}$/.test(text)) {
      text.split(";").forEach(function (one) {
        var parts = one.split(":");
        var values = parts.length === 2 && parts[1] !== "" ? parts[1].split(",") : [];
        given += values.length || 1;
        if (has(offered, parts[0])) return;
        if (taken(parts[0], values).length > 0) offered[parts[0]] = values;
      });
    }
    if (Object.keys(offered).length > 0) offer(offered, given);
    else say([told.dataset.nothing]);
  }
  function make(name, text, within) {
    var made = document.createElement(name);
    made.textContent = text;
    within.appendChild(made);
    return made;
  }
  function say(lines) {
    told.replaceChildren();
    lines.forEach(function (line) { make("p", line, told); });
    told.hidden = false;
    told.focus();
  }
  // What would be filled in stands in words beside the button that does it
  function offer(offered, given) {
    say([told.dataset.offer]);
    var list = make("ul", "", told);
    Object.keys(offered).forEach(function (id) {
      var one = make("li", asked(id), list);
      make("b", taken(id, offered[id]).map(function (value) { return value.words; }).join(told.dataset.gap), one);
    });
    var buttons = make("div", "", told);
    buttons.className = "buttons";
    function button(name, kind, press) {
      var made = make("button", told.dataset[name], buttons);
      made.type = "button";
      made.id = "fill-" + name;
      made.className = kind;
      made.addEventListener("click", press);
    }
    button("put", "button primary", function () { put(offered, given); });
    button("leave", "button", function () { say([told.dataset.leftOut]); });
  }
  function put(offered, given) {
    var count = 0;
    Object.keys(offered).forEach(function (id) {
      taken(id, offered[id]).forEach(function (value) {
        value.put();
        count += 1;
      });
    });
    var lines = [count === 0 ? told.dataset.nothing : told.dataset.taken.replace("{n}", count)];
    if (count > 0 && given > count) lines.push(told.dataset.left.replace("{n}", given - count));
    say(lines);
  }
  fill();
  window.addEventListener("hashchange", fill);
})();
