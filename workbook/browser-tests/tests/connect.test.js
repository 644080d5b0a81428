// Who opens the book without the address that the tool printed reads it; who opens that address is connected, and stays so.

import assert from "node:assert/strict";
import fs from "node:fs/promises";
import http from "node:http";
import { after, before, test } from "node:test";
import { PATIENCE, Workbook } from "../support/workbook.js";
import { assertClean, launch, open, panel, screenshot } from "../support/browser.js";

const CHAPTER = "part-1/first-route.html";
let workbook, browser, address;

before(async () => {
  workbook = await Workbook.copy();
  browser = await launch();
  address = await workbook.start();
});
after(async () => {
  await browser?.close();
  await workbook?.close();
});

test("without the printed address one reads, and the place of the panel says how to connect", async () => {
  const { page, context, seen } = await open(browser, `${address}/${CHAPTER}`, { stranger: true });
  const place = page.locator(".workbook-exercise");
  await place.getByText("Open the address that cargo workbook printed in your terminal.").waitFor();
  assert.equal(await place.locator("dd code").count(), 4, "the commands are there");
  assert.equal(await page.locator("#workbook-panel, .panel-jump, .progress, .tick").count(), 0);
  await place.scrollIntoViewIfNeeded();
  await screenshot(page, "not-connected");

  // The printed address, in another tab of the same browser, connects both.
  const { page: other } = await open(browser, `${address}/${CHAPTER}`, { context });
  assert.equal(other.url(), `${address}/${CHAPTER}`);
  await Promise.all([page, other].map((tab) => panel(tab).says("Red: 0 of")));
  await panel(page).button("Hint").click();
  await panel(page).hints.first().waitFor();
  const [cookie, ...others] = await context.cookies(`${address}/api/run`);
  assert.deepEqual(others, []);
  assert.deepEqual([cookie.httpOnly, cookie.sameSite, cookie.path], [true, "Strict", "/api"]);
  assertClean(seen, address);
  await context.close();
});

test("who listens at the port of a tool that was killed gets no secret, and the tool is found again", async (t) => {
  const { page, context } = await open(browser, `${address}/${CHAPTER}`);
  await panel(page).says("Red: 0 of");
  const [{ value }] = await context.cookies(`${address}/api/run`);
  await workbook.kill();
  await panel(page).says("The tool has stopped");
  const asked = [];
  const stranger = http.createServer((request, response) => {
    asked.push([request.url, request.rawHeaders.join(" ")].join(" "));
    response.writeHead(200, { "Content-Type": "application/json" }).end('{"proof":"x","pledge":"x","token":"x"}');
  });
  const closed = () => new Promise((resolve) => {
    stranger.close(resolve);
    stranger.closeAllConnections();
  });
  t.after(closed);
  const port = Number(new URL(address).port);
  await new Promise((resolve) => stranger.listen(port, "127.0.0.1", resolve));
  await panel(page).says("Not connected");
  await panel(page).box.getByText("Open the address that cargo workbook printed").waitFor();
  assert.equal(await panel(page).button("Run").getAttribute("aria-disabled"), "true");
  assert.ok(asked.length > 0);
  assert.deepEqual(asked.filter((text) => !text.startsWith("/api/alive?word=") || text.includes(value) || /cookie/i.test(text)), []);
  await closed();

  await workbook.start(port);
  await panel(page).box.getByText("Connected again").waitFor();
  await panel(page).says("Red: 0 of");
  await context.close();
});

test("a tool with another secret is not taken for the one before, and its address connects the page", async () => {
  const { page, context } = await open(browser, `${address}/${CHAPTER}`);
  await panel(page).says("Red: 0 of");
  await workbook.kill();
  await fs.rm(workbook.path(".workbook/key"));
  const before = workbook.key;
  await workbook.start(new URL(address).port);
  assert.notEqual(workbook.key, before);
  await panel(page).says("Not connected");
  await page.goto(`${address}/${CHAPTER}?key=${workbook.key}`);
  await panel(page).says("Red: 0 of");
  await context.close();
});

test("the browser is opened with a file that leads to the connected page, and that only its owner can read", async () => {
  await workbook.kill();
  const programs = workbook.path("target/programs");
  await fs.mkdir(programs, { recursive: true });
  await fs.writeFile(`${programs}/xdg-open`, `#!/bin/sh\necho "$@" >'${programs}/opened'\n`, { mode: 0o755 });
  await workbook.start(0, { opens: "", environment: { PATH: `${programs}:${process.env.PATH}`, VSCODE_IPC_HOOK_CLI: undefined } });
  const read = () => fs.readFile(`${programs}/opened`, "utf8").catch(() => "");
  const until = Date.now() + PATIENCE;
  while (!(await read()).endsWith("\n") && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
  const file = (await read()).trim();
  assert.match(file, /^file:\/\/\/.*open\.html$/);
  const { mode } = await fs.stat(new URL(file));
  assert.equal(mode & 0o777, 0o600);
  const { page, context } = await open(browser, file);
  await page.waitForURL(`${workbook.address}/${CHAPTER}`);
  await panel(page).says("Red: 0 of");
  await context.close();
});
