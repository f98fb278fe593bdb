// The cart without script.
import { expect, press, register, test } from "./school";

test("the cart, a coupon and the checkout need no script", async ({ page }) => {
  for (const slug of ["analytical-engines", "tests-people-trust"]) {
    await page.goto(`/zh/courses/${slug}`);
    await press(page, "cart").click();
    await page.waitForURL(/\/zh\/cart$/);
  }
  await press(page, "remove").click();
  await expect(page.locator("main .card-row")).toHaveCount(1);
  await register(page, "zh");
  await page.goto("/zh/cart");
  await expect(page.locator("main .card-row")).toHaveCount(1);
  await page.fill("input[name=coupon]", "没有这个码");
  await press(page, "coupon").click();
  await expect(page.locator("main .field .error")).toBeVisible();
  await expect(page.locator("input[name=coupon]")).toHaveValue("没有这个码");
  await page.fill("input[name=coupon]", "WELCOME");
  await press(page, "coupon").click();
  await expect(page.locator("main")).toContainText("WELCOME");
  await press(page, "checkout").click();
  await page.waitForURL(/\/checkout\//);
  await press(page, "pay").click();
  await page.waitForURL((url) => !url.pathname.startsWith("/zh/"));
  await page.locator("button[name=action][value=pay]").click();
  await page.waitForURL((url) => url.pathname.startsWith("/zh/"), { timeout: 20_000 });
  await page.goto("/zh/me/orders");
  expect(await page.locator("main tbody tr").count()).toBe(1);
});
