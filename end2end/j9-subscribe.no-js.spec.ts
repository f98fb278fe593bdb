// The same without script: becoming a member, the trial, leaving in two clicks.
import { expect, press, register, test } from "./school";

test("the trial begins and is cancelled without script", async ({ page }) => {
  await register(page, "zh");
  await page.goto("/zh/membership");
  await press(page, "subscribe").click();
  // refused: the consent is not ticked
  await expect(page.locator("input[name=consent]")).toHaveAttribute("aria-invalid", "true");
  await page.locator("label:has(input[name=consent])").click();
  await press(page, "subscribe").click();
  await page.waitForURL(/done=trial/);
  await expect(page.locator("main")).toContainText("试用中");
  await page.locator(`main a[href$="/me/membership/cancel"]`).click();
  await press(page, "cancel").click();
  await page.waitForURL(/done=cancelled/);
  await press(page, "undo").click();
  await page.waitForURL(/done=undone/);
});

test("a month is paid without script", async ({ page }) => {
  await register(page);
  await page.goto("/en/membership");
  await page.locator("main a.plan").first().click();
  await page.locator(`main a.btn[href*="begin=now"]`).click();
  await page.locator("label:has(input[name=consent])").click();
  await press(page, "subscribe").click();
  await page.waitForURL((url) => url.pathname.startsWith("/pay/"));
  await page.locator("button[name=action][value=pay]").click();
  await page.waitForURL((url) => url.pathname.startsWith("/en/"), { timeout: 20_000 });
  await expect(page.locator(`main a.btn[href="/en/me/membership"]`).first()).toBeVisible({ timeout: 20_000 });
});
