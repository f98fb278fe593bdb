// Giving and taking, the taking without script: a gift, a code of the school's, seats for several.
import { expect, isAccessible, keepsItsPromises, LANGS, payAndReturn, press, register, signIn, test } from "./school";

const PAID = "analytical-engines";

for (const lang of LANGS) {
  test(`a gift is bought, handed on and claimed: ${lang}`, async ({ page, browser, baseURL }) => {
    await register(page, lang);
    await page.goto(`/${lang}/courses/${PAID}`);
    await page.locator('main a[href*="/gift?course="]').first().click();
    await keepsItsPromises(page);
    await isAccessible(page);
    await page.fill("input[name=recipient]", "Lin");
    await page.fill("textarea[name=message]", lang === "zh" ? "愿你喜欢" : "For the long evenings");
    await press(page, "gift").click();
    await page.waitForURL(/\/checkout\//);
    await press(page, "pay").click();
    await page.locator("button[name=action][value=pay]").click();
    await page.waitForURL((url) => url.pathname.startsWith(`/${lang}/`), { timeout: 20_000 });
    await expect(async () => {
      await page.goto(`/${lang}/gift`);
      await expect(page.locator("input[name=link]").first()).toBeVisible({ timeout: 1000 });
    }).toPass({ timeout: 20_000 });
    await keepsItsPromises(page);
    const link = await page.locator("input[name=link]").first().inputValue();

    const other = await browser.newContext({ baseURL, javaScriptEnabled: false });
    const friend = await other.newPage();
    const there = new URL(link);
    await friend.goto(there.pathname + there.search);
    await keepsItsPromises(friend);
    await register(friend, lang);
    await friend.goto(there.pathname + there.search);
    await press(friend, "claim").click();
    await friend.waitForURL(/\/courses\//);
    await expect(press(friend, "buy")).toHaveCount(0);
    await friend.goto(there.pathname + there.search);
    await expect(press(friend, "claim")).toHaveCount(0);
    await other.close();
  });
}

test("the school’s codes are downloaded once and claimed once", async ({ page, browser, baseURL }) => {
  await signIn(page, "sam");
  await page.goto("/en/admin/codes");
  await keepsItsPromises(page);
  await isAccessible(page);
  await page.fill("input[name=name]", "Spring");
  await expect(page.locator("input[name=amount]")).toBeHidden();
  await page.locator("input[name=kind][value=balance]").check();
  await expect(page.locator("input[name=course]")).toBeHidden();
  await page.fill("input[name=amount]", "50");
  await page.fill("input[name=count]", "2");
  await press(page, "make").click();
  const action = await page.locator('main form[action$="/codes.csv"]').first().getAttribute("action");
  const headers = { origin: new URL(page.url()).origin };
  const table = await page.request.post(action ?? "", { headers });
  expect(table.status()).toBe(200);
  const code = (await table.text()).split("\r\n")[1]?.split(",")[0] ?? "";
  expect((await page.request.post(action ?? "", { headers })).status()).toBe(409);

  const other = await browser.newContext({ baseURL, javaScriptEnabled: false });
  const grace = await other.newPage();
  await register(grace);
  await grace.goto("/en/redeem");
  await keepsItsPromises(grace);
  await grace.fill("input[name=code]", code);
  await grace.locator("main form button[type=submit]").click();
  await press(grace, "claim").click();
  await grace.waitForURL(/claimed=5000/);
  await expect(grace.locator("main")).toContainText("¥50");
  await other.close();
});

test("seats are bought, given and taken up", async ({ page, browser, baseURL }) => {
  await register(page);
  await page.goto(`/en/seats?course=${PAID}`);
  await keepsItsPromises(page);
  await isAccessible(page);
  await page.fill("input[name=seats]", "2");
  await press(page, "seats").click();
  await page.waitForURL(/\/checkout\//);
  await press(page, "pay").click();
  await page.locator("button[name=action][value=pay]").click();
  await page.waitForURL((url) => url.pathname.startsWith("/en/"), { timeout: 20_000 });

  const other = await browser.newContext({ baseURL, javaScriptEnabled: false });
  const colleague = await other.newPage();
  const email = await register(colleague);
  await expect(async () => {
    await page.goto("/en/seats");
    await page.locator('main tbody a[href*="/seats/"]').first().click({ timeout: 1000 });
  }).toPass({ timeout: 20_000 });
  await page.fill("input[name=email]", email);
  await press(page, "assign").click();
  await keepsItsPromises(page);
  await isAccessible(page);
  const link = new URL(await page.locator("input[name=link]").first().inputValue());
  await colleague.goto(link.pathname + link.search);
  await press(colleague, "claim").click();
  await colleague.waitForURL(/\/courses\//);
  await expect(press(colleague, "buy")).toHaveCount(0);
  await other.close();
});

test("a link that recommends is one’s own", async ({ page }) => {
  await register(page);
  await page.goto("/en/share");
  await keepsItsPromises(page);
  await isAccessible(page);
  await expect(page.locator("input[name=link]")).toHaveValue(/\?via=[0-9A-Z]{8}$/);
  await expect(page.locator("copy-button button")).toBeVisible();
});
