// A visitor finds a course and tries its free lesson.
import { expect, isAccessible, keepsItsPromises, LANGS, test } from "./school";

test("a visitor without a language in the address comes to their own", async ({ browser, baseURL }) => {
  for (const [locale, lang] of [["zh-CN", "zh"], ["en-GB", "en"], ["de-DE", "zh"]] as const) {
    const context = await browser.newContext({ locale, baseURL });
    const page = await context.newPage();
    await page.goto("/");
    await expect(page).toHaveURL(new RegExp(`/${lang}/?$`));
    await page.goto("/courses?level=beginner");
    await expect(page).toHaveURL(new RegExp(`/${lang}/courses\\?level=beginner$`));
    await context.close();
  }
});

for (const lang of LANGS) {
  test(`the front page leads to topics, courses and search: ${lang}`, async ({ page }) => {
    await page.goto(`/${lang}`);
    await keepsItsPromises(page);
    expect(await page.locator(`main a[href^="/${lang}/courses/"]`).count()).toBeGreaterThanOrEqual(8);
    await page.locator("main input[name=q]").first().fill(lang === "zh" ? "诗" : "design");
    await page.locator("main input[name=q]").first().press("Enter");
    await expect(page).toHaveURL(/\/search\?q=/);
    await expect(page.locator("main .card").first()).toBeVisible();
    await keepsItsPromises(page);
  });

  test(`filters say how many courses they leave, and keep their word: ${lang}`, async ({ page }) => {
    await page.goto(`/${lang}/courses`);
    const whole = await found(page);
    expect(whole).toBeGreaterThanOrEqual(40);
    const box = page.locator('#filters input[name=level][value=beginner]');
    const promised = Number(await box.locator("xpath=ancestor::label").locator(".num").textContent());
    await page.goto(`/${lang}/courses?level=beginner`);
    expect(await found(page)).toBe(promised);
    expect(promised).toBeLessThan(whole);
    await page.goto(`/${lang}/courses?level=beginner&price=free`);
    const both = await found(page);
    expect(both).toBeLessThanOrEqual(promised);
    // the chip takes its filter away
    await page.locator('#results .chips a[href*="level=beginner"]').first().click();
    expect(await found(page)).toBe(promised);
    await keepsItsPromises(page);
  });

  test(`on every screen the filters can be reached and applied: ${lang}`, async ({ page, isMobile }) => {
    await page.goto(`/${lang}/courses`);
    if (isMobile) await page.locator('a[href="#filters"]').first().click();
    await page.locator("#filters input[name=kind]").first().check({ force: true });
    // with room beside the courses the choice applies itself
    const button = page.locator("#filters button[type=submit]");
    if (isMobile) await button.click();
    await expect(page).toHaveURL(/kind=/);
    await keepsItsPromises(page);
  });

  test(`a few letters suggest where to go, by keys alone: ${lang}`, async ({ page }) => {
    await page.goto(`/${lang}/courses`);
    await page.locator("header input[type=search]").click();
    await page.keyboard.type("analytical");
    const options = page.locator("header [role=option]");
    await expect(options.first()).toContainText("Analytical Engines");
    await keepsItsPromises(page);
    await isAccessible(page);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/${lang}/courses/analytical-engines`);
  });

  test(`the free lesson of a course plays without an account: ${lang}`, async ({ page }) => {
    await page.goto(`/${lang}/courses/analytical-engines`);
    await keepsItsPromises(page);
    await expect(page.locator("h1")).toHaveText("Analytical Engines");
    const preview = page.locator(`.outline a.lesson-title[href^="/${lang}/learn/analytical-engines/"]`).first();
    await page.goto((await preview.getAttribute("href")) ?? "");
    await keepsItsPromises(page);
    await isAccessible(page);
    const media = page.locator("lesson-player video, lesson-player audio").first();
    await expect(media).toHaveCount(1);
    const before = await media.evaluate((element: HTMLMediaElement) => element.currentTime);
    await media.evaluate((element: HTMLMediaElement) => {
      element.muted = true;
      return element.play();
    });
    await expect.poll(() => media.evaluate((element: HTMLMediaElement) => element.currentTime)).toBeGreaterThan(before + 0.5);
  });
}

test("a search for nothing offers a way on", async ({ page }) => {
  await page.goto("/en/search?q=zzzz-nothing-at-all");
  await expect(page.locator(".empty")).toBeVisible();
  await expect(page.locator('.empty a[href*="/en/topics/"]').first()).toBeVisible();
});

test("an address nobody has is told with a search and ways on", async ({ page }) => {
  const answer = await page.goto("/en/no/such/page");
  expect(answer?.status()).toBe(404);
  await expect(page.locator("#search-again")).toBeVisible();
  await keepsItsPromises(page);
});

/** The number of courses the page says it found. */
async function found(page: import("@playwright/test").Page): Promise<number> {
  return Number((await page.locator("#results [role=status]").textContent())?.match(/\d+/)?.[0]);
}
