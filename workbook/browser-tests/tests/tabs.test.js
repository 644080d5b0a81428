// Several tabs agree; a tool that is killed and started again is found again.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Workbook } from "../support/workbook.js";
import { launch, open, panel } from "../support/browser.js";

let workbook, browser, context, one, two;

before(async () => {
  workbook = await Workbook.copy();
  browser = await launch();
  await workbook.start();
  const url = `${workbook.address}/part-1/first-route.html`;
  context = await browser.newContext();
  one = (await open(browser, url, { context })).page;
  two = (await open(browser, url, { context })).page;
});
after(async () => {
  await browser?.close();
  await workbook?.close();
});

test("a hint taken in one tab is there in the other", async () => {
  await panel(one).says("Red");
  await panel(one).button("Hint").click();
  await panel(one).hints.first().waitFor();
  await panel(two).hints.first().waitFor();
});

test("a hint that was taken is still there after a reload", async () => {
  await two.reload();
  await panel(two).hints.first().waitFor();
});

test("a save turns both", async () => {
  await workbook.solve("01-first-route");
  await Promise.all([one, two].map((page) => panel(page).says("Green: all ")));
});

test("a tool that was killed is missed, and one that starts again is found without a hand", async () => {
  const port = new URL(workbook.address).port;
  await workbook.kill();
  await Promise.all([one, two].map((page) => panel(page).says("The tool has stopped")));
  assert.equal(await panel(one).button("Run").getAttribute("aria-disabled"), "true");
  await workbook.start(port);
  for (const page of [one, two]) {
    await panel(page).box.getByText("Connected again").waitFor();
    await panel(page).says("Green: all ");
  }
  await panel(one).button("Run").click();
  await panel(one).heard.getByText(/Green\. (\d+) of \1/).waitFor({ state: "attached" });
});

test("a page elsewhere leads back to where one was", async () => {
  await one.locator("#check-yourself").scrollIntoViewIfNeeded();
  await one.goto(`${workbook.address}/glossary.html`);
  const back = one.getByRole("link", { name: /Continue where I was: 01 A first route/ });
  await back.click();
  await panel(one).says("Green");
  assert.match(one.url(), /first-route\.html#/);
});
