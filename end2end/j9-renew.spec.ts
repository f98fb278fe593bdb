// What takes days: the reminder, a renewal by a link, a rest and coming back from it.
import { executable, withMovingTime, DAY, type Moving } from "./moving";
import { expect, isAccessible, keepsItsPromises, press, register, test } from "./school";
import type { Page } from "@playwright/test";

/** Reloads one's membership until it says so: the worker has seen what time it is. */
async function says(page: Page, moving: Moving, words: string) {
  await expect(async () => {
    await page.goto(`${moving.url}/en/me/membership`);
    await expect(page.locator("main dl.facts")).toContainText(words, { timeout: 1000 });
  }).toPass({ timeout: 60_000 });
}

/** After a while nobody is signed in any more. */
async function signInAgain(page: Page, email: string) {
  await page.goto("/en/login");
  await page.fill("input[name=email]", email);
  await page.fill("input[name=password]", "a long enough sentence");
  await page.locator("input[name=password]").press("Enter");
  await page.waitForURL((url) => !url.pathname.endsWith("/login"));
}

/** Pays on the provider's page and comes back. */
async function pay(page: Page, moving: Moving) {
  await page.locator("button[name=action][value=pay]").click();
  await page.waitForURL((url) => url.origin === moving.url, { timeout: 30_000 });
  await expect(page.locator(`main a.btn[href="/en/me/membership"]`).first()).toBeVisible({ timeout: 30_000 });
}

test("a trial is followed by a link, a paid month by a rest, and the rest by coming back", async ({ browser }) => {
  const program = executable();
  test.setTimeout(240_000);
  await withMovingTime(program ?? "", "2026-03-02T01:00:00Z", async (moving) => {
    const context = await browser.newContext({ baseURL: moving.url });
    const page = await context.newPage();
    const email = await register(page);
    await page.goto("/en/membership");
    await page.locator("main a.plan").first().click();
    await page.waitForURL(/plan=/);
    await page.locator("label:has(input[name=consent])").click();
    await press(page, "subscribe").click();
    await page.waitForURL(/done=trial/);
    await says(page, moving, "Trial");

    // the reminder, then the end of the trial: a link, and a week to use it
    await moving.advance(2 * DAY);
    await moving.letter(email, "Your membership renews on");
    await moving.advance(5 * DAY);
    await says(page, moving, "Payment due");
    await moving.letter(email, "Your membership is waiting for payment");
    await keepsItsPromises(page);
    await isAccessible(page);
    await press(page, "pay").click();
    await page.waitForURL((url) => url.origin !== moving.url);
    await pay(page, moving);
    await says(page, moving, "Active");
    await expect(page.locator("main table tbody tr")).toHaveCount(1);

    // a rest: taken back, asked for again, begun at the end of the period
    for (const again of [false, true]) {
      await page.locator("main summary", { hasText: "Take a break" }).click();
      await press(page, "pause").click();
      await page.waitForURL(/done=paused/);
      if (again) break;
      await press(page, "undo").click();
      await page.waitForURL(/done=undone/);
    }
    await moving.advance(32 * DAY);
    await signInAgain(page, email);
    await says(page, moving, "Paused");
    await keepsItsPromises(page);
    await isAccessible(page);
    await press(page, "resume").click();
    await page.waitForURL((url) => url.origin !== moving.url);
    await pay(page, moving);
    await says(page, moving, "Active");
    await context.close();
  });
});
