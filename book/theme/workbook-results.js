// What a run said, as elements: tests, the first failure, the compiler's diagnostics, hints, and the diff to the solution.
workbook.results = (() => {
  "use strict";

  const { make } = workbook;
  const WORDS = { "passed": "passed", "failed": "failed", "timed-out": "took too long", "not-run": "not run", "running": "waiting" };
  const SIGNS = { "passed": "✓", "failed": "✗", "timed-out": "✗", "not-run": "–", "running": "…" };

  /** A name that may break where a word ends. */
  const broken = (name) => name.split(/(?<=::|[_/.-](?=\w))/).flatMap((piece) => [piece, make("wbr")]).slice(0, -1);

  const failing = new Set(); // the names of the tests that did not pass when they ran last
  /** In place: a screen reader or a selection in the list stays where it is. In a long list what passed steps back, and what failed
      stays in sight while it runs again. */
  function tests(list, all) {
    while (list.children.length > all.length) list.lastChild.remove();
    all.forEach((test, at) => {
      let row = list.children[at];
      if (!row) {
        row = make("li", {}, make("span", { "class": "mark", "aria-hidden": "true" }), make("code"), make("span", { "class": "word" }));
        list.append(row);
      }
      if (row.dataset.status !== test.status) {
        row.dataset.status = test.status;
        row.children[0].textContent = SIGNS[test.status] ?? "?";
        row.children[2].textContent = WORDS[test.status] ?? test.status;
      }
      if (test.status !== "running") failing[test.status === "passed" ? "delete" : "add"](test.name);
      row.toggleAttribute("data-quiet", !failing.has(test.name));
      if (row.children[1].textContent !== test.name) row.children[1].replaceChildren(...broken(test.name));
    });
  }

  function place(at) {
    if (!at) return "";
    const text = `${at.file}:${at.line}`;
    return at.link ? make("a", { href: at.link }, ...broken(text)) : text;
  }

  /** Scrolls, also from the keyboard. */
  function scroller(label, child) {
    return make("pre", { tabindex: "0", role: "group", "aria-label": label }, child);
  }

  function failure(failed) {
    const line = make("p", {}, make("strong", {}, "First failure: "), make("code", {}, ...broken(failed.name)), " ", place(failed.place));
    return [line, scroller("Message of the first failure", make("code", {}, failed.message))];
  }

  /** A test of an earlier chapter that failed, with a link to the chapter that taught its rule. */
  function kept(failed) {
    const { chapter } = failed;
    const link = chapter ? make("a", { href: workbook.address(chapter.page) }, `${chapter.number} ${chapter.title}`) : "an earlier chapter";
    const line = make("p", {}, make("code", {}, ...broken(failed.name)), " ", place(failed.place), " · taught by ", link);
    return make("li", {}, line, scroller(`Message of ${failed.name}`, make("code", {}, failed.message)));
  }

  function diagnostic(said) {
    const title = `${said.level}${said.code ? `[${said.code}]` : ""}: ${said.message}`;
    const code = make("code");
    code.innerHTML = said.html.trimEnd(); // escaped by the tool, with spans for the colours
    return make("li", { "data-level": said.level }, make("p", {}, make("strong", {}, title), " ", place(said.place)), scroller(title, code));
  }

  const key = ({ title, number }) => `${title} ${number}`;
  function hint(given) {
    const text = make("div", { "class": "hint-text" });
    text.innerHTML = given.html; // escaped by the tool
    const title = `${given.title}: ${given.stage} (${given.number} of ${given.of})`;
    return make("li", { tabindex: "-1", "data-hint": key(given) }, make("strong", {}, title), text);
  }

  function diff({ file, text }) {
    if (!text) return make("p", {}, make("code", {}, file), " is the same as in the solution.");
    const code = make("code");
    for (const line of text.replace(/\n$/, "").split("\n")) {
      const kind = { "+": "added", "-": "removed", "@": "place" }[line[0]];
      code.append(make("span", { "class": `line${kind ? ` ${kind}` : ""}` }, line + "\n"));
    }
    return make("details", { open: true }, make("summary", {}, make("code", {}, file)), scroller(`Diff of ${file}`, code));
  }

  /** The learner's own architecture; what breaks a rule also in words. */
  function modules({ html, violations }) {
    const figure = make("figure", { "class": "picture" });
    figure.innerHTML = html; // drawn by the tool
    return [figure, make("ul", {}, ...violations.map((broken) => make("li", {}, place(broken.place), " ", broken.message)))];
  }

  return { tests, failure, kept, diagnostic, key, hint, modules, diff };
})();
