// Buying several things at once: the cart before and after signing in, a coupon, a bundle, the wallet.
import { expect, isAccessible, keepsItsPromises, LANGS, press, register, signIn, test } from "./school";
import type { Page } from "@playwright/test";

const FIRST = "analytical-engines";
const SECOND = "tests-people-trust";

async function intoTheCart(page: Page, lang: string, slug: string) {
  await page.goto(`/${lang}/courses/${slug}`);
  await press(page, "cart").click();
  await page.waitForURL((url) => url.pathname === `/${lang}/cart`);
}

/** From the checkout over the provider's page to an order that says it is paid. */
async function pay(page: Page, lang: string) {
  await press(page, "pay").click();
  await page.waitForURL((url) => !url.pathname.startsWith(`/${lang}/`));
  await page.locator("button[name=action][value=pay]").click();
  await page.waitForURL((url) => url.pathname.startsWith(`/${lang}/`), { timeout: 20_000 });
  await expect(page.locator("main .badge-success, main .badge.success, main dl.facts").last()).toBeVisible();
  await expect(page.locator("main dl.facts").last()).toContainText("R-", { timeout: 20_000 });
}

for (const lang of LANGS) {
  test(`a cart filled before signing in is bought with a coupon: ${lang}`, async ({ page }) => {
    await intoTheCart(page, lang, FIRST);
    await intoTheCart(page, lang, SECOND);
    await keepsItsPromises(page);
    await isAccessible(page);
    await register(page, lang);
    await page.goto(`/${lang}/cart`);
    await expect(page.locator("main .card-row")).toHaveCount(2);
    await page.fill("input[name=coupon]", "NOSUCH");
    await press(page, "coupon").click();
    await expect(page.locator("main .field .error")).toBeVisible();
    await keepsItsPromises(page);
    await isAccessible(page);
    await page.fill("input[name=coupon]", "welcome");
    await press(page, "coupon").click();
    await expect(page.locator("main dl.facts .total")).toContainText("286.40");
    await keepsItsPromises(page);
    await press(page, "checkout").click();
    await page.waitForURL(/\/checkout\//);
    await keepsItsPromises(page);
    await isAccessible(page);
    await pay(page, lang);
    await keepsItsPromises(page);
    await page.goto(`/${lang}/cart`);
    await expect(page.locator("main .card-row")).toHaveCount(0);
    await page.goto(`/${lang}/courses/${SECOND}`);
    await expect(press(page, "buy")).toHaveCount(0);
  });
}

test("a bundle asks only for what one does not have", async ({ page }) => {
  await register(page);
  await page.goto("/en/bundles/three-crafts");
  await keepsItsPromises(page);
  await isAccessible(page);
  await expect(page.locator("main aside")).toContainText("399");
  await page.goto(`/en/courses/${FIRST}`);
  await press(page, "buy").click();
  await page.waitForURL(/\/checkout\//);
  await pay(page, "en");
  await page.goto("/en/bundles/three-crafts");
  await expect(page.locator("main .badge").first()).toBeVisible();
  await page.locator("button[name=form][value=buy]").click();
  await page.waitForURL(/\/checkout\//);
  await keepsItsPromises(page);
  await pay(page, "en");
  await page.goto("/en/bundles/three-crafts");
  await expect(page.locator("button[name=form][value=buy]")).toHaveCount(0);
});

test("the wallet is filled, and pays", async ({ page }) => {
  await register(page);
  await page.goto("/en/me/wallet");
  await keepsItsPromises(page);
  await isAccessible(page);
  await page.locator("label").filter({ has: page.locator("input[name=amount][value='50000']") }).click();
  await press(page, "top_up").click();
  await page.waitForURL(/\/checkout\//);
  await keepsItsPromises(page);
  await pay(page, "en");
  await page.goto(`/en/courses/${FIRST}`);
  await press(page, "buy").click();
  await page.waitForURL(/\/checkout\//);
  await press(page, "wallet").click();
  await expect(page.locator("main dl.facts .total")).toContainText("0.00");
  await keepsItsPromises(page);
  await press(page, "pay").click();
  await page.waitForURL(/\/en\/orders\//);
  await page.goto("/en/me/wallet");
  await expect(page.locator("main")).toContainText("301");
  await expect(page.locator("main tbody tr")).toHaveCount(2);
  await keepsItsPromises(page);
});

test("staff make a coupon and end it", async ({ page }) => {
  await signIn(page, "sam");
  await page.goto("/en/admin/coupons");
  await keepsItsPromises(page);
  await isAccessible(page);
  const code = `E2E-${Date.now()}`;
  await page.fill("input[name=name]", code);
  await page.fill("input[name=codes]", code);
  await page.fill("input[name=value]", "120");
  await press(page, "coupon").click();
  await expect(page.locator("#errors")).toBeVisible();
  await expect(page.locator("input[name=codes]")).toHaveValue(code);
  await page.fill("input[name=value]", "30");
  await press(page, "coupon").click();
  const row = page.locator("main tbody tr").filter({ hasText: code });
  await expect(row).toContainText("30%");
  await row.locator("button").click();
  await expect(page.locator("main tbody tr").filter({ hasText: code }).locator("button")).toHaveCount(0);
});

test("an instructor makes a coupon and a bundle of their own", async ({ page }) => {
  await signIn(page, "ada");
  await page.goto("/en/studio/coupons");
  await keepsItsPromises(page);
  await isAccessible(page);
  const code = `ADA-${Date.now()}`;
  await page.fill("input[name=name]", "Mine");
  await page.fill("input[name=codes]", code);
  await page.fill("input[name=value]", "10");
  await press(page, "coupon").click();
  await expect(page.locator("main tbody tr").filter({ hasText: code })).toHaveCount(1);
  await page.goto("/en/studio/bundles");
  await keepsItsPromises(page);
  await isAccessible(page);
});
