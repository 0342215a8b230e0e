// What is wrong with a field of a worksheet, in a line of words below it, and how many cards are picked. What cannot be read, or lies
// outside its bounds, is marked and not thrown away.
(function () {
  "use strict";

  const { month } = window.shirubeSheet;
  const { fill } = window.shirubeResults;
  const plain = (value) => String(value).replace("-", "−");

  // What is wrong with a field; nothing where nothing is.
  function wrong(control, filled) {
    const say = filled.rules.say;
    if (control.value.trim() === "") return "";
    if (control.dataset.kind === "birth") return window.shirubePeople.birth(control.value) === null ? say.worksheet_not_birth : "";
    if (control.dataset.kind === "month") return month(control.value) === null ? say.worksheet_not_month : "";
    if (filled.number(control.name) !== null) return "";
    const [least, most] = filled.bounds(control.name);
    const words = least === null ? (most === null ? say.worksheet_not_number : say.worksheet_at_most) : most === null ? say.worksheet_at_least : say.worksheet_between;
    return fill(words, { least: plain(least), most: plain(most) });
  }
  function tell(control, words) {
    const id = control.id + "-off";
    const line = document.getElementById(id) || document.createElement("p");
    control.classList.toggle("off", words !== "");
    if (words === "") {
      line.remove();
      control.removeAttribute("aria-invalid");
      control.removeAttribute("aria-describedby");
      return;
    }
    line.id = id;
    line.className = "w-off";
    if (line.textContent !== words) line.textContent = words;
    if (!line.isConnected) control.after(line);
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", id);
  }
  // What is being typed may be right in a moment: it is marked once it rests, or is left.
  function fields(form, filled, typing) {
    form.querySelectorAll("[data-kind]").forEach((control) => {
      const words = wrong(control, filled);
      if (words === "" || control !== typing || control.classList.contains("off")) tell(control, words);
    });
  }
  // How many cards are picked. Too many are told of; which of them goes is for the person to say.
  function picked(filled) {
    document.querySelectorAll("[data-pick]").forEach((line) => {
      const { id, pick } = filled.part(line.dataset.pick);
      const n = filled.cards(id).filter((card) => filled.written(id + "." + card.id + ".own") !== undefined).length;
      const words = fill(n > pick ? filled.rules.say.worksheet_picked_over : filled.rules.say.worksheet_picked, { n, most: pick, over: n - pick });
      line.classList.toggle("fault", n > pick);
      if (line.textContent !== words) line.textContent = words;
    });
  }

  window.shirubeMarks = { fields, picked };
})();
