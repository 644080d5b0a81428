// The chapter's tests come first; a rule of an earlier chapter that breaks names that chapter.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PATIENCE, Workbook } from "../support/workbook.js";
import { assertClean, launch, open, panel, screenshot } from "../support/browser.js";

const DESK = "exercises/22-unique-email/src/application/order_desk.rs";
const THROUGH_PLACE = "Ok(self.place(PlaceOrder { customer: order.customer(), lines }).await?)";
// The same order again, at today's prices, whether or not the user may still order.
const WITHOUT_THE_USER = `let lines: Vec<Line> = lines;
        let id = OrderId::new(self.ids.next());
        let mut again = Order::draft(id, order.customer(), Currency::Eur);
        for Line { sku, quantity } in lines {
            let product = self.catalogue.find(&sku).await?;
            let product = product.ok_or(PlaceOrderError::NoSuchProduct(sku))?;
            again.add_item(&product, quantity).map_err(PlaceOrderError::from)?;
        }
        again.submit(self.clock.now()).map_err(PlaceOrderError::from)?;
        self.orders.insert(&again).await.map_err(StorageError::from)?;
        Ok(again)`;
const CHAPTER_DONE = /^.(\d+) of \1 tests pass\. Now those of earlier chapters/;
let workbook, browser, page, seen, it;

before(async () => {
  workbook = await Workbook.copy();
  await workbook.solve("22-unique-email");
  browser = await launch();
  const address = await workbook.start();
  ({ page, seen } = await open(browser, `${address}/part-3/unique-email.html`));
  page.setDefaultTimeout(2 * PATIENCE); // both rings of a late chapter are built
  it = panel(page);
});
after(async () => {
  await browser?.close();
  await workbook?.close();
});

test("the chapter's tests are all shown before those of earlier chapters have run", async () => {
  await it.button("Run").click();
  await it.says(CHAPTER_DONE);
  const status = (name) => it.box.locator(`.panel-tests li[data-status="${name}"]`).count();
  assert.deepEqual([await status("running"), await status("failed")], [0, 0]);
  assert.ok(await status("passed") > 0);
  await it.says(/^.Green: all \d+ tests pass/);
  assert.match(await it.kept.locator("summary").textContent(), /^Kept, of earlier chapters: (\d+) of \1$/);
  assert.equal(await it.kept.getAttribute("open"), null, "it is folded");
});

test("who breaks a rule of an earlier chapter sees which chapter taught it, with a link", async () => {
  const code = await workbook.read(DESK);
  assert.ok(code.includes(THROUGH_PLACE));
  await workbook.write(DESK, code.replace(THROUGH_PLACE, WITHOUT_THE_USER));
  await it.says(CHAPTER_DONE);
  await it.says(/^.Red: \d+ of \d+ tests pass/);
  assert.equal(await it.failure.isVisible(), false, "none of the chapter's own tests failed");
  assert.notEqual(await it.kept.getAttribute("open"), null);
  const rule = it.kept.getByRole("listitem").filter({ hasText: "deactivated_users::deactivated_user_cannot_order::case_3_the_same_again" });
  assert.match(await rule.textContent(), /taught by 07 Fat handlers/);
  assert.match(await rule.locator("pre").textContent(), /the staff deactivated Ada: the answer to her order/);
  assert.match(await rule.getByRole("link").first().getAttribute("href"), /^vscode:.*\/exercises\/07-fat-handlers\/tests\/chapter\/deactivated_users\.rs:\d+:\d+$/);
  assert.match(await it.heard.textContent(), /^Red\. .* Kept: \d+ of \d+\. First failure: deactivated_users::/);
  const failed = await it.kept.getByRole("listitem").count();
  assert.equal(await it.kept.getByRole("link", { name: /^\d\d / }).count(), failed, "each names its chapter");
  await it.kept.scrollIntoViewIfNeeded();
  await screenshot(page, "kept-failure");
  await rule.getByRole("link", { name: "07 Fat handlers" }).click();
  await page.waitForURL("**/part-1/fat-handlers.html");
  await page.goBack();
  await it.says(/^.Red: \d+ of \d+ tests pass/);
  await rule.getByRole("link", { name: "07 Fat handlers" }).waitFor();
  await workbook.write(DESK, code);
  await it.says(/^.Green: all \d+ tests pass/);
  assert.equal(await it.kept.getByRole("listitem").count(), 0);
});

test("no mistake in the page", () => assertClean(seen, workbook.address));
