// The search, once it is wanted: its scripts weigh as much as a page, and the tool's build lets them wait in a template. Where mdBook
// itself built the page they are there already.
(() => {
  "use strict";

  const waiting = document.getElementById("workbook-search");
  const button = document.getElementById("mdbook-search-toggle");
  if (!waiting || !button) return;

  const load = (src) => new Promise((loaded, failed) => {
    const script = Object.assign(document.createElement("script"), { src, onload: loaded, onerror: failed });
    document.body.append(script);
  });

  let ready = null; // a promise of the search
  function search() {
    // One after the other, as they need each other.
    const scripts = [...waiting.content.querySelectorAll("script")].map((script) => script.getAttribute("src"));
    ready ??= scripts.reduce((before, src) => before.then(() => load(src)), Promise.resolve()).then(() => {
      button.removeEventListener("click", open);
      document.removeEventListener("keydown", key);
    });
    ready.catch(() => { ready = null; }); // the next try loads again
    return ready;
  }

  const open = () => search().then(() => button.click(), () => {});
  // As mdBook's own.
  function key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !["s", "/"].includes(event.key)) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    open();
  }

  button.addEventListener("click", open);
  document.addEventListener("keydown", key);
  // Who comes from a search sees what was searched.
  if (/[?&](search|highlight)=/.test(location.search)) search().catch(() => {});
})();
