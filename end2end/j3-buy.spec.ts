// Buying: from a course's page over the provider's page to the first lesson; and everything that can go otherwise.
import { expect, isAccessible, keepsItsPromises, LANGS, payAndReturn, press, register, test, toThePaymentPage } from "./school";

const PAID = "analytical-engines";
const FREE = "notes";

for (const lang of LANGS) {
  test(`who pays is in at once and has a receipt: ${lang}`, async ({ page }) => {
    await register(page, lang);
    await page.goto(`/${lang}/courses/${PAID}`);
    await press(page, "buy").click();
    await page.waitForURL(/\/checkout\//);
    await keepsItsPromises(page);
    await isAccessible(page);
    await expect(page.locator("main")).toContainText("199");
    await press(page, "pay").click();
    await page.waitForURL((url) => !url.pathname.startsWith(`/${lang}/`));
    await expect(page.locator(".amount")).toContainText("199");
    await payAndReturn(page, lang);
    await keepsItsPromises(page);
    await isAccessible(page);
    // the receipt stays among the orders
    await page.goto(`/${lang}/me/orders`);
    await keepsItsPromises(page);
    await page.locator('main a[href*="/orders/"]').first().click();
    await expect(page.locator("dl.facts").last()).toContainText("R-");
    // and every lesson is open
    await page.goto(`/${lang}/courses/${PAID}`);
    await expect(press(page, "buy")).toHaveCount(0);
    await page.locator(`.outline a.lesson-title`).nth(4).click();
    await expect(page.locator(".lesson-main .prose")).toBeVisible();
  });
}

test("a declined card costs nothing, and another one may be tried", async ({ page }) => {
  await register(page);
  await toThePaymentPage(page, PAID);
  await page.locator("button[name=action][value=insufficient_funds]").click();
  await expect(page.locator(".notice.refused")).toBeVisible();
  const elsewhere = await page.context().newPage();
  await elsewhere.goto("/en/me/orders");
  await elsewhere.locator('main a[href*="/pay/"]').first().click();
  await expect(elsewhere.locator("main .notice").first()).toBeVisible();
  await keepsItsPromises(elsewhere);
  await payAndReturn(page);
});

test("who leaves the payment page finds the order waiting and can finish it", async ({ page }) => {
  await register(page);
  await toThePaymentPage(page, PAID);
  await page.locator("p.leave a").click();
  await page.waitForURL(/\/en\/pay\//);
  await keepsItsPromises(page);
  await isAccessible(page);
  await expect(page.locator("main")).toContainText("199");
  // the course is not theirs yet; another tab, because this one keeps looking whether it is
  const elsewhere = await page.context().newPage();
  await elsewhere.goto(`/en/courses/${PAID}`);
  await expect(press(elsewhere, "buy")).toBeVisible();
  // the same order goes on
  await elsewhere.goto("/en/me/orders");
  expect(await elsewhere.locator("main tbody tr").count()).toBe(1);
  await page.locator('main a[href*="/pay/"]:not([href^="/en/"]), main form:has(input[value=pay]) button').filter({ visible: true }).first().click();
  await page.waitForURL((url) => !url.pathname.startsWith("/en/"));
  await payAndReturn(page);
});

test("a double click and a second tab make one order", async ({ page }) => {
  await register(page);
  await page.goto(`/en/courses/${PAID}`);
  await press(page, "buy").click();
  await page.waitForURL(/\/checkout\//);
  const second = await page.context().newPage();
  await second.goto(page.url());
  await press(page, "pay").dblclick();
  await page.waitForURL((url) => !url.pathname.startsWith("/en/"));
  await press(second, "pay").click();
  await second.waitForURL((url) => !url.pathname.includes("/checkout/"));
  await payAndReturn(page);
  await page.goto("/en/me/orders");
  expect(await page.locator("main tbody tr").count()).toBe(1);
});

test("a free course needs no payment", async ({ page }) => {
  await register(page, "zh");
  await page.goto(`/zh/courses/${FREE}`);
  await press(page, "enrol").click();
  await expect(page.locator('main a.btn[href*="/learn/notes/"]').filter({ visible: true }).first()).toBeVisible();
  await keepsItsPromises(page);
  await page.goto(`/zh/me/learning`);
  await expect(page.locator("main")).toContainText("Notes");
});

test("who is not signed in is asked to be, and comes back to the course", async ({ page }) => {
  await page.goto(`/en/courses/${PAID}`);
  await press(page, "buy").click();
  await expect(page).toHaveURL(/\/en\/login\?next=/);
});

test("another person's checkout and order are nowhere to be found", async ({ page, browser, baseURL }) => {
  await register(page);
  await page.goto(`/en/courses/${PAID}`);
  await press(page, "buy").click();
  await page.waitForURL(/\/checkout\//);
  const other = await browser.newContext({ baseURL });
  const theirs = await other.newPage();
  await register(theirs);
  const answer = await theirs.goto(page.url());
  expect(answer?.status()).toBe(404);
  await other.close();
});
