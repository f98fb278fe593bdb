// Refunds a learner asks for: the rule is shown before paying, what it covers is granted at once, the rest waits for a person.
import { expect, isAccessible, keepsItsPromises, LANGS, payAndReturn, press, register, signIn, test, toThePaymentPage } from "./school";

/** The page of the latest order. */
async function latestOrder(page: import("@playwright/test").Page, lang = "en") {
  await page.goto(`/${lang}/me/orders`);
  await page.locator('main a[href*="/orders/"]').first().click();
  await page.waitForURL(/\/orders\//);
}

for (const lang of LANGS) {
  test(`within the rule the money goes back at once: ${lang}`, async ({ page }) => {
    await register(page, lang);
    await page.goto(`/${lang}/courses/analytical-engines`);
    await press(page, "buy").click();
    await page.waitForURL(/\/checkout\//);
    await expect(page.locator("#refunds")).toContainText("20%");
    await toThePaymentPage(page, "analytical-engines", lang);
    await payAndReturn(page, lang);
    await latestOrder(page, lang);
    await expect(page.locator("#refund li")).toHaveCount(1);
    await page.locator("#refund summary").click();
    await keepsItsPromises(page);
    await isAccessible(page);
    await page.fill("#refund [name=reason]", lang === "zh" ? "内容和想的不一样" : "Not what I looked for");
    await press(page, "ask_refund").click();
    await expect(async () => {
      await page.reload();
      await expect(page.locator("main .badge", { hasText: lang === "zh" ? "已退回" : "Sent back" }).first()).toBeVisible({ timeout: 1000 });
    }).toPass({ timeout: 30_000 });
    await keepsItsPromises(page);
    await expect(page.locator("#refund")).toHaveCount(0);
    await page.goto(`/${lang}/courses/analytical-engines`);
    await expect(press(page, "buy")).toBeVisible();
  });
}

test("into the wallet it is there at once", async ({ page }) => {
  await register(page);
  await toThePaymentPage(page, "analytical-engines");
  await payAndReturn(page);
  await latestOrder(page);
  await page.locator("#refund summary").click();
  await page.fill("#refund [name=reason]", "Later, perhaps");
  await page.locator("#refund label").filter({ has: page.locator("input[value=wallet]") }).click();
  await press(page, "ask_refund").click();
  await expect(page.locator("main .badge", { hasText: "Sent back" }).first()).toBeVisible();
});

test("whoever asks a second time waits for a person, and may take it back", async ({ page, browser, baseURL }) => {
  const email = await register(page);
  for (const time of [1, 2]) {
    await toThePaymentPage(page, "analytical-engines");
    await payAndReturn(page);
    await latestOrder(page);
    await page.locator("#refund summary").click();
    await page.fill("#refund [name=reason]", `Not for me, ${time}`);
    await press(page, "ask_refund").click();
    if (time === 1) {
      await expect(async () => {
        await page.goto("/en/courses/analytical-engines");
        await expect(press(page, "buy")).toBeVisible({ timeout: 1000 });
      }).toPass({ timeout: 30_000 });
    }
  }
  await expect(press(page, "withdraw_refund")).toBeVisible();
  await press(page, "withdraw_refund").click();
  await expect(press(page, "withdraw_refund")).toHaveCount(0);
  await page.locator("#refund summary").click();
  await page.fill("#refund [name=reason]", "After all");
  await press(page, "ask_refund").click();
  await expect(press(page, "withdraw_refund")).toBeVisible();

  const office = await browser.newContext({ baseURL });
  const sam = await office.newPage();
  await signIn(sam, "sam");
  await sam.goto("/en/admin/refunds");
  await keepsItsPromises(sam);
  await isAccessible(sam);
  const row = sam.locator("main tbody tr", { hasText: email }).filter({ hasText: "To be approved" });
  await row.locator("form:has(input[value=approve]) button").click();
  await sam.waitForURL(/\/admin\/orders\//);
  await office.close();
  await expect(async () => {
    await page.goto("/en/courses/analytical-engines");
    await expect(press(page, "buy")).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 30_000 });
});
