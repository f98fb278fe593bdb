// Buying without script.
import { expect, payAndReturn, press, register, test, toThePaymentPage } from "./school";

test("buying needs no script", async ({ page }) => {
  await register(page, "zh");
  await toThePaymentPage(page, "analytical-engines", "zh");
  await payAndReturn(page, "zh");
  await page.goto("/zh/courses/analytical-engines");
  await expect(press(page, "buy")).toHaveCount(0);
});

test("a declined card is told without script, and the order waits", async ({ page }) => {
  await register(page);
  await toThePaymentPage(page, "analytical-engines");
  await page.locator("button[name=action][value=lost_card]").click();
  await expect(page.locator(".notice.refused")).toBeVisible();
  await page.locator("p.leave a").click();
  await page.waitForURL(/\/en\/pay\//);
  await page.goto("/en/me/orders");
  expect(await page.locator("main tbody tr").count()).toBe(1);
});

test("sending the checkout twice makes one order", async ({ page }) => {
  await register(page);
  await page.goto("/en/courses/analytical-engines");
  await press(page, "buy").click();
  await page.waitForURL(/\/checkout\//);
  const checkout = page.url();
  await press(page, "pay").click();
  await page.waitForURL((url) => !url.pathname.startsWith("/en/"));
  await page.goto(checkout);
  await expect(press(page, "pay")).toHaveCount(0);
  await page.goto("/en/me/orders");
  expect(await page.locator("main tbody tr").count()).toBe(1);
});

test("a free course is taken without script", async ({ page }) => {
  await register(page, "zh");
  await page.goto("/zh/courses/notes");
  await press(page, "enrol").click();
  await page.goto("/zh/me/learning");
  await expect(page.locator("main")).toContainText("Notes");
});
