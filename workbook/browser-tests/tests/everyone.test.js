// Keyboard, screen reader, narrow and dark windows, paper; weight, and no request that leaves the machine.

import assert from "node:assert/strict";
import fs from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { Workbook } from "../support/workbook.js";
import { PAGES, assertClean, launch, open, panel, screenshot } from "../support/browser.js";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const MOST_OF_A_PAGE = 300 * 1024;
const MOST_OF_OUR_SCRIPTS = 30 * 1024;
const CHAPTER = "part-1/first-route";
let workbook, browser;
const url = (page) => `${workbook.address}/${page}.html`;

before(async () => {
  workbook = await Workbook.copy();
  browser = await launch();
  await workbook.start();
  const { page, context } = await open(browser, url(CHAPTER));
  await panel(page).says("Red");
  await context.close();
});
after(async () => {
  await browser?.close();
  await workbook?.close();
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing serious on any page, ${colorScheme}`, async () => {
    const axe = await fs.readFile(AXE, "utf8");
    const found = [];
    for (const name of [...PAGES, "print", "404"]) {
      // The policy of the pages lets in no script but their own; axe is not one of them.
      const { page, context, seen } = await open(browser, url(name), { colorScheme, bypassCSP: true });
      if (name.startsWith("part-")) {
        await panel(page).state.waitFor();
        await page.locator("details").evaluateAll((all) => all.forEach((fold) => { fold.open = true; }));
      }
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run());
      const bad = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      found.push(...bad.flatMap(({ id, nodes }) => nodes.map(({ target, any, all }) => `${name}: ${id}: ${target} ${[...any, ...all][0]?.message ?? ""}`)));
      const asked = name === "404" ? { ...seen, mistakes: [] } : seen;
      assertClean(asked, workbook.address);
      await context.close();
    }
    assert.deepEqual(found, []);
  });
}

test("the panel is reached, used and left by the keyboard alone", async () => {
  const { page, context } = await open(browser, url(CHAPTER));
  const it = panel(page);
  await it.says("Red");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "workbook-panel");
  const focused = () => page.evaluate(() => document.activeElement.textContent);
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "Run");
  const ring = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.equal(ring, "solid", "where one is can be seen");
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "Hint");
  await page.keyboard.press("Enter");
  await it.hints.first().waitFor();
  await page.waitForFunction(() => document.activeElement.matches(".panel-hints li"));
  await it.button("Reset").focus();
  await page.keyboard.press("Enter");
  assert.equal(await focused(), "Reset now");
  await page.keyboard.press("Escape");
  assert.equal(await focused(), "Reset");
  // mdBook's own: the sidebar's button.
  const toggle = page.getByRole("button", { name: "Toggle Table of Contents" });
  await toggle.focus();
  const before = await toggle.getAttribute("aria-expanded");
  await page.keyboard.press("Enter");
  assert.notEqual(await toggle.getAttribute("aria-expanded"), before);
  await context.close();
});

test("the arrows scroll a long line that has the focus, and turn the page elsewhere", async () => {
  const { page, context } = await open(browser, url("part-1/dtos"), { viewport: { width: 320, height: 800 } });
  const code = page.locator("main code[data-scrolls]").first();
  await code.focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => document.activeElement.scrollLeft > 0);
  assert.match(page.url(), /dtos\.html$/);
  await context.close();
});

test("every page fits a window of 320 pixels", async () => {
  for (const name of PAGES) {
    const { page, context } = await open(browser, url(name), { viewport: { width: 320, height: 800 } });
    if (name.startsWith("part-")) await panel(page).state.waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320, name);
    await context.close();
  }
});

test("on paper there is neither panel nor button, and every answer is open", async () => {
  const { page, context } = await open(browser, url(CHAPTER));
  await panel(page).state.waitFor();
  await page.emulateMedia({ media: "print" });
  assert.equal(await panel(page).box.isVisible(), false);
  assert.equal(await page.locator(".panel-jump").isVisible(), false);
  assert.equal(await page.locator(".question").first().isVisible(), true);
  await context.close();
});

test("who wants less motion gets none", async () => {
  const { page, context } = await open(browser, url(CHAPTER), { reducedMotion: "reduce" });
  const moving = await page.evaluate(() => [...document.querySelectorAll("*")]
    .filter((element) => getComputedStyle(element).transitionDuration.split(", ").some((time) => parseFloat(time) > 0)).length);
  assert.equal(moving, 0);
  await context.close();
});

test("a page weighs at most 300 KB, our scripts at most 30 KB", async () => {
  for (const name of PAGES) {
    const context = await browser.newContext();
    const page = await context.newPage();
    const weighed = [];
    page.on("response", (response) => {
      if (!response.url().includes("/api/events")) weighed.push(response.body().then((body) => [response.url(), body.length], () => ["", 0]));
    });
    await page.goto(url(name), { waitUntil: "load" });
    await page.waitForTimeout(300);
    const parts = (await Promise.all(weighed)).filter(([part]) => !part.includes("searchindex"));
    const sum = (all) => all.reduce((total, [, bytes]) => total + bytes, 0);
    const scripts = sum(parts.filter(([part]) => /\/book\/theme\/.*\.js$/.test(part)));
    console.log(`${name}: ${sum(parts)} bytes, ${scripts} of them our scripts`);
    assert.ok(sum(parts) <= MOST_OF_A_PAGE, `${name} weighs ${sum(parts)} bytes`);
    assert.ok(scripts > 0 && scripts <= MOST_OF_OUR_SCRIPTS, `our scripts weigh ${scripts} bytes`);
    await context.close();
  }
});

test("screenshots: wide, narrow, dark", async () => {
  for (const [name, options] of [
    ["wide", {}], ["dark", { colorScheme: "dark" }], ["narrow", { viewport: { width: 320, height: 800 } }],
  ]) {
    const { page, context } = await open(browser, url(CHAPTER), options);
    await panel(page).says("Red");
    await page.locator("#exercise").evaluate((heading) => heading.scrollIntoView());
    await screenshot(page, name);
    await page.locator("#check-yourself").evaluate((heading) => heading.scrollIntoView());
    await screenshot(page, `${name}-question`);
    await context.close();
  }
});
