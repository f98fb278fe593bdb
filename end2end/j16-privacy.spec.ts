// One's own data: consents, what suggestions use, how one is told of things, everything in one file, and leaving.
import { readFileSync } from "node:fs";
import { letterTo } from "./letters";
import { expect, isAccessible, keepsItsPromises, LANGS, press, register, signIn, test } from "./school";

for (const lang of LANGS) {
  test(`suggestions made for oneself are turned off, and the feed says so: ${lang}`, async ({ page }) => {
    await register(page, lang);
    await page.goto(`/${lang}/settings/privacy`);
    await keepsItsPromises(page);
    await isAccessible(page);
    const row = page.locator("[data-purpose=personal]");
    await row.locator("button").click();
    await expect(page).toHaveURL(/done=answered/);
    await expect(row.locator("input[name=answer]")).toHaveValue("yes");
    await isAccessible(page);
    await page.goto(`/${lang}/feed`);
    await expect(page.locator(`main a[href="/${lang}/settings/privacy"]`)).toBeVisible();
    await keepsItsPromises(page);
    await page.locator(`main a[href="/${lang}/settings/privacy"]`).click();
    await row.locator("button").click();
    await expect(row.locator("input[name=answer]")).toHaveValue("no");
    await page.goto(`/${lang}/feed`);
    await expect(page.locator(`main a[href="/${lang}/settings/privacy"]`)).toHaveCount(0);
  });

  test(`everything about oneself comes in one file: ${lang}`, async ({ page }) => {
    const email = await register(page, lang);
    await page.goto(`/${lang}/settings/data`);
    await keepsItsPromises(page);
    await isAccessible(page);
    await press(page, "archive").click();
    await letterTo(email, `/${lang}/settings/data`);
    await page.goto(`/${lang}/settings/data`);
    await keepsItsPromises(page);
    await isAccessible(page);
    const [file] = await Promise.all([page.waitForEvent("download"), page.locator("main a[download]").click()]);
    const bytes = readFileSync(await file.path());
    // a ZIP file, with its list of files at the end
    expect(bytes.subarray(0, 2).toString()).toBe("PK");
    for (const name of ["index.html", "data/profile.json", "data/consents.json"]) expect(bytes.includes(name)).toBe(true);
  });

  test(`an account is left, and kept after all: ${lang}`, async ({ page }) => {
    const email = await register(page, lang);
    await page.goto(`/${lang}/settings/data`);
    await page.locator(`main a[href="/${lang}/settings/delete"]`).click();
    await keepsItsPromises(page);
    await isAccessible(page);
    await page.locator("label", { has: page.locator("input[name=understood]") }).click();
    await press(page, "leave").click();
    await expect(press(page, "stay")).toBeVisible();
    await keepsItsPromises(page);
    await isAccessible(page);
    await letterTo(email, `/${lang}/settings/delete`);
    await press(page, "stay").click();
    await expect(page).toHaveURL(/done=undone/);
    await expect(press(page, "leave")).toBeVisible();
  });
}

test("who has something to settle is told what before they can go", async ({ page }) => {
  await signIn(page, "ada");
  await page.goto("/en/settings/delete");
  await expect(page.locator("main .notice li").first()).toBeVisible();
  await expect(press(page, "leave")).toHaveCount(0);
  await keepsItsPromises(page);
  await isAccessible(page);
});

test("how one hears of things is kept", async ({ page }) => {
  await register(page);
  await page.goto("/en/settings/notifications");
  await keepsItsPromises(page);
  await isAccessible(page);
  await page.locator("label", { has: page.locator("input[name=mail][value=gifts]") }).click();
  await press(page, "channels").click();
  await expect(page).toHaveURL(/done=kept/);
  await expect(page.locator("input[name=mail][value=gifts]")).not.toBeChecked();
  await expect(page.locator("input[name=inside][value=gifts]")).toBeChecked();
  await page.goto("/en/notifications");
  await keepsItsPromises(page);
  await isAccessible(page);
});
