// Mends in mdBook's own page what keeps a keyboard or a screen reader out, by attributes only.
(() => {
  "use strict";

  // The button for the sidebar is a label, which no keyboard reaches, and may not say that it is expanded.
  const toggle = document.getElementById("mdbook-sidebar-toggle");
  toggle?.setAttribute("role", "button");
  toggle?.setAttribute("tabindex", "0");
  toggle?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    toggle.click();
  });

  // A hidden checkbox carries the sidebar's state.
  document.getElementById("mdbook-sidebar-toggle-anchor")?.setAttribute("aria-hidden", "true");

  // The bar is the page's head.
  document.getElementById("mdbook-menu-bar")?.setAttribute("role", "banner");

  // Two ways to the next page, one for wide windows and one for narrow ones: each has a name of its own.
  document.querySelector(".nav-wide-wrapper")?.setAttribute("aria-label", "Previous and next page");

  // What scrolls sideways can be reached and scrolled from the keyboard.
  const SCROLLERS = "main pre > code, main .table-wrapper, main .picture";
  function reach() {
    for (const box of document.querySelectorAll(SCROLLERS)) {
      const scrolls = box.scrollWidth > box.clientWidth;
      if (scrolls === box.hasAttribute("data-scrolls")) continue;
      box.toggleAttribute("data-scrolls", scrolls);
      if (scrolls) {
        box.setAttribute("tabindex", "0");
        box.setAttribute("role", "group");
        box.setAttribute("aria-label", box.matches("code") ? "Code" : box.matches(".picture") ? "Picture" : "Table");
      } else {
        for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
      }
    }
  }
  let waiting = 0;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(reach, 150);
  });
  addEventListener("load", reach);
  document.addEventListener("toggle", reach, true); // a fold was opened
  reach();

  // To mdBook the arrows mean another page, and letters its search, also in the middle of an answer or of a long line.
  document.addEventListener("keydown", (event) => {
    const inside = event.target.closest?.("main :is(input, button, [data-scrolls], pre[tabindex])");
    if (inside && (event.key.startsWith("Arrow") || inside.matches("input"))) event.stopImmediatePropagation();
  }, true);
})();
