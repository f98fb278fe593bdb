// Asking for a refund without script.
import { expect, payAndReturn, press, register, test, toThePaymentPage } from "./school";

test("a refund is asked for without script, and refused where nothing is said", async ({ page }) => {
  await register(page, "zh");
  await toThePaymentPage(page, "analytical-engines", "zh");
  await payAndReturn(page, "zh");
  await page.goto("/zh/me/orders");
  await page.locator('main a[href*="/orders/"]').first().click();
  await page.locator("#refund summary").click();
  await page.fill("#refund [name=reason]", " ");
  const [refused] = await Promise.all([
    page.waitForResponse((answer) => answer.request().method() === "POST"),
    press(page, "ask_refund").click(),
  ]);
  expect(refused.status()).toBe(422);
  await page.fill("#refund [name=reason]", "买错了");
  await press(page, "ask_refund").click();
  await expect(page.locator("main .badge", { hasText: "已退回" }).first()).toBeVisible({ timeout: 30_000 });
});
