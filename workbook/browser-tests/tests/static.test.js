// The same pages on a plain web host.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Workbook } from "../support/workbook.js";
import { host } from "../support/host.js";
import { PAGES, assertClean, assertLight, launch, open, screenshot } from "../support/browser.js";

let workbook, browser, server;

before(async () => {
  workbook = await Workbook.copy();
  await workbook.run("build", "--output", workbook.path("site"));
  server = await host(workbook.path("site"));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  server?.close();
  await workbook?.close();
});

test("a chapter shows the commands to copy, and no button that does nothing", async () => {
  const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  const { page, seen } = await open(browser, `${server.address}/part-1/first-route.html`, { context });
  const commands = page.locator(".workbook-exercise dd code");
  assert.deepEqual(await commands.allTextContents(), [
    "cargo workbook run first-route", "cargo test -p first-route", "cargo workbook hint first-route", "cargo workbook solution first-route",
  ]);
  const first = page.locator(".workbook-exercise pre").first();
  await first.hover();
  await first.getByRole("button").click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "cargo workbook run first-route");
  assert.equal(await page.locator("#workbook-panel, .panel-jump, .book-progress").count(), 0);
  assert.equal(await page.locator(".workbook-exercise dd button").count(), 4, "one to copy each command");
  await page.locator(".workbook-exercise").scrollIntoViewIfNeeded();
  await screenshot(page, "static");
  assertClean(seen, server.address);
  assert.equal(seen.requests.some((url) => url.includes("/api/")), false);
});

test("a page weighs no more than one that is served", async () => {
  for (const name of PAGES) await assertLight(browser, `${server.address}/${name}.html`);
});

test("the hints are folded, one inside the other, and open without a script", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const { page } = await open(browser, `${server.address}/part-1/first-route.html`, { context });
  const topic = page.locator(".workbook-hints > details").first();
  const stage = topic.locator("details").first();
  assert.equal(await stage.isVisible(), false);
  await topic.locator("summary").first().click();
  assert.equal(await stage.locator(".hint-text").isVisible(), false);
  await stage.locator("summary").click();
  assert.equal(await stage.locator(".hint-text").isVisible(), true);
  await context.close();
});

test("a question is answered by choosing, with the reason after it", async () => {
  const { page } = await open(browser, `${server.address}/part-1/first-route.html`);
  const question = page.locator(".question").first();
  await question.getByRole("button", { name: "Check" }).click();
  await question.getByText("Choose an answer first").waitFor();
  await question.getByLabel("405, because nobody registered HEAD").check();
  await question.getByRole("button", { name: "Check" }).click();
  await question.getByText("Not this").waitFor();
  assert.equal(await question.locator("details").getAttribute("open"), null);
  await question.getByLabel("200 without a body").check();
  await question.getByRole("button", { name: "Check" }).click();
  await question.getByText("Right.", { exact: true }).waitFor();
  await question.getByText("head_answers_like_get_without_a_body").waitFor();
});

test("a question with several right answers wants all of them", async () => {
  const { page } = await open(browser, `${server.address}/part-1/routers-and-state.html`);
  const question = page.locator('.question[data-kind="several"]');
  await question.getByRole("checkbox").nth(0).check();
  await question.getByRole("button", { name: "Check" }).click();
  await question.getByText("Not this").waitFor();
  await question.getByRole("checkbox").nth(2).check();
  await question.getByRole("button", { name: "Check" }).click();
  await question.getByText("Right.", { exact: true }).waitFor();
});

test("an answer is typed in any case, and letters of mdBook's shortcuts are letters", async () => {
  const { page } = await open(browser, `${server.address}/part-1/dtos.html`);
  const question = page.locator('.question[data-kind="type"]');
  await question.getByRole("textbox").pressSequentially("stays ");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await question.getByText("Not this").waitFor();
  assert.match(page.url(), /dtos\.html$/);
  await question.getByRole("textbox").fill(" 422  unprocessable ENTITY ");
  await page.keyboard.press("Enter");
  await question.getByText("Right.", { exact: true }).waitFor();
});

test("without scripts the choices stand there, and the answer is folded", async () => {
  const { page } = await open(browser, `${server.address}/part-1/first-route.html`, { javaScriptEnabled: false });
  const question = page.locator(".question").first();
  assert.equal(await question.locator(".question-choices li").count(), 4);
  assert.equal(await question.getByText("HEAD means").isVisible(), false);
  await question.locator("summary").click();
  assert.equal(await question.getByText("HEAD means").isVisible(), true);
  assert.equal(await page.locator(".workbook-exercise code").first().isVisible(), true);
});
