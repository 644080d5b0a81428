// The browser, and what every test wants of a page.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fs from "node:fs/promises";
import path from "node:path";
import { chromium } from "playwright-core";
import { link } from "./workbook.js";

const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
const SCREENSHOTS = path.resolve(import.meta.dirname, "../screenshots");

/** Every page that the summary names. */
export const PAGES = [...readFileSync(new URL("../../../book/SUMMARY.md", import.meta.url), "utf8").matchAll(/\]\((.+)\.md\)/g)]
  .map((link) => link[1]);

export async function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium", args: FLAGS });
}

/** A page that notes what it asked for, and what went wrong in it. Unless it is a `stranger`, its browser is connected to the tool. */
export async function open(browser, address, { stranger = false, ...options } = {}) {
  const context = options.context ?? await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const seen = { requests: [], mistakes: [] };
  page.on("request", (request) => seen.requests.push(request.url()));
  page.on("pageerror", (error) => seen.mistakes.push(String(error)));
  page.on("console", (message) => {
    // An answer that refuses is for the page to show; the browser notes it as well.
    const refused = message.text().startsWith("Failed to load resource");
    if (["error", "warning"].includes(message.type()) && !refused) seen.mistakes.push(message.text());
  });
  await page.goto(stranger ? address : link(address));
  return { page, context, seen };
}

/** Nothing went wrong in the page, and nothing was asked of another host. */
export function assertClean(seen, address) {
  assert.deepEqual(seen.mistakes, []);
  assert.deepEqual(seen.requests.filter((url) => !url.startsWith(address) && !url.startsWith("data:")), []);
}

export async function screenshot(page, name) {
  await fs.mkdir(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`) });
}

// KB of a thousand bytes, nothing compressed.
const MOST_OF_A_PAGE = 300_000;
const MOST_OF_OUR_SCRIPTS = 30_000;

/** What a page loads when it is opened for the first time is light enough: without the index of the search, and without what flows on. */
export async function assertLight(browser, address) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const weighed = [];
  page.on("response", (response) => {
    const redirects = response.status() === 303; // to the same page, without the key
    const left_out = redirects || response.url().includes("/api/events") || response.url().includes("searchindex");
    if (left_out) return;
    const part = response.body().then((body) => ({ url: response.url(), bytes: body.length }));
    part.catch(() => {}); // one that comes when the page is closed already
    weighed.push(part);
  });
  await page.goto(link(address), { waitUntil: "load" });
  await page.waitForTimeout(300);
  const parts = await Promise.all(weighed);
  const sum = (all) => all.reduce((total, { bytes }) => total + bytes, 0);
  const [whole, scripts] = [sum(parts), sum(parts.filter(({ url }) => /\/book\/theme\/.*\.js$/.test(url)))];
  console.log(`${new URL(address).pathname}: ${whole} bytes, ${scripts} of them our scripts`);
  assert.ok(whole <= MOST_OF_A_PAGE, `${address} weighs ${whole} bytes`);
  assert.ok(scripts > 0 && scripts <= MOST_OF_OUR_SCRIPTS, `our scripts weigh ${scripts} bytes`);
  await context.close();
}

/** The panel's parts, by what a reader calls them. */
export function panel(page) {
  const box = page.locator("#workbook-panel");
  return {
    box,
    state: box.locator(".panel-state"),
    message: box.locator(".panel-message"),
    heard: box.locator(".only-heard"),
    tests: box.locator(".panel-tests li"),
    kept: box.locator(".panel-kept"),
    hints: box.locator(".panel-hints > li"),
    diff: box.locator(".panel-diff"),
    failure: box.locator(".panel-failure"),
    missing: box.locator(".panel-missing"),
    errors: box.getByRole("list", { name: "Errors of the compiler" }),
    button: (name) => box.getByRole("button", { name, exact: true }),
    /** Waits until the state says so. */
    says: (text) => box.locator(".panel-state", { hasText: text }).waitFor().catch(async (error) => {
      throw new Error(`the panel does not say ${text}, but: ${await box.innerText()}`, { cause: error });
    }),
  };
}
