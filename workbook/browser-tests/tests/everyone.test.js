// Keyboard, screen reader, narrow and dark windows, paper; weight, and no request that leaves the machine.

import assert from "node:assert/strict";
import fs from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { Workbook } from "../support/workbook.js";
import { PAGES, assertClean, assertLight, launch, open, panel, screenshot } from "../support/browser.js";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
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

// Every rule on every page in the two themes that a page begins with. The others differ from them in colours alone, and pages of one
// part have the same kinds of things in them.
const THEMES = { light: {}, navy: {} };
const COLOURS = { runOnly: ["color-contrast"] };
const ALL_THEMES = { ...THEMES, rust: COLOURS, coal: COLOURS, ayu: COLOURS };
const IN_ALL_THEMES = PAGES.filter((page, at) => !page.includes("/") || page.split("/")[0] !== PAGES[at - 1].split("/")[0]);

test("axe finds nothing serious on any page, in light and dark, nor in the colours of any theme", async () => {
  const axe = await fs.readFile(AXE, "utf8");
  const found = new Map(); // each once, with the first place
  for (const name of [...PAGES, "404"]) {
    // The policy of the pages lets in no script but their own; axe is not one of them.
    const { page, context, seen } = await open(browser, url(name), { bypassCSP: true, reducedMotion: "reduce" });
    if (name.startsWith("part-")) await panel(page).state.waitFor();
    await page.locator("details").evaluateAll((all) => all.forEach((fold) => { fold.open = true; }));
    await page.evaluate(axe);
    for (const [theme, rules] of Object.entries(IN_ALL_THEMES.includes(name) ? ALL_THEMES : THEMES)) {
      await page.evaluate((id) => document.getElementById(id).click(), `mdbook-theme-${theme}`);
      assert.match(await page.locator("html").getAttribute("class"), new RegExp(`\\b${theme}\\b`));
      const { violations } = await page.evaluate((options) => window.axe.run(document, options), rules);
      const bad = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      for (const { id, nodes } of bad) {
        for (const { target, any, all } of nodes) {
          const said = `${theme}: ${id}: ${[...any, ...all][0]?.message ?? ""}`;
          if (!found.has(said)) found.set(said, `${name}: ${target}`);
        }
      }
    }
    const asked = name === "404" ? { ...seen, mistakes: [] } : seen;
    assertClean(asked, workbook.address);
    await context.close();
  }
  assert.deepEqual([...found], []);
});

test("a system that prefers dark gets the dark theme", async () => {
  const { page, context } = await open(browser, url(CHAPTER), { colorScheme: "dark" });
  assert.match(await page.locator("html").getAttribute("class"), /\bnavy\b/);
  await context.close();
});

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
  for (const name of PAGES) await assertLight(browser, url(name));
});

test("the search loads when somebody searches, by key or by button, and marks what it found", async () => {
  for (const begin of [(page) => page.keyboard.press("/"), (page) => page.getByRole("button", { name: "Toggle Searchbar" }).click()]) {
    const { page, context, seen } = await open(browser, url(CHAPTER));
    await panel(page).says("Red");
    assert.deepEqual(seen.requests.filter((asked) => /search|lunr|mark-/.test(asked) && !/theme/.test(asked)), []);
    await begin(page);
    const field = page.getByRole("searchbox");
    await field.waitFor();
    await field.pressSequentially("extractor");
    await page.locator("#mdbook-searchresults a").first().click();
    await page.locator("main mark").first().waitFor();
    assertClean(seen, workbook.address);
    await context.close();
  }
});

test("a script that came into the page by itself does not run", async () => {
  const { page, context, seen } = await open(browser, url(CHAPTER));
  await panel(page).says("Red");
  await page.evaluate(() => {
    document.body.append(Object.assign(document.createElement("script"), { textContent: "window.ran = true" }));
    const frame = document.createElement("div");
    frame.innerHTML = '<img src="x" onerror="window.ran = true">';
    document.body.append(frame);
  });
  await page.waitForTimeout(300);
  assert.equal(await page.evaluate(() => window.ran), undefined);
  assert.ok(seen.mistakes.some((said) => said.includes("Content Security Policy")), seen.mistakes.join("\n"));
  await context.close();
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
