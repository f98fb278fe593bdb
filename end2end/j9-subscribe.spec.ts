// Somebody becomes a member, learns, changes the plan, leaves and comes back: each step says what it costs and when.
import { expect, isAccessible, keepsItsPromises, LANGS, press, register, test, type Lang } from "./school";
import type { Page } from "@playwright/test";

/** Ticks the consent by its label, which is where a person presses. */
async function agree(page: Page) {
  const box = page.locator("input[name=consent]");
  await expect(box).not.toBeChecked();
  await page.locator("label:has(input[name=consent])").click();
}

/** Pays on the provider's page, and waits until the shop says so. */
async function pay(page: Page, lang: Lang) {
  await page.waitForURL((url) => url.pathname.startsWith("/pay/") && !url.pathname.startsWith(`/${lang}/`));
  await page.locator("button[name=action][value=pay]").click();
  await page.waitForURL((url) => url.pathname.startsWith(`/${lang}/`), { timeout: 20_000 });
  await expect(page.locator(`main a.btn[href="/${lang}/me/membership"]`).first()).toBeVisible({ timeout: 20_000 });
}

/** Becomes a member with the plan at this place. */
async function join(page: Page, lang: Lang, plan: number) {
  await page.goto(`/${lang}/membership`);
  await page.locator("main a.plan").nth(plan).click();
  await page.locator(`main a.btn[href*="begin=now"]`).click();
  await page.waitForURL(/begin=now/);
  // the calendar of billing is this browser's
  const zone = await page.evaluate(() => new Intl.DateTimeFormat().resolvedOptions().timeZone);
  await expect(page.locator("input[name=zone]")).toHaveValue(zone);
  await agree(page);
  await press(page, "subscribe").click();
  await pay(page, lang);
}

for (const lang of LANGS) {
  test(`the page says what it costs before anything is agreed to (${lang})`, async ({ page }) => {
    await page.goto(`/${lang}/membership`);
    await keepsItsPromises(page);
    await isAccessible(page);
    await expect(page.locator("main a.plan")).toHaveCount(3);
    await expect(page.locator("main ul.grid-cards li").first()).toBeVisible();
    await register(page, lang);
    await page.goto(`/${lang}/membership`);
    const consent = page.locator("label:has(input[name=consent])");
    for (const price of ["39.00", "99.00", "299.00"]) {
      await page.locator("main a.plan", { hasText: price.replace(".00", "") }).first().click();
      await expect(consent).toContainText(price);
    }
    await keepsItsPromises(page);
    await isAccessible(page);
    // without the tick nothing begins, and the page says why
    await press(page, "subscribe").click();
    await expect(page.locator("[id^=f-consent] ~ *, .field-error, [role=alert], .error").filter({ visible: true }).first()).toBeVisible();
  });
}

test("a member learns, changes the plan to the cent, leaves in two clicks and comes back", async ({ page }) => {
  await register(page);
  await join(page, "en", 0);
  await page.goto("/en/me/membership");
  await keepsItsPromises(page);
  await isAccessible(page);
  await expect(page.locator("main")).toContainText("Active");
  await expect(page.locator("main table tbody tr")).toHaveCount(1);

  // a course of the membership is open
  await page.goto("/en/membership");
  const href = await page.locator("main ul.grid-cards a[href*='/courses/']").first().getAttribute("href");
  await page.goto(href ?? "/");
  await expect(page.locator("main").getByText("Open to you as a member").filter({ visible: true }).first()).toBeVisible();

  // another plan: the preview, then the same amount at the provider's
  await page.goto("/en/me/membership");
  await page.locator(`main a[href*="/me/membership/change"]`).last().click();
  await page.waitForURL(/change\?plan=/);
  await keepsItsPromises(page);
  await isAccessible(page);
  const due = await page.locator("main table tbody tr").last().locator("td.num").innerText();
  await agree(page);
  await press(page, "change").click();
  await page.waitForURL((url) => url.pathname.startsWith("/pay/"));
  await expect(page.locator("body")).toContainText(due.replace(/[^\d.]/g, ""));
  await pay(page, "en");
  await page.goto("/en/me/membership");
  await expect(page.locator("main")).toContainText("Yearly");

  // a break, and thinking better of it
  await page.locator("main summary", { hasText: "Take a break" }).click();
  await press(page, "pause").click();
  await page.waitForURL(/done=paused/);
  await keepsItsPromises(page);
  await press(page, "undo").click();
  await page.waitForURL(/done=undone/);

  // two clicks out, one back
  await page.locator(`main a[href$="/me/membership/cancel"]`).click();
  await keepsItsPromises(page);
  await isAccessible(page);
  await press(page, "cancel").click();
  await page.waitForURL(/done=cancelled/);
  await keepsItsPromises(page);
  await press(page, "undo").click();
  await page.waitForURL(/done=undone/);
  await expect(page.locator(`main a[href$="/me/membership/cancel"]`)).toBeVisible();
});
