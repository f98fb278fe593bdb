// Somebody joins, says what interests them, and sees a feed that fits and gives its reasons.
import { chooseTopics, expect, isAccessible, keepsItsPromises, LANGS, press, register, signIn, signOut, test } from "./school";

for (const lang of LANGS) {
  test(`three interests make a feed that says why: ${lang}`, async ({ page }) => {
    const email = await register(page, lang);
    await expect(page).toHaveURL(new RegExp(`/${lang}/settings/interests`));
    await keepsItsPromises(page);
    await isAccessible(page);
    await chooseTopics(page);
    const topics = await page.locator("input[name=topic]:checked").evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
    await page.locator("main form button[type=submit]").click();
    await expect(page).toHaveURL(new RegExp(`/${lang}/feed`));
    await keepsItsPromises(page);
    await isAccessible(page);
    const items = page.locator(".feed-item");
    const count = await items.count();
    expect(count).toBeGreaterThanOrEqual(6);
    for (let at = 0; at < count; at++) await expect(items.nth(at).locator(".feed-reason")).not.toBeEmpty();
    // what they chose is chosen when they come back
    await page.goto(`/${lang}/settings/interests`);
    for (const topic of topics) await expect(page.locator(`input[name=topic][value="${topic}"]`)).toBeChecked();
    // and the account is theirs: out, and in again
    await signOut(page, lang);
    await page.goto(`/${lang}/feed`);
    await expect(page).toHaveURL(new RegExp(`/${lang}/login\\?next=`));
    await page.fill("input[name=email]", email);
    await page.fill("input[name=password]", "a long enough sentence");
    await page.locator("input[name=password]").press("Enter");
    await expect(page).toHaveURL(new RegExp(`/${lang}/feed`));
  });
}

test("an address that is taken leads where a new one does, to a page that lets nobody in", async ({ page }) => {
  await page.goto("/en/register");
  await page.fill("input[name=name]", "Grace again");
  await page.fill("input[name=email]", "grace@lectern.example");
  await page.fill("input[name=password]", "a long enough sentence");
  await press(page, "register").click();
  await expect(page).toHaveURL(/\/en\/settings\/interests/);
  await expect(page.locator("h1")).toHaveText("Look into your mailbox");
  await keepsItsPromises(page);
  await isAccessible(page);
  await page.goto("/en/feed");
  await expect(page).toHaveURL(/\/en\/login/);
});

test("a wrong password is refused without saying which part was wrong", async ({ page }) => {
  const said: string[] = [];
  for (const email of ["grace@lectern.example", "nobody-at-all@lectern.example"]) {
    await page.goto("/zh/login");
    await page.fill("input[name=email]", email);
    await page.fill("input[name=password]", "certainly not this one");
    await page.locator("input[name=password]").press("Enter");
    await expect(page.locator("main [role=alert]").first()).toBeVisible();
    said.push((await page.locator("main [role=alert]").first().innerText()).trim());
  }
  expect(said[0]).toBe(said[1]);
});

test("who does not teach is told what the studio needs", async ({ page }) => {
  await signIn(page, "grace", "en");
  const answer = await page.goto("/en/studio/courses");
  expect(answer?.status()).toBe(403);
  await keepsItsPromises(page);
  await isAccessible(page);
});
