// The served book's connection to the tool: reloads the page when there is a newer one, and says how this chapter's exercise
// stands. A static build does not have this file.
(() => {
    "use strict";

    const RETRY_AFTER = 1500; // milliseconds
    const STATES = {
        "not-started": () => "not started",
        "red": (chapter) => `red: ${chapter.passed} of ${chapter.total} tests pass`,
        "does-not-compile": () => "does not compile",
        "green": () => "green",
        "green-older-tests": () => "green against older tests: run it again",
    };

    const page = decodeURIComponent(location.pathname).replace(/^\//, "").replace(/\.html$/, ".md");
    const line = document.createElement("div");
    line.className = "workbook-status";
    line.setAttribute("role", "status");
    line.hidden = true;

    let shown = "";
    let latest = null; // the state that the tool sent last
    let seen = ""; // the id of the last event, so that the tool knows what this page missed
    let source = null;
    let retry = 0;

    // Screen readers read what changes in the line; what has not changed stays in place.
    function show(state, ...parts) {
        const text = state + parts.map((part) => part.textContent ?? part).join("");
        if (text === shown) return;
        shown = text;
        line.dataset.state = state;
        line.replaceChildren(...parts);
        line.hidden = parts.length === 0;
    }

    function element(name, text, attributes = {}) {
        const made = Object.assign(document.createElement(name), attributes);
        made.textContent = text;
        return made;
    }

    function showChapter() {
        const chapters = latest?.chapters ?? [];
        const chapter = chapters.find((candidate) => candidate.page === page);
        if (!chapter) return show("");
        const state = (STATES[chapter.state] ?? (() => chapter.state))(chapter);
        const parts = [`${chapter.number} ${chapter.title} · ${state} · about ${chapter.minutes} minutes · `, element("code", chapter.command)];
        const next = chapters.find((candidate) => candidate.id === latest.current);
        if (chapter.state === "green" && next && next !== chapter && next.page) {
            const href = "/" + next.page.replace(/\.md$/, ".html");
            parts.push(" · next: ", element("a", `${next.number} ${next.title}`, { href }));
        }
        show(chapter.state, ...parts);
    }

    function connect() {
        clearTimeout(retry);
        if (source || document.hidden) return;
        source = new EventSource("/api/events?seen=" + encodeURIComponent(seen));
        source.addEventListener("reload", () => location.reload());
        source.addEventListener("status", (event) => {
            seen = event.lastEventId;
            latest = JSON.parse(event.data);
            showChapter();
        });
        // A browser may give up for good by itself, so the page tries again on its own.
        source.addEventListener("error", () => {
            disconnect();
            show("stopped", "The tool has stopped. Start it again with ", element("code", "cargo workbook"), "; this page then reconnects by itself.");
            retry = setTimeout(connect, RETRY_AFTER);
        });
    }

    function disconnect() {
        source?.close();
        source = null;
    }

    // A browser opens only six connections to one server: a page that nobody sees leaves its own to others.
    function follow() {
        if (document.hidden) {
            clearTimeout(retry);
            disconnect();
        } else {
            connect();
        }
    }

    document.querySelector("main")?.prepend(line);
    document.addEventListener("visibilitychange", follow);
    addEventListener("pagehide", disconnect);
    addEventListener("pageshow", follow);
    connect();
})();
