// Asking for a talk: takes over the theme that was chosen before (from the part of the address that is never sent), and makes a sheet
// to hand in where the page was opened from a folder and nobody could receive it.
(function () {
  "use strict";
  var form = document.getElementById("sheet");
  function node(id) { return document.getElementById(id); }
  var theme = /[#&]theme=([a-z0-9_]+)/.exec(location.hash);
  if (theme && !node("theme").value && Array.from(node("theme").options).some(function (one) { return one.value === theme[1]; })) node("theme").value = theme[1];
  if (location.protocol !== "file:" || /^https?:/.test(form.getAttribute("action"))) return;
  node("folder").hidden = false;
  node("send").hidden = true;
  node("print").hidden = false;
  node("save").hidden = false;
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  node("print").addEventListener("click", function () { window.print(); });
  node("save").addEventListener("click", function () {
    var lines = [form.getAttribute("data-person"), ""];
    Array.from(form.elements).forEach(function (one) {
      if (!one.name || one.type === "hidden" || one.tagName === "BUTTON" || !one.value) return;
      var label = form.querySelector('label[for="' + one.id + '"]').textContent.trim();
      lines.push(label + ": " + (one.tagName === "SELECT" ? one.options[one.selectedIndex].textContent : one.value));
    });
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff" + lines.join("\r\n") + "\r\n"], { type: "text/plain" }));
    link.download = "nomination.txt";
    document.body.appendChild(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  });
})();
