// The panel follows the exercise on the disk, and its buttons act on it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Workbook } from "../support/workbook.js";
import { assertClean, launch, open, panel, screenshot } from "../support/browser.js";

const CODE = "exercises/01-first-route/src/lib.rs";
let workbook, browser, page, seen, it;
/** How many tests the chapter has, as the panel says at first. */
let tests;

before(async () => {
  workbook = await Workbook.copy();
  browser = await launch();
  const address = await workbook.start();
  ({ page, seen } = await open(browser, `${address}/part-1/first-route.html`));
  it = panel(page);
  // Gone if the page is loaded again.
  await page.evaluate(() => { window.sameVisit = true; });
});
after(async () => {
  await browser?.close();
  await workbook?.close();
});

test("the starter is red, each test says so, and the first failure has its message and a link", async () => {
  await it.says("Red: 0 of ");
  tests = Number(/^.*Red: 0 of (\d+) tests pass/.exec(await it.state.textContent())[1]);
  assert.match(await it.state.textContent(), /· \d+\.\d s · about 20 minutes/);
  await it.failure.getByText("not yet implemented").waitFor();
  assert.equal(await it.box.locator('.panel-tests li[data-status="failed"]').count(), tests);
  assert.match(await it.failure.getByRole("link").getAttribute("href"), /^vscode:\/\/file\/.*:\d+:\d+$/);
  assert.match(await it.box.locator(".panel-files a").getAttribute("href"), /^vscode:\/\/file\/.*lib\.rs/);
  await screenshot(page, "red");
});

test("hints come one after the other, the one for the failing test first", async () => {
  await it.button("Hint").click();
  await it.hints.first().waitFor();
  assert.match(await it.hints.first().textContent(), /get_health_answers_200.*The two holes/);
  await it.button("Hint").click();
  await it.hints.nth(1).waitFor();
  assert.match(await it.hints.nth(1).textContent(), /A route is a path/);
  assert.equal(await it.hints.count(), 2);
});

test("the solution is shown before green only to those who say so", async () => {
  await it.button("Show my diff to the solution").click();
  await it.button("No").click();
  assert.equal(await it.diff.isVisible(), false);
  await it.button("Show my diff to the solution").click();
  await it.button("Show me").click();
  await it.diff.locator(".added").first().waitFor();
  assert.match(await it.diff.textContent(), /-\s+todo!/);
  await it.button("Close the diff").click();
});

test("a program that does not compile shows the compiler's words in colour", async () => {
  const code = await workbook.read(CODE);
  await workbook.write(CODE, code + "\npub fn broken() -> u8 { \"<b>text</b>\" }\n");
  await it.says("Does not compile");
  await it.errors.getByText("E0308").first().waitFor();
  assert.ok(await it.errors.locator("span[class^=ansi-]").count() > 0);
  assert.equal(await it.errors.locator("b").count(), 0, "what the program holds is text");
  assert.match(await it.errors.getByRole("link").first().getAttribute("href"), /^vscode:\/\/file\/.*lib\.rs:\d+:\d+$/);
  assert.match(await it.heard.textContent(), /^Does not compile/);
  await screenshot(page, "does-not-compile");
  await workbook.write(CODE, code);
  await it.says(`Red: 0 of ${tests}`);
});

test("tests that cannot run on this machine say so in words, with what to do about it", async () => {
  const code = await workbook.read(CODE);
  await workbook.write(CODE, code.replace(/todo!\("[^"]*"\)/, 'panic!("not run: no PostgreSQL\\nInstall it.")'));
  await it.says(`Not run: ${tests} of ${tests} tests`);
  assert.match(await it.missing.innerText(), /^Not run: no PostgreSQL\nInstall it\.$/);
  assert.equal(await it.failure.isVisible(), false);
  assert.equal(await it.box.locator('.panel-tests li[data-status="not-run"] .word').filter({ hasText: /^not run$/ }).count(), tests);
  assert.match(await it.heard.textContent(), new RegExp(`^Not run\\. 0 of ${tests} tests pass\\. no PostgreSQL`));
  await page.locator("#mdbook-sidebar .tick", { hasText: `(Not run: ${tests} of ${tests} tests)` }).waitFor();
  await screenshot(page, "not-run");
  await workbook.write(CODE, code);
  await it.says(`Red: 0 of ${tests}`);
  assert.equal(await it.missing.isVisible(), false);
});

test("a mended exercise turns green without a reload, and is announced once", async () => {
  await page.evaluate(() => {
    window.announced = [];
    const region = document.querySelector("#workbook-panel .only-heard");
    new MutationObserver(() => window.announced.push(region.textContent)).observe(region, { childList: true });
  });
  await workbook.solve("01-first-route");
  await it.says(`Green: all ${tests} tests pass`);
  await it.message.getByText("for the first time").waitFor();
  const announced = await page.evaluate(() => window.announced.filter((text) => text.startsWith("Green")));
  assert.deepEqual(announced, [`Green. For the first time. ${tests} of ${tests} tests pass.`]);
  assert.ok(await page.evaluate(() => window.sameVisit), "it was not loaded again");
  await it.state.getByRole("link", { name: /Go on: 02/ }).waitFor();
  await page.locator('#mdbook-sidebar .tick .mark[data-state="green"]').waitFor();
  assert.match(await page.locator(".book-progress .progress").textContent(), /1 of \d+ green/);
  assert.match(await page.locator(".part-title .progress").first().textContent(), /1 of \d+ green/);
  await it.box.scrollIntoViewIfNeeded();
  await screenshot(page, "green");
});

test("once green, the diff opens at once", async () => {
  await it.button("Show my diff to the solution").click();
  await it.diff.getByText("is the same as in the solution").waitFor();
  await it.button("Close the diff").click();
});

test("reset asks first, and undo brings back what was there", async () => {
  const mine = await workbook.read(CODE);
  await it.button("Reset").click();
  await page.keyboard.press("Escape");
  assert.equal(await workbook.read(CODE), mine);
  await it.button("Reset").click();
  await it.button("Reset now").click();
  await it.says(`Red: 0 of ${tests}`);
  await it.heard.getByText(new RegExp(`^Red\\. 0 of ${tests} tests pass\\. First failure: health::`)).waitFor({ state: "attached" });
  assert.notEqual(await workbook.read(CODE), mine);
  await it.box.locator('button[aria-disabled="false"]', { hasText: "Undo" }).click();
  await it.says(`Green: all ${tests}`);
  assert.equal(await workbook.read(CODE), mine);
});

test("run runs", async () => {
  await it.button("Run").click();
  await page.waitForFunction(() => document.querySelector("#workbook-panel").dataset.state === "running");
  await it.says(`Green: all ${tests}`);
});

test("a button stays in sight, and leads to the panel", async () => {
  for (const end of ["top", "bottom"]) {
    await page.evaluate((to) => scrollTo(0, to === "top" ? 0 : document.body.scrollHeight), end);
    const jump = page.locator(".panel-jump");
    assert.ok((await jump.textContent()).includes(`Exercise ${tests}/${tests}`));
    const box = await jump.boundingBox();
    assert.ok(box.y > 0 && box.y + box.height <= 900 && box.x > 0 && box.x + box.width <= 1280, JSON.stringify(box));
    await jump.click();
    await page.waitForFunction(() => document.activeElement.id === "workbook-panel");
    assert.ok((await it.state.boundingBox()).y < 900);
  }
});

test("a chapter without layers has no picture, one with layers has", async () => {
  assert.equal(await it.box.locator(".panel-modules").isVisible(), false);
  const { page: layered } = await open(browser, `${workbook.address}/part-2/customer.html`);
  const modules = layered.locator(".panel-modules");
  await modules.locator("svg").waitFor();
  assert.match(await modules.locator("svg").getAttribute("aria-label"), /Dependencies point inward/);
  assert.equal(await modules.locator("li").count(), 0);
  await modules.scrollIntoViewIfNeeded();
  await screenshot(layered, "modules");
  await layered.close();
});

test("of many tests those that do not pass stand out, and all are shown on demand", async () => {
  const { page: long } = await open(browser, `${workbook.address}/part-1/dtos.html`);
  const many = panel(long);
  await many.button("Run").click();
  await many.says(/^.Red: \d+ of \d+ tests pass/);
  const rows = (status) => long.locator(`.panel-tests li[data-status="${status}"]`);
  const [passed, failed] = [await rows("passed").count(), await rows("failed").count()];
  assert.ok(passed > 0 && failed > 0 && passed + failed > tests, `${passed} and ${failed}`);
  assert.equal(await rows("failed").first().isVisible(), true);
  assert.equal(await rows("passed").first().isVisible(), false);
  const all = many.button(`Show all ${passed + failed} tests`);
  await all.click();
  assert.equal(await rows("passed").first().isVisible(), true);
  await many.button("Show only what did not pass").click();
  assert.equal(await rows("passed").first().isVisible(), false);
  await screenshot(long, "many-tests");
  await long.close();
});

test("no mistake in the page, nothing asked of another host, and the secret in no address but the first", async () => {
  assertClean(seen, workbook.address);
  const [first, ...rest] = [...seen.requests, page.url()];
  assert.ok(first.endsWith(`?key=${workbook.key}`), first);
  assert.deepEqual(rest.filter((url) => url.includes(workbook.key)), []);
  assert.equal(await page.evaluate(() => document.cookie), "", "no script can read it");
});
