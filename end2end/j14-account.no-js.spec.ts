// A forgotten password and codes from an app, without script.
import { codeOf, letterTo, linkIn } from "./letters";
import { expect, press, register, signOut, test } from "./school";

test("a forgotten password is set anew without script", async ({ page }) => {
  const email = await register(page, "zh");
  await signOut(page, "zh");
  await page.goto("/zh/reset");
  await page.fill("input[name=email]", email);
  await press(page, "reset").click();
  await expect(page).toHaveURL(/done=sent/);
  await page.goto(linkIn(await letterTo(email, "/zh/reset/"), "/zh/reset/"));
  await page.fill("input[name=new_password]", "quite another long sentence");
  await press(page, "set_password").click();
  await expect(page).toHaveURL(/\/zh\/login/);
  await page.fill("input[name=email]", email);
  await page.fill("input[name=password]", "quite another long sentence");
  await press(page, "login").click();
  await page.waitForURL((url) => !url.pathname.endsWith("/login"));
});

test("codes are set up and asked for without script", async ({ page }) => {
  const email = await register(page);
  await page.goto(linkIn(await letterTo(email, "/en/verify/"), "/en/verify/"));
  await press(page, "follow").click();
  await page.goto("/en/settings/security/codes");
  await press(page, "begin").click();
  const key = await page.locator("main code").first().innerText();
  await page.fill("input[name=code]", codeOf(key));
  await press(page, "finish").click();
  await expect(page.locator(".notice li code")).toHaveCount(10);
  await signOut(page, "en");
  await page.goto("/en/login?next=/en/me/learning");
  await page.fill("input[name=email]", email);
  await page.fill("input[name=password]", "a long enough sentence");
  await press(page, "login").click();
  await page.fill("input[name=code]", codeOf(key, 1));
  await press(page, "second").click();
  await expect(page).toHaveURL(/\/en\/me\/learning/);
});
