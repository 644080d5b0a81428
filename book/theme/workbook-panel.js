// The panel below the heading `Exercise`: the exercise as it is now, and the buttons for it.
(() => {
  "use strict";

  const { make, mark, results } = workbook;

  const FEW = 12; // tests that are all shown

  let live = null; // the panel, once it is known whose page this is
  workbook.on("status", (status) => {
    const chapter = status.chapters.find(({ page }) => workbook.address(page) === workbook.here);
    const place = chapter && document.querySelector(`.workbook-exercise[data-exercise="${CSS.escape(chapter.id)}"]`);
    if (place) live ??= panel(place, chapter.id);
    live?.status(status, chapter);
  });

  const how = make("p", { role: "status" }, "Open the address that ", make("code", {}, "cargo workbook"), " printed in your terminal.");
  workbook.on("connection", (what) => {
    if (what !== "unknown") how.remove();
    else if (!how.isConnected) document.querySelector(".workbook-exercise, .panel")?.prepend(how);
  });

  // mdBook scrolls to the page's line in the sidebar, and a browser then begins to tab from there.
  function beginHere() {
    if (document.activeElement !== document.body || location.hash) return;
    const start = make("span", { tabindex: "-1" });
    document.body.prepend(start);
    start.focus({ preventScroll: true });
    start.remove();
  }

  function panel(place, id) {
    const part = (name, attributes, ...children) => make(name, { hidden: true, ...attributes }, ...children);
    const state = make("p", { "class": "panel-state" });
    const back = part("p", { "class": "panel-connection", role: "status" });
    const button = (name, action) => make("button", { type: "button", onclick: (event) => usable(event.target) && action() }, name);
    const buttons = {
      run: button("Run", () => act("run")),
      hint: button("Hint", hint),
      reset: button("Reset", () => question("Put the starter's files back? Your own are kept, and Undo brings them back.", "Reset now", () => act("reset"))),
      undo: button("Undo", () => act("undo")),
      solution: button("Show my diff to the solution", () => solution(false)),
    };
    const bar = make("div", { "class": "panel-buttons", role: "group", "aria-label": "Exercise" }, ...Object.values(buttons));
    const asked = part("div", { "class": "panel-ask", role: "group" });
    const message = make("p", { "class": "panel-message", role: "status" });
    const errors = part("ol", { "class": "panel-diagnostics", "aria-label": "Errors of the compiler" });
    const warnings = part("ol", { "class": "panel-diagnostics", "aria-label": "Warnings of the compiler" });
    const failed = part("div", { "class": "panel-failure" });
    const missing = part("p", { "class": "panel-missing" });
    const counted = make("summary");
    const list = make("ol");
    const every = button("", () => {
      tested.classList.toggle("all");
      showResults();
    });
    const tested = part("details", { "class": "panel-tests", open: true }, counted, list, every);
    const [keptCount, keptFailed] = [make("summary"), make("ol")];
    const kept = part("details", { "class": "panel-kept" }, keptCount, keptFailed);
    const [hintCount, hints] = [make("summary"), make("ol", { "class": "panel-hints", "aria-label": "Hints" })];
    const hinted = part("details", { open: true }, hintCount, hints);
    const [layers, picture] = [make("summary"), make("div")];
    const old = part("p", {}, "It is older than your code, which does not parse now.");
    const modules = part("details", { "class": "panel-modules", open: true }, layers, picture, old);
    const diffs = part("div", { "class": "panel-diff", tabindex: "-1", role: "region", "aria-label": "My diff to the solution" });
    const files = make("p", { "class": "panel-files" });
    const announced = make("p", { "class": "only-heard", role: "status" });
    const box = make("section", { "class": "panel", id: "workbook-panel", tabindex: "-1", "aria-label": "Your exercise, live" },
      state, bar, asked, message, errors, failed, missing, hinted, diffs, tested, kept, warnings, modules, files, back, announced);
    place.replaceWith(box);

    // In sight wherever one reads, and the first stop from the keyboard.
    const jump = make("a", { "class": "panel-jump", href: "#workbook-panel" });
    document.body.prepend(jump);
    beginHere();

    let about = null; // the chapter, as the tool said last
    let shown = ""; // its state when it was shown last
    let run = null; // the newest run of this chapter
    let after = null; // the chapter to work on, where that is another
    let lost = ""; // "lost" or "unknown", while the page is not connected
    let clock = 0;
    let fresh = Promise.resolve(); // one look at the chapter after the other
    let asking = false; // this tab asks for a hint
    const running = () => run && (run.phase === "building" || run.phase === "testing");
    const chapterDone = () => run.total > 0 && !run.tests.some(({ status }) => status === "running");
    const usable = (pressed) => pressed.getAttribute("aria-disabled") !== "true";

    function show() {
      const now = lost ? "stopped" : running() ? "running" : about.state;
      let text = about.text;
      if (lost) text = lost === "lost" ? "The tool has stopped" : "Not connected";
      else if (run?.phase === "building" && now === "running") text = "Building …";
      else if (now === "running" && chapterDone()) text = `${run.passed} of ${workbook.tests(run.total)} pass. Now those of earlier chapters …`;
      else if (now === "running") text = `Testing: ${run.passed} of ${workbook.tests(run.total)} passed so far`;
      box.dataset.state = now;
      if (shown !== about.state) hinted.open = about.state !== "green";
      shown = about.state;
      const parts = [mark(now), make("strong", {}, text)];
      const time = !lost && run && run.phase !== "stopped" ? ` · ${(run.elapsed_ms / 1000).toFixed(1)} s` : "";
      parts.push(make("span", { "class": "panel-time" }, `${time} · about ${about.minutes} minutes`));
      if (after && about.state === "green" && !running()) {
        parts.push(" · ", make("a", { href: workbook.address(after.page) }, `Go on: ${after.number} ${after.title}`));
      }
      state.replaceChildren(...parts);
      const [passed, total] = running() ? [run.passed, run.total] : [about.passed, about.total];
      const short = lost || !total || about.state === "does-not-compile" ? "" : ` ${passed}/${total}`;
      jump.replaceChildren(mark(now), "Exercise", make("span", { "aria-hidden": "true" }, short), make("span", { "class": "only-heard" }, `: ${text}`));
      jump.dataset.state = now;
      showResults();
      for (const [name, pressed] of Object.entries(buttons)) {
        pressed.setAttribute("aria-disabled", !!lost || (name === "undo" && about.can_undo === false));
      }
      buttons.solution.classList.toggle("quiet", about.state !== "green" && !about.solution_shown);
    }

    function showResults() {
      const as = (names, status) => names.map((name) => ({ name, status }));
      const known = run?.tests.length ? run.tests : [...as(about.failing.filter((name) => !about.kept.failing.includes(name)), "failed"), ...as(about.not_run, "not-run")];
      tested.hidden = known.length === 0;
      const { passed: keptPassed, total: keptTotal } = run?.kept ?? about.kept;
      const [passed, total] = run?.tests.length ? [run.passed, run.total] : [about.passed - about.kept.passed, about.total - about.kept.total];
      kept.hidden = !keptTotal;
      set(keptCount, `Kept, of earlier chapters: ${keptPassed} of ${keptTotal}`);
      const broke = run?.kept?.failures ?? [];
      if (fill(keptFailed, broke.length ? broke : null, (all) => all.map(results.kept))) kept.open = broke.length > 0;
      set(counted, `Tests: ${passed} of ${total} passed`);
      results.tests(list, known);
      every.hidden = known.length <= FEW;
      tested.classList.toggle("long", !every.hidden);
      set(every, tested.classList.contains("all") ? "Show only what did not pass" : `Show all ${workbook.tests(known.length)}`);
      fill(failed, run?.failure, (failure) => results.failure(failure));
      fill(missing, (run ?? about).missing, (why) => [`Not run: ${why}`]);
      for (const [element, isError] of [[errors, true], [warnings, false]]) {
        const said = (run?.diagnostics ?? []).filter(({ level }) => (level === "error") === isError);
        fill(element, said.length ? said : null, () => said.map(results.diagnostic));
      }
    }

    // Only what changed is touched: whoever reads or selects in it keeps the place.
    function fill(element, data, draw) {
      const text = JSON.stringify(data ?? null);
      if (element.drawn === text) return false;
      element.drawn = text;
      element.hidden = !data;
      element.replaceChildren(...(data ? draw(data) : []));
      return true;
    }
    function set(element, text) {
      if (element.textContent !== text) element.textContent = text;
    }

    // The tool sends the time with each event; between two of them it goes on here.
    function tick() {
      clearInterval(clock);
      if (!running()) return;
      const since = performance.now() - run.elapsed_ms;
      clock = setInterval(() => {
        run.elapsed_ms = performance.now() - since;
        show();
      }, 500);
    }

    workbook.on("run", (next) => {
      if (next.id !== id) return;
      const text = JSON.stringify(next);
      const isNew = run && box.lastRun !== text;
      box.lastRun = text;
      run = next;
      // What was there when the page was opened is no news.
      if (isNew && next.phase === "done") announce(next);
      // A save changes the picture of the modules also where it changes no result.
      if (isNew && next.outcome) refresh();
      if (about) show();
      tick();
    });

    // A text that is the same again would not be read out.
    const say = (text) => announced.replaceChildren(make("span", {}, text));

    function announce(done) {
      const broke = done.kept?.failures[0];
      const counts = `${done.passed} of ${workbook.tests(done.total)} pass.${done.kept ? ` Kept: ${done.kept.passed} of ${done.kept.total}.` : ""}`;
      const text = {
        "green": `Green. ${done.first_green ? "For the first time. " : ""}${counts}`,
        "red": `Red. ${counts}${done.failure ?? broke ? ` First failure: ${(done.failure ?? broke).name}` : ""}`,
        "not-run": `Not run. ${counts} ${done.missing}`,
        "does-not-compile": `Does not compile. ${done.diagnostics?.[0]?.message ?? ""}`,
      }[done.outcome] ?? "";
      say(text);
      message.textContent = done.first_green ? "Green for the first time. Well done!" : "";
    }

    workbook.on("connection", (what) => {
      lost = what === "back" ? "" : what;
      back.hidden = lost === "unknown";
      if (lost) back.replaceChildren("Start it again with ", make("code", {}, "cargo workbook"), "; this page then reconnects.");
      else set(back, "Connected again: the tool is running.");
      if (lost) clearInterval(clock);
      if (about) show();
    });

    const refresh = () => (fresh = fresh.then(load));
    async function load() {
      const known = await workbook.chapter(id);
      if (!known) return;
      if (about.hints && known.hints.length > about.hints.length && !asking) say("There is one more hint.");
      about = { ...about, ...known };
      showHints(known.hints);
      showModules(known.architecture);
      const links = known.edit.flatMap(({ file, link }) => [", ", make("a", { href: link }, file)]);
      fill(files, [known.edit, known.command], () => ["Edit ", ...links.slice(1), ". Without the tool: ", make("code", {}, known.command)]);
      show();
    }
    workbook.on("acted", (other) => other === id && refresh());

    async function act(action, more) {
      message.textContent = "";
      const answer = await workbook.act(action, { id, ...more });
      if (answer.message && !answer.needs_show_me) message.textContent = answer.message;
      if (answer.ok && action !== "run") await refresh();
      return answer;
    }

    async function hint() {
      asking = true;
      const { hint: taken } = await act("hint");
      asking = false;
      hinted.open = true;
      if (taken) [...hints.children].find((one) => one.dataset.hint === results.key(taken))?.focus();
    }

    // Those in sight stay as they are, whoever reads one keeps the place.
    function showHints(all) {
      all.forEach((one, at) => {
        const there = hints.children[at];
        if (there?.dataset.hint !== results.key(one)) hints.insertBefore(results.hint(one), there ?? null);
      });
      while (hints.children.length > all.length) hints.lastChild.remove();
      set(hintCount, `Hints taken: ${all.length}`);
      hinted.hidden = !all.length;
    }

    // `drawn` is null where there are no layers. While the code does not parse, the last picture stays.
    function showModules(drawn) {
      old.hidden = !drawn?.message;
      if (drawn?.message) return;
      fill(picture, drawn, results.modules);
      set(layers, `My modules: ${drawn?.violations.length ? "not all dependencies point inward" : "dependencies point inward"}`);
      modules.hidden = !drawn;
    }

    async function solution(show_me) {
      const answer = await act("solution", { show_me });
      if (answer.needs_show_me) return question(answer.message, "Show me", () => solution(true));
      if (!answer.diffs) return;
      const close = make("button", { type: "button", onclick: () => { diffs.hidden = true; buttons.solution.focus(); } }, "Close the diff");
      diffs.replaceChildren(make("p", {}, "Lines with - are yours, those with + the solution's."), ...answer.diffs.map(results.diff), close);
      diffs.hidden = false;
      diffs.focus();
    }

    // In the page: a window of the browser's would stop it.
    function question(text, yes, action) {
      const before = document.activeElement;
      const leave = () => {
        asked.hidden = true;
        before?.focus();
      };
      const sure = make("button", { type: "button", onclick: () => { leave(); action(); } }, yes);
      const no = make("button", { type: "button", onclick: leave }, "No");
      asked.setAttribute("aria-label", text);
      asked.replaceChildren(make("p", {}, text), sure, no);
      asked.onkeydown = (event) => event.key === "Escape" && leave();
      asked.hidden = false;
      sure.focus();
    }

    return {
      status(status, chapter) {
        if (chapter) about = { ...about, ...chapter };
        const current = status.chapters.find((candidate) => candidate.id === status.current);
        after = current && current.id !== id ? current : null;
        show();
        refresh();
      },
    };
  }
})();
