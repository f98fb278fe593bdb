// Learning: every kind of lesson, progress that is kept, and a feed that listens.
import { chooseTopics, expect, isAccessible, keepsItsPromises, payAndReturn, press, register, test, toThePaymentPage } from "./school";
import type { Page } from "@playwright/test";

const COURSE = "analytical-engines";

/** A fresh learner who owns the course. */
async function owner(page: Page) {
  await register(page);
  await toThePaymentPage(page, COURSE);
  await payAndReturn(page);
}

/** Opens the lesson at a place of the outline. */
async function open(page: Page, at: number) {
  await page.goto(`/en/courses/${COURSE}`);
  const address = await page.locator(".outline a.lesson-title").nth(at).getAttribute("href");
  await page.goto(address ?? "");
}

const time = (page: Page) => page.locator("lesson-player video, lesson-player audio").evaluate((media: HTMLMediaElement) => media.currentTime);

test("a video goes on where it stopped, at the speed and with the captions that were chosen", async ({ page }) => {
  await owner(page);
  await open(page, 0);
  await keepsItsPromises(page);
  await isAccessible(page);
  const video = page.locator("lesson-player video");
  await expect(page.locator("lesson-player[data-ready]")).toBeVisible();
  expect(await video.evaluate((media: HTMLVideoElement) => media.textTracks.length)).toBeGreaterThan(0);
  await video.evaluate(async (media: HTMLVideoElement) => {
    media.muted = true;
    await media.play();
    media.currentTime = 8;
  });
  await expect.poll(() => time(page)).toBeGreaterThan(11);
  await video.evaluate((media: HTMLVideoElement) => media.pause());
  const stopped = await time(page);
  await page.waitForTimeout(1500);
  await page.reload();
  await expect.poll(() => time(page)).toBeGreaterThan(stopped - 1.01);
  expect(Math.abs((await time(page)) - stopped)).toBeLessThanOrEqual(1);
  // speed and captions by the keyboard
  await page.locator("lesson-player").click({ position: { x: 40, y: 40 } });
  await video.evaluate((media: HTMLVideoElement) => media.pause());
  await page.keyboard.press(">");
  expect(await video.evaluate((media: HTMLVideoElement) => media.playbackRate)).toBeGreaterThan(1);
  const shown = () => video.evaluate((media: HTMLVideoElement) => [...media.textTracks].some((track) => track.mode === "showing"));
  const before = await shown();
  await page.keyboard.press("c");
  expect(await shown()).toBe(!before);
});

test("audio, text and a PDF are lessons too, and all of them count", async ({ page }) => {
  await owner(page);
  await open(page, 1);
  await expect(page.locator(".lesson-main .prose")).toBeVisible();
  await keepsItsPromises(page);
  await isAccessible(page);
  await press(page, "mark").click();
  await expect(page.locator('form:has(input[value=mark]) input[name=done][value=no]')).toHaveCount(1);

  await open(page, 2);
  await keepsItsPromises(page);
  const file = page.locator('main a[href*="/media/"]').first();
  const pdf = await page.request.get((await file.getAttribute("href")) ?? "");
  expect(pdf.headers()["content-type"]).toContain("application/pdf");

  await open(page, 3);
  await keepsItsPromises(page);
  const audio = page.locator("lesson-player audio");
  await audio.evaluate((media: HTMLAudioElement) => {
    media.muted = true;
    return media.play();
  });
  await expect.poll(() => time(page)).toBeGreaterThan(1);

  await page.goto("/en/me/learning");
  await keepsItsPromises(page);
  await isAccessible(page);
  await expect(page.locator("main")).toContainText("Analytical Engines");
});

test("from the front page it is one tap back into the lesson", async ({ page }) => {
  await owner(page);
  await open(page, 1);
  const lesson = new URL(page.url()).pathname;
  await page.goto("/en");
  await keepsItsPromises(page);
  await page.locator(`main a[href^="/en/learn/${COURSE}/"]`).first().click();
  await expect(page).toHaveURL(new RegExp(`/en/learn/${COURSE}/`));
  expect(new URL(page.url()).pathname).toBe(lesson);
});

test("what does not interest goes at once and stays away; and can be called back", async ({ page }) => {
  await register(page);
  await chooseTopics(page);
  await page.locator("main form button[type=submit]").click();
  await page.waitForURL(/\/en\/feed/);
  const first = page.locator(".feed-item").first();
  const address = await first.locator('a[href*="/courses/"]').first().getAttribute("href");
  const link = page.locator(`.feed-item a[href="${address}"]`).filter({ visible: true });
  await first.locator('form:has(input[value=dismiss]) button').click();
  await expect(link).toHaveCount(0);
  await page.waitForTimeout(700);
  await page.goto("/en/feed");
  await expect(page.locator(`.feed-item a[href="${address}"]`)).toHaveCount(0);
  expect(await page.locator(".feed-item").count()).toBeGreaterThanOrEqual(5);
});

test("a lesson that is not theirs says what would open it", async ({ page, browser, baseURL }) => {
  // the outline links only what is open: the address of a closed lesson comes from somebody who has it
  const linked = (on: Page) => on.locator(".outline a.lesson-title").evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
  const bought = await browser.newContext({ baseURL });
  const theirs = await bought.newPage();
  await owner(theirs);
  await theirs.goto(`/en/courses/${COURSE}`);
  const all = await linked(theirs);
  await bought.close();

  await register(page);
  await page.goto(`/en/courses/${COURSE}`);
  const previews = await linked(page);
  expect(previews.length).toBe(2);
  const closed = all.find((address) => !previews.includes(address));
  const answer = await page.goto(closed ?? "");
  expect(answer?.status()).toBe(403);
  await keepsItsPromises(page);
  await isAccessible(page);
  await expect(page.locator(`.lesson-main .empty a[href="/en/courses/${COURSE}"]`)).toBeVisible();
  await expect(page.locator("lesson-player, .lesson-main .prose")).toHaveCount(0);
});
