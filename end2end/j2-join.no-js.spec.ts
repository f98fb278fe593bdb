// Joining and signing in without script.
import { chooseTopics, expect, register, signIn, signOut, test } from "./school";

test("registering, interests and the feed need no script", async ({ page }) => {
  await register(page, "zh");
  await expect(page).toHaveURL(/\/zh\/settings\/interests/);
  await chooseTopics(page);
  await page.locator("main form button[type=submit]").click();
  await expect(page).toHaveURL(/\/zh\/feed/);
  expect(await page.locator(".feed-item .feed-reason").count()).toBeGreaterThanOrEqual(6);
});

test("a form that is refused comes back with its mistakes and with what was typed", async ({ page }) => {
  await page.goto("/en/register");
  const form = page.locator("main form").filter({ has: page.locator("input[name=password]") });
  await form.evaluate((element: HTMLFormElement) => (element.noValidate = true)).catch(() => undefined);
  await page.fill("input[name=name]", "Newcomer");
  await page.fill("input[name=email]", "grace@lectern.example");
  await page.fill("input[name=password]", "short");
  const [answer] = await Promise.all([page.waitForResponse((r) => r.request().method() === "POST"), form.locator("button[type=submit]").click()]);
  expect(answer.status()).toBe(422);
  await expect(page.locator("input[name=name]")).toHaveValue("Newcomer");
  await expect(page.locator("input[name=password]")).toHaveAttribute("aria-invalid", "true");
});

test("signing in returns to the page that was wanted, and signing out ends it", async ({ page }) => {
  await page.goto("/en/me/learning");
  await expect(page).toHaveURL(/\/en\/login\?next=/);
  await page.fill("input[name=email]", "grace@lectern.example");
  await page.fill("input[name=password]", "lectern-demo");
  await page.locator("main form").filter({ has: page.locator("input[name=password]") }).locator("button[type=submit]").click();
  await expect(page).toHaveURL(/\/en\/me\/learning/);
  await signOut(page, "en");
  await page.goto("/en/me/learning");
  await expect(page).toHaveURL(/\/en\/login/);
});

test("an address elsewhere is not followed after signing in", async ({ page }) => {
  await page.goto("/en/login?next=https%3A%2F%2Fevil.example");
  await page.fill("input[name=email]", "grace@lectern.example");
  await page.fill("input[name=password]", "lectern-demo");
  await page.locator("main form").filter({ has: page.locator("input[name=password]") }).locator("button[type=submit]").click();
  await page.waitForURL((url) => !url.pathname.endsWith("/login"));
  expect(new URL(page.url()).hostname).toBe("127.0.0.1");
});

test("the theme and the language are chosen without script", async ({ page }) => {
  await signIn(page, "grace", "en");
  await page.goto("/en/courses");
  await page.locator('footer button[value=dark], footer [name=theme][value=dark]').first().click({ force: true });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.locator('footer a[hreflang^=zh], footer a[lang^=zh]').first().click();
  await expect(page).toHaveURL(/\/zh\/courses/);
  await keepsItsPromisesWithoutScript(page);
});

/** Without script nothing can be evaluated in the page; its language can still be read. */
async function keepsItsPromisesWithoutScript(page: import("@playwright/test").Page) {
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await expect(page.locator("h1")).toHaveCount(1);
}
