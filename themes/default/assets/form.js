// Sends a form so that nothing is lost when the network drops: what could not be delivered stays in the page, is tried again with
// growing waits, and can be saved as a file. A second sending of the same sheet is harmless. Without this script a form is sent as ever.
(function () {
  "use strict";

  var KEPT = "shirube-undelivered ";
  var form = document.getElementById("sheet");
  var panel = document.getElementById("undelivered");
  // Only until the tab closes, and never for files: they all share one storage
  var storage = null;
  try { storage = /^https?:$/.test(location.protocol) ? sessionStorage : null; } catch (error) { storage = null; }
  function recall(name) { try { return storage && storage.getItem(name); } catch (error) { return null; } }
  function forget(name) { try { if (storage) storage.removeItem(name); } catch (error) { /* nothing was kept */ } }

  // A page for a code that was opened as a file can send nothing: it says so
  var words = document.getElementById("offline");
  if (form && words) form.addEventListener("submit", function (event) {
    if (location.protocol !== "file:" || /^https?:/.test(form.getAttribute("action"))) return;
    event.preventDefault();
    words.hidden = false;
    words.focus();
  });
  if (!form || !panel) {
    // The receipt: whatever waited has arrived
    if (document.querySelector(".plate")) Object.keys(storage || {}).forEach(function (name) { if (name.indexOf(KEPT) === 0) forget(name); });
    return;
  }

  var action = new URL(form.getAttribute("action"), location.href);
  if (!/^https?:$/.test(action.protocol) || form.hasAttribute("data-unserved")) {
    // Nobody takes this form in: the page that works by itself does
    if (form.hasAttribute("data-device")) location.replace(form.getAttribute("data-device"));
    return;
  }

  var same = action.origin === location.origin;
  var key = KEPT + action.href;
  var wish = null;
  var busy = false;
  var gone = false;
  var waits = 0;
  var timer = 0;

  function part(name) { return panel.querySelector('[data-part="' + name + '"]'); }
  function field(name) { var one = form.querySelector('input[name="' + name + '"]'); return one ? one.value : ""; }
  function body() {
    var sent = new URLSearchParams(new FormData(form));
    if (wish) sent.set("_go", wish.go);
    return sent;
  }
  function keep() {
    try { if (storage) storage.setItem(key, JSON.stringify({ sheet: field("_sheet"), url: wish.url, body: body().toString() })); } catch (error) { /* the page still has it */ }
  }

  // Names of questions can hide a form's own properties, so nothing is asked of the form itself.
  function go(to, fields) {
    gone = true;
    var own = document.createElement("form");
    own.method = "post";
    own.action = to;
    own.acceptCharset = "utf-8";
    own.hidden = true;
    fields.forEach(function (value, name) {
      var one = document.createElement("textarea");
      one.name = name;
      one.value = value;
      own.appendChild(one);
    });
    document.body.appendChild(own);
    HTMLFormElement.prototype.submit.call(own);
  }

  function ask(whole) {
    var stop = new AbortController();
    var late = setTimeout(function () { stop.abort(); }, whole ? 60000 : 8000);
    var asked = whole
      ? fetch(wish.url, { method: "POST", body: body(), credentials: "same-origin", signal: stop.signal })
      // Anything that comes back says that somebody is there
      : fetch(same ? document.querySelector('link[rel="icon"]').href : wish.url, { method: "HEAD", mode: same ? "same-origin" : "no-cors", cache: "no-store", signal: stop.signal });
    asked.then(function () { clearTimeout(late); }, function () { clearTimeout(late); });
    return asked;
  }

  function attempt() {
    if (busy || gone || !wish) return;
    busy = true;
    clearTimeout(timer);
    part("state").textContent = panel.dataset.trying;
    var whole = same && wish.go === "send";
    ask(whole).then(function (response) {
      busy = false;
      if (whole && response.redirected && response.ok) {
        gone = true;
        forget(key);
        location.assign(response.url);
        return;
      }
      // Page by page, and for whatever the server has to say, the browser shows what comes
      keep();
      go(wish.url, body());
    }, failed);
  }

  function failed() {
    busy = false;
    keep();
    if (panel.hidden) {
      panel.hidden = false;
      panel.focus();
    }
    waits += 1;
    // Half a room's phones must not come back in the same moment
    var left = Math.min(60, Math.pow(2, waits)) + Math.floor(Math.random() * 2);
    (function count() {
      part("state").textContent = panel.dataset.wait.replace("{n}", left);
      if (left <= 0) return attempt();
      left -= 1;
      timer = setTimeout(count, 1000);
      return undefined;
    })();
  }

  form.addEventListener("submit", function (event) {
    if (gone) return;
    event.preventDefault();
    var button = event.submitter;
    wish = { url: button && button.hasAttribute("formaction") ? button.formAction : action.href, go: button ? button.value : "next" };
    clearTimeout(timer);
    attempt();
  });
  window.addEventListener("online", function () { if (wish && !panel.hidden) attempt(); });
  part("now").addEventListener("click", attempt);
  window.addEventListener("beforeunload", function (event) {
    if (!wish || gone || panel.hidden) return;
    event.preventDefault();
    event.returnValue = "";
  });
  // A page that comes back out of the browser's memory can be sent again
  window.addEventListener("pageshow", function (event) { if (event.persisted) { gone = false; busy = false; } });

  // The last way: a file for whoever collects answers.
  if (form.hasAttribute("data-survey") && field("_sheet") !== "") {
    part("save").hidden = false;
    part("save").addEventListener("click", function () {
      var answers = {};
      body().forEach(function (value, name) {
        if (name.charAt(0) === "_" || value === "") return;
        (answers[name] = answers[name] || []).push(value);
      });
      var sheet = field("_sheet");
      var file = { format: "shirube-answer", version: 1, survey: form.dataset.survey, revision: Number(form.dataset.revision), sheet: sheet, answers: answers };
      var link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([JSON.stringify(file, null, 1) + "\n"], { type: "application/json" }));
      link.download = "shirube-" + form.dataset.survey + "-" + sheet.slice(0, 8) + ".json";
      link.click();
      setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
      part("saved").textContent = panel.dataset.saved.replace("{name}", link.download);
    });
  }

  // What an earlier page of this tab could not deliver: this page's own sheet has arrived, another one can still be sent.
  var before = document.getElementById("undelivered-before");
  var kept = null;
  try { kept = JSON.parse(recall(key)); } catch (error) { kept = null; }
  if (kept && kept.sheet === field("_sheet")) forget(key);
  else if (kept && before) {
    before.hidden = false;
    before.querySelector('[data-part="resume"]').addEventListener("click", function () { go(kept.url, new URLSearchParams(kept.body)); });
    before.querySelector('[data-part="drop"]').addEventListener("click", function () { forget(key); before.hidden = true; });
  }
})();
