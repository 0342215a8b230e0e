// Shows fewer people of a directory. Without this script the directory goes by themes.
(function () {
  "use strict";
  var form = document.getElementById("filters");
  var count = document.getElementById("count");
  function open() {
    var theme = location.hash && document.getElementById(location.hash.slice(1));
    var details = theme && theme.querySelector("details");
    if (details) details.open = true;
  }
  open();
  window.addEventListener("hashchange", open);
  if (!form) return;
  form.hidden = false;
  var choices = Array.from(form.querySelectorAll("select"));
  var rows = Array.from(document.querySelectorAll("#people > li")).map(function (row) { return { row: row, keys: row.getAttribute("data-keys").split(" ") }; });
  function show() {
    var wanted = choices.filter(function (one) { return one.value; }).map(function (one) { return one.name + ":" + one.value; });
    var seen = 0;
    rows.forEach(function (one) {
      var fits = wanted.every(function (key) { return one.keys.indexOf(key) >= 0; });
      one.row.hidden = !fits;
      if (fits) seen += 1;
    });
    var text = wanted.length === 0 ? "data-all" : seen === 0 ? "data-none" : "data-some";
    count.textContent = count.getAttribute(text).replace("{n}", String(seen)).replace("{all}", String(rows.length));
  }
  form.addEventListener("change", show);
  document.getElementById("all").addEventListener("click", function () {
    choices.forEach(function (one) { one.value = ""; });
    show();
  });
  show();
})();
