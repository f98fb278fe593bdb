// One's own account, kept safe: a forgotten password, a confirmed address, codes from an app, another address.
import { type Page } from "@playwright/test";
import { codeOf, letterTo, linkIn } from "./letters";
import { expect, isAccessible, keepsItsPromises, LANGS, press, register, signOut, test, type Lang } from "./school";

const OWN = "a long enough sentence";

async function enter(page: Page, email: string, password: string, lang: Lang = "en") {
  await page.goto(`/${lang}/login`);
  await page.fill("input[name=email]", email);
  await page.fill("input[name=password]", password);
  await press(page, "login").click();
}

/** Opens the welcome's link and confirms the address. */
async function confirmAddress(page: Page, email: string, lang: Lang = "en") {
  await page.goto(linkIn(await letterTo(email, `/${lang}/verify/`), `/${lang}/verify/`));
  await keepsItsPromises(page);
  await isAccessible(page);
  await press(page, "follow").click();
  await expect(page).toHaveURL(/done=verified/);
}

for (const lang of LANGS) {
  test(`a forgotten password is set anew by a letter: ${lang}`, async ({ page }) => {
    const email = await register(page, lang);
    await signOut(page, lang);
    await page.goto(`/${lang}/login`);
    await page.locator(`main a[href="/${lang}/reset"]`).click();
    await keepsItsPromises(page);
    await isAccessible(page);
    await page.fill("input[name=email]", email);
    await press(page, "reset").click();
    await expect(page.locator("main [role=status]")).toBeVisible();
    await isAccessible(page);
    const link = linkIn(await letterTo(email, `/${lang}/reset/`), `/${lang}/reset/`);
    await page.goto(link);
    await keepsItsPromises(page);
    await isAccessible(page);
    await page.fill("input[name=new_password]", "password1");
    await press(page, "set_password").click();
    await expect(page.locator("input[name=new_password]")).toHaveAttribute("aria-invalid", "true");
    await page.fill("input[name=new_password]", "quite another long sentence");
    await press(page, "set_password").click();
    await expect(page).toHaveURL(new RegExp(`/${lang}/login`));
    await expect(page.locator("main [role=status]")).toBeVisible();
    await page.goto(link);
    await expect(page.locator("input[name=new_password]")).toHaveCount(0);
    await isAccessible(page);
    await enter(page, email, OWN, lang);
    await expect(page.locator("main [role=alert]").first()).toBeVisible();
    await enter(page, email, "quite another long sentence", lang);
    await page.waitForURL((url) => !url.pathname.endsWith("/login"));
  });

  test(`codes from an app are set up, asked for and turned off: ${lang}`, async ({ page }) => {
    const email = await register(page, lang);
    await page.goto(`/${lang}/settings/security/codes`);
    await keepsItsPromises(page);
    await isAccessible(page);
    await expect(press(page, "begin")).toHaveCount(0);
    await confirmAddress(page, email, lang);
    await page.goto(`/${lang}/settings/security/codes`);
    await press(page, "begin").click();
    await expect(page.locator("svg.qr")).toBeVisible();
    await keepsItsPromises(page);
    await isAccessible(page);
    const key = await page.locator("main code").first().innerText();
    await page.fill("input[name=code]", codeOf(key));
    await press(page, "finish").click();
    await expect(page).toHaveURL(/done=second_on/);
    await keepsItsPromises(page);
    await isAccessible(page);
    const codes = await page.locator(".notice li code").allInnerTexts();
    expect(codes).toHaveLength(10);
    await signOut(page, lang);

    await enter(page, email, OWN, lang);
    await expect(page).toHaveURL(new RegExp(`/${lang}/login/second`));
    await keepsItsPromises(page);
    await isAccessible(page);
    await page.fill("input[name=code]", "000000");
    await press(page, "second").click();
    await expect(page.locator("input[name=code]")).toHaveAttribute("aria-invalid", "true");
    await page.fill("input[name=code]", codeOf(key, 1));
    await press(page, "second").click();
    await page.waitForURL((url) => !url.pathname.includes("/login"));
    await signOut(page, lang);

    await enter(page, email, OWN, lang);
    await page.fill("input[name=code]", codes[0] ?? "");
    await press(page, "second").click();
    await page.waitForURL((url) => !url.pathname.includes("/login"));
    await page.goto(`/${lang}/settings/security/codes`);
    await press(page, "end").click();
    await expect(page).toHaveURL(/done=second_off/);
  });
}

test("another address counts once it is confirmed, and both are told", async ({ page }) => {
  const email = await register(page);
  const other = email.replace("new-", "other-");
  await page.goto("/en/settings/security");
  await page.fill("input[name=new_email]", other);
  await press(page, "email").click();
  await expect(page.locator("main [role=status]")).toBeVisible();
  await letterTo(email, "asked for another address");
  await page.goto(linkIn(await letterTo(other, "/en/verify/"), "/en/verify/"));
  await keepsItsPromises(page);
  await isAccessible(page);
  await press(page, "follow").click();
  await page.goto("/en/settings/security");
  await expect(page.locator("main strong", { hasText: other }).first()).toBeVisible();
  await letterTo(email, other);
  await letterTo(other, "now has this address");
});

test("the page of sign-ins tells what happened, and ends another device or all of them", async ({ page, browser, baseURL }) => {
  const email = await register(page);
  const elsewhere = await browser.newContext({ baseURL });
  const other = await elsewhere.newPage();
  await enter(other, email, "certainly not this one");
  await expect(other.locator("main [role=alert]").first()).toBeVisible();
  await enter(other, email, OWN);
  await other.waitForURL((url) => !url.pathname.endsWith("/login"));
  await page.goto("/en/settings/security");
  await keepsItsPromises(page);
  await isAccessible(page);
  await expect(page.locator("#log li", { hasText: "wrong password" })).toHaveCount(1);
  // one of two, by its own button
  const lent = await browser.newContext({ baseURL, userAgent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0" });
  const borrowed = await lent.newPage();
  await enter(borrowed, email, OWN);
  await borrowed.waitForURL((url) => !url.pathname.endsWith("/login"));
  await page.reload();
  const ends = page.locator("main form:has(input[name=form][value=end_session]) button");
  await expect(ends).toHaveCount(2);
  await page.locator("main li", { hasText: "Firefox" }).locator("form:has(input[value=end_session]) button").click();
  await expect(ends).toHaveCount(1);
  await borrowed.goto("/en/settings/security");
  await expect(borrowed).toHaveURL(/\/en\/login/);
  await lent.close();
  await other.goto("/en/settings/security");
  await expect(other).toHaveURL(/\/en\/settings\/security/);
  await press(page, "end_others").click();
  await expect(page).toHaveURL(/done=sessions/);
  await other.goto("/en/settings/security");
  await expect(other).toHaveURL(/\/en\/login/);
  await elsewhere.close();
});

test("another password is set, every other device is out, and the owner is told", async ({ page, browser, baseURL }) => {
  const [email, next] = [await register(page), "another sentence that is long enough"];
  const elsewhere = await browser.newContext({ baseURL });
  const other = await elsewhere.newPage();
  await enter(other, email, OWN);
  await other.waitForURL((url) => !url.pathname.endsWith("/login"));
  await page.goto("/en/settings/security");
  await page.fill("input[name=current_password]", "certainly not this one");
  await page.locator("main form:has(input[name=current_password]) input[name=new_password]").fill(next);
  await press(page, "password").click();
  await expect(page.locator("input[name=current_password]")).toHaveAttribute("aria-invalid", "true");
  await isAccessible(page);
  await page.fill("input[name=current_password]", OWN);
  await page.locator("main form:has(input[name=current_password]) input[name=new_password]").fill(next);
  await press(page, "password").click();
  await expect(page).toHaveURL(/done=password/);
  await keepsItsPromises(page);
  await letterTo(email, "password was changed just now");
  await other.goto("/en/settings/security");
  await expect(other).toHaveURL(/\/en\/login/);
  await enter(other, email, OWN);
  await expect(other.locator("main [role=alert]").first()).toBeVisible();
  await enter(other, email, next);
  await other.waitForURL((url) => !url.pathname.endsWith("/login"));
  await elsewhere.close();
});
