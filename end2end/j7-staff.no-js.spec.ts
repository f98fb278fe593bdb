// Refunding by staff without script.
import { expect, payAndReturn, press, register, signIn, test, toThePaymentPage } from "./school";

test("staff refund an order without script, in part and then the rest", async ({ page, browser, baseURL }) => {
  const email = await register(page);
  await toThePaymentPage(page, "analytical-engines");
  await payAndReturn(page);

  const office = await browser.newContext({ baseURL, javaScriptEnabled: false });
  const sam = await office.newPage();
  await signIn(sam, "sam");
  await sam.goto(`/en/admin/orders?q=${encodeURIComponent(email)}&state=`);
  await sam.locator('main tbody a[href*="/admin/orders/"]').first().click();
  const order = sam.url();

  await sam.locator('main a[href$="/refund"]').click();
  await sam.fill("main input[name=amount]", "100000");
  await sam.fill("main [name=reason]", "Bought by mistake");
  const [refused] = await Promise.all([
    sam.waitForResponse((answer) => answer.request().method() === "POST"),
    press(sam, "refund").click(),
  ]);
  expect([409, 422]).toContain(refused.status());
  await expect(sam.locator("main [name=reason]")).toHaveValue("Bought by mistake");

  await sam.fill("main input[name=amount]", "99");
  await press(sam, "refund").click();
  await sam.waitForURL(order);
  // the page asks for itself again while the money is on its way
  await expect(sam.locator("main .badge", { hasText: "Partly refunded" }).first()).toBeVisible({ timeout: 20_000 });

  await sam.locator('main a[href$="/refund"]').click();
  await sam.fill("main [name=reason]", "All of it after all");
  await press(sam, "refund").click();
  await sam.waitForURL(order);
  await expect(sam.locator('main a[href$="/refund"]')).toHaveCount(0);

  await expect(async () => {
    await page.goto("/en/courses/analytical-engines");
    await expect(press(page, "buy")).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 20_000 });

  await sam.goto("/en/admin/refunds");
  expect(await sam.locator("main tbody tr", { hasText: email }).count()).toBe(2);
  await sam.goto("/en/admin/audit");
  await expect(sam.locator("main .badge-danger")).toHaveCount(0);
  await office.close();
});

test("whoever does not handle money does not see the form", async ({ page }) => {
  await signIn(page, "grace");
  const answer = await page.goto("/en/admin/refunds");
  expect(answer?.status()).toBe(403);
});
