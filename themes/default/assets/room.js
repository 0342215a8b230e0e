// The room without this script: links reveal, the screen for joining loads itself again. With it: arrow keys, a quiet change, no waiting.
(function () {
  "use strict";
  var known = null;
  var moving = false;
  var stale = false;
  var pressed = [];

  function place() { return document.querySelector("[data-state]"); }

  // Fetches a page and sets its main part in place of this one's.
  function show(address, push) {
    // Somebody went back while a page was on its way: what the address says now is fetched after it.
    if (moving) { stale = true; return; }
    moving = true;
    var request = new XMLHttpRequest();
    request.open("GET", address);
    request.responseType = "document";
    request.onload = function () {
      moving = false;
      var fresh = request.response && request.response.getElementById("main");
      if (request.status !== 200 || !fresh) { location.assign(address); return; }
      var main = document.getElementById("main");
      var held = main.contains(document.activeElement) && document.activeElement.getAttribute("rel");
      fresh = document.importNode(fresh, true);
      if (push) fresh.classList.add("fresh");
      main.replaceWith(fresh);
      document.title = request.response.title;
      if (push) history.pushState(null, "", address);
      var same = held && fresh.querySelector("a[rel=" + held + "]");
      if (same) same.focus();
      if (stale) { stale = false; show(location.href, false); } else turn();
    };
    request.onerror = function () { moving = false; if (push) location.assign(address); };
    request.send();
  }

  function ask() {
    var here = place();
    if (!here) return;
    var request = new XMLHttpRequest();
    request.open("GET", here.getAttribute("data-state"));
    request.onload = function () {
      if (request.status === 200) {
        if (known !== null && known !== request.responseText) {
          if (here.getAttribute("data-then") === "tell") here.hidden = false;
          else show(location.href, false);
        }
        known = request.responseText;
      }
      later();
    };
    request.onerror = later;
    request.send();
  }

  function later() {
    var here = place();
    var seconds = here && here.getAttribute("data-then") === "tell" ? 4 : 1;
    // A phone in a pocket asks less often; a little chance keeps hundreds from asking together.
    setTimeout(ask, (document.hidden ? 4 : 1) * seconds * 1000 * (0.75 + Math.random() / 2));
  }

  document.addEventListener("keydown", function (event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    var way = { ArrowRight: "next", PageDown: "next", ArrowLeft: "prev", PageUp: "prev" }[event.key];
    if (!way || !document.querySelector(".room-foot")) return;
    event.preventDefault();
    pressed.push(way);
    turn();
  });
  // One step for every press, however fast they come.
  function turn() {
    if (moving || pressed.length === 0) return;
    var link = document.querySelector(".room-foot a[rel=" + pressed.shift() + "]");
    if (link) show(link.href, true); else turn();
  }
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest(".room-foot a[rel]");
    if (!link || event.button || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(link.href, true);
  });
  window.addEventListener("popstate", function () { if (place()) show(location.href, false); });
  ask();
})();
