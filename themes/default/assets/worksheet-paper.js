// A worksheet on paper: beside each field stands what was written in it, whole, for paper cuts off what does not fit a
// field. All that matters on one page is made by worksheet-one.js.
(function () {
  "use strict";

  const node = (id) => document.getElementById(id);
  const page = node("worksheet");
  const form = node("sheet");
  const { make } = window.shirubeMake;

  const said = (field) => (field.tagName === "SELECT" ? (field.value === "" ? "" : field.selectedOptions[0].label) : field.value.trim());
  const twins = Array.from(form.querySelectorAll(".field"), (field) => {
    const twin = make("span", "w-twin");
    twin.setAttribute("aria-hidden", "true");
    field.after(twin);
    return [field, twin];
  });
  const given = (control) => (control.type === "checkbox" || control.type === "radio" ? control.checked : control.value !== "");
  function write() {
    twins.forEach(([field, twin]) => { if (twin.textContent !== said(field)) twin.textContent = said(field); });
    // Of the rows of a list that nothing is written in, one is left to go on by hand
    form.querySelectorAll(".w-rows").forEach((list) => {
      let spare = 0;
      Array.from(list.children).forEach((row) => {
        const empty = !Array.from(row.querySelectorAll("[name]")).some(given);
        row.classList.toggle("w-spare", empty && (row.querySelector(".w-line") !== null || (spare += 1) > 1));
      });
    });
  }
  form.addEventListener("input", write);
  page.addEventListener("shown", write);
  window.addEventListener("beforeprint", write);

  // What is made when it is asked for comes when it is asked for
  const base = document.currentScript.src.replace(/worksheet-paper\.js.*$/, "");
  let coming = null;
  const arrives = (one) => new Promise((done, failed) => {
    one.addEventListener("load", done);
    one.addEventListener("error", failed);
    document.head.append(one);
  });
  function bring() {
    const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: base + "worksheet-one.css" });
    const script = Object.assign(document.createElement("script"), { src: base + "worksheet-one.js" });
    return Promise.all([arrives(style), arrives(script)]);
  }
  node("print-one").addEventListener("click", () => {
    coming = coming || bring();
    coming.then(() => {
      window.shirubeOnePage({ said });
      document.documentElement.classList.add("print-one");
      window.print();
    }, () => { coming = null; });
  });
  window.addEventListener("afterprint", () => document.documentElement.classList.remove("print-one"));

  write();
})();
