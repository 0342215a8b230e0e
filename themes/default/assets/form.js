// A form that was opened as a file cannot be sent: say so instead of losing what was typed. Nothing else needs this script.
(function () {
  var form = document.getElementById("sheet");
  var words = document.getElementById("offline");
  if (!form || !words) return;
  form.addEventListener("submit", function (event) {
    if (location.protocol !== "file:" || /^https?:/.test(form.getAttribute("action"))) return;
    event.preventDefault();
    words.hidden = false;
    words.focus();
  });
})();
