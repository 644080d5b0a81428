// The served book's line to the tool: what the tool tells while a page is open, and what a page asks of it. The other workbook-*.js
// show it. A static build has none of these files.
const workbook = (() => {
  "use strict";

  const RETRY_AFTER = 1500; // milliseconds
  const AWAY = "workbook-away"; // in sessionStorage: this tab was not connected when it last knew

  // `status` (of all chapters), `run` (of one), `connection` ("lost", "unknown", "back"), `acted` (another tab; the chapter's id).
  const events = new EventTarget();
  const tell = (name, detail) => events.dispatchEvent(new CustomEvent(name, { detail }));
  const on = (name, listener) => events.addEventListener(name, (event) => listener(event.detail));

  const tabs = new BroadcastChannel("workbook");
  tabs.addEventListener("message", (event) => tell("acted", event.data));

  let seen = ""; // the id of the last event, so that the tool knows what this page missed
  let source = null;
  let retry = 0;
  let asking = false; // it is being asked whether the tool answers
  let pledge = ""; // by which this page knows the tool again
  let lost = Boolean(away());

  function away(value) {
    try {
      return value === undefined ? sessionStorage.getItem(AWAY) : sessionStorage.setItem(AWAY, value);
    } catch {
      return ""; // the browser keeps nothing for this page
    }
  }

  async function connect() {
    clearTimeout(retry);
    if (source || asking || document.hidden) return;
    asking = true;
    const wrong = await greet().catch(() => "lost");
    asking = false;
    if (document.hidden) return;
    if (wrong) return miss(wrong);
    source = new EventSource("/api/events?seen=" + encodeURIComponent(seen));
    source.addEventListener("reload", () => location.reload());
    for (const name of ["status", "run"]) {
      source.addEventListener(name, (event) => {
        seen = event.lastEventId || seen;
        tell(name, JSON.parse(event.data));
        if (lost && name === "status") {
          lost = false;
          away("");
          tell("connection", "back");
        }
      });
    }
    // A browser may give up for good by itself, so the page tries again on its own.
    source.addEventListener("error", () => {
      disconnect();
      miss("lost");
    });
  }

  // What is wrong: nothing, or the tool does not answer ("lost"), or it does not know this browser ("unknown"). While the tool is not
  // running, somebody else may listen at its port. So whoever answers proves first to be the tool, and gets the cookie only then.
  async function greet() {
    if (pledge && crypto.subtle) {
      const word = crypto.randomUUID();
      const { proof } = await ask(`/api/alive?word=${word}`, { credentials: "omit" });
      const ours = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${pledge} ${word}`));
      if (proof !== btoa(String.fromCharCode(...new Uint8Array(ours)))) return "unknown";
    }
    const session = await ask("/api/session");
    if (session.status === 401) return "unknown";
    pledge = session.pledge;
  }

  function miss(what) {
    away("yes");
    lost = true;
    tell("connection", what);
    retry = setTimeout(connect, RETRY_AFTER);
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

  async function ask(path, options) {
    const answer = await fetch(path, { cache: "no-store", ...options });
    const said = await answer.json().catch(() => ({ message: `The tool answered ${answer.status}.` }));
    return { ok: answer.ok, status: answer.status, ...said };
  }

  /** Asks the tool to do something with a chapter. Always returns an answer: `ok`, and `message` where there is something to say. */
  async function act(action, body) {
    try {
      const answer = await ask(`/api/${action}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
      if (answer.ok) tabs.postMessage(body.id);
      return answer;
    } catch {
      return { ok: false, message: "The tool does not answer. Start it again with: cargo workbook" };
    }
  }

  /** What a page shows of one chapter, or null. */
  async function chapter(id) {
    const answer = await ask(`/api/chapter/${encodeURIComponent(id)}`).catch(() => null);
    return answer?.ok ? answer : null;
  }

  /** An element. Text goes in as text and never as markup. */
  function make(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else if (value === true) made.setAttribute(key, "");
      else if (value !== false && value != null) made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  }

  const MARKS = { "red": "✗", "does-not-compile": "✗", "green": "✓", "green-older-tests": "↻", "running": "…", "not-run": "–" };
  /** The sign of a state; the words beside it say the same. */
  const mark = (state) => make("span", { "class": "mark", "data-state": state, "aria-hidden": "true" }, MARKS[state] ?? "○");
  const tests = (count) => `${count} test${count === 1 ? "" : "s"}`;

  const address = (page) => "/" + page.replace(/\.md$/, ".html");
  const here = decodeURIComponent(location.pathname);

  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", follow);
  // The scripts after this one have begun to listen by then.
  addEventListener("DOMContentLoaded", connect);

  return { on, act, chapter, make, mark, tests, address, here };
})();
