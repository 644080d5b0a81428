// The sidebar: a tick for each chapter, how far the book and each part are, and the way back to where one was.
(() => {
  "use strict";

  const { make, mark } = workbook;
  const KEPT = "workbook-place"; // in localStorage: the chapter's page that was read last, and how far

  const chapterOfSidebar = document.querySelector("#mdbook-sidebar ol.chapter");
  if (!chapterOfSidebar) return;

  const bars = new Map(); // by the element that they stand behind
  const ticks = new Map(); // by the chapter's id
  const whole = make("div", { "class": "book-progress" });
  const goOn = make("a", { "class": "go-on", hidden: true });
  chapterOfSidebar.before(whole);
  const before = kept();
  let reading = null; // this page's chapter

  function kept() {
    try {
      return JSON.parse(localStorage.getItem(KEPT));
    } catch {
      return null;
    }
  }

  // mdBook takes the links of a hidden sidebar out of the tab order, but only those that it knows.
  const sidebar = document.getElementById("mdbook-sidebar");
  const follow = () => goOn.setAttribute("tabindex", sidebar.getAttribute("aria-hidden") === "true" ? "-1" : "0");
  new MutationObserver(follow).observe(sidebar, { attributeFilter: ["aria-hidden"] });
  follow();

  function bar(key, label) {
    if (!bars.has(key)) {
      const made = { line: make("progress", { "aria-label": label }), text: make("span"), box: make("div", { "class": "progress" }) };
      made.box.append(made.line, made.text);
      bars.set(key, made);
    }
    return bars.get(key);
  }

  function fill({ line, text }, chapters) {
    const green = chapters.filter(({ state }) => state === "green").length;
    line.max = chapters.length;
    line.value = green;
    text.textContent = `${green} of ${chapters.length} green`;
  }

  workbook.on("status", (status) => {
    const byPath = new Map(status.chapters.map((chapter) => [workbook.address(chapter.page), chapter]));
    reading = byPath.get(workbook.here) ?? null;
    const parts = []; // [heading, its chapters]
    for (const item of chapterOfSidebar.querySelectorAll(".part-title, a")) {
      if (item.matches(".part-title")) {
        parts.push([item, []]);
        continue;
      }
      // A chapter's headings are links too.
      const chapter = item.hash ? null : byPath.get(decodeURIComponent(item.pathname));
      if (!chapter) continue;
      parts.at(-1)?.[1].push(chapter);
      tick(item, chapter);
    }
    for (const [heading, chapters] of parts.filter(([, chapters]) => chapters.length)) {
      const made = bar(heading, heading.firstChild.textContent);
      if (!made.box.isConnected) heading.append(made.box);
      fill(made, chapters);
    }
    const made = bar(whole, "The whole book");
    if (!made.box.isConnected) whole.append(made.box, goOn);
    fill(made, status.chapters);
    wayBack(status, byPath);
  });

  function tick(link, chapter) {
    const { text } = chapter;
    const old = ticks.get(chapter.id);
    if (old?.text === text) return;
    const element = make("span", { "class": "tick", title: text }, mark(chapter.state), make("span", { "class": "only-heard" }, ` (${text})`));
    if (old) old.element.replaceWith(element);
    else link.append("\u00a0", element);
    ticks.set(chapter.id, { text, element });
  }

  function wayBack(status, byPath) {
    const was = before && byPath.get(before.path);
    const current = status.chapters.find(({ id }) => id === status.current);
    const chapter = was ?? current;
    goOn.hidden = !chapter || chapter === reading;
    if (goOn.hidden) return;
    goOn.href = workbook.address(chapter.page) + (was && before.heading ? "#" + before.heading : "");
    goOn.textContent = `${was ? "Continue where I was" : "Continue with"}: ${chapter.number} ${chapter.title}`;
  }

  addEventListener("pagehide", () => {
    if (!reading) return;
    const headings = [...document.querySelectorAll("main :is(h2, h3)[id]")];
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 2);
    try {
      localStorage.setItem(KEPT, JSON.stringify({ path: workbook.here, heading: passed.at(-1)?.id ?? "" }));
    } catch {
      // The browser keeps nothing for this page.
    }
  });
})();
