// Ada makes a course: outline, text, files, price, preview, published; Grace's successors can buy it.
import { join } from "node:path";
import { expect, isAccessible, keepsItsPromises, payAndReturn, press, register, signIn, test, toThePaymentPage } from "./school";
import type { Page } from "@playwright/test";

const MEDIA = join(import.meta.dirname, "..", "server", "demo", "media");

/** A course of Ada's own with one chapter; ends on its outline. Answers the course's rooms' address. */
async function begin(page: Page, title: string): Promise<string> {
  await signIn(page, "ada");
  await page.goto("/en/studio/courses/new");
  await keepsItsPromises(page);
  await page.fill("input[name=title]", title);
  await press(page, "begin").click();
  await page.waitForURL(/\/studio\/courses\/[0-9a-f-]{36}\//);
  const rooms = new URL(page.url()).pathname.replace(/\/[a-z]+$/, "");
  await page.goto(`${rooms}/outline`);
  return rooms;
}

async function addChapter(page: Page, title: string) {
  const form = page.locator("form:has(input[value=add_chapter])");
  await form.locator("input[name=title]").fill(title);
  await form.locator("button[type=submit]").click();
  await expect(page.locator(`[data-sort-kind=chapter][data-sort-name="${title}"]`)).toBeVisible();
}

async function addLesson(page: Page, chapter: string, title: string, kind: "video" | "audio" | "text" | "pdf") {
  const place = page.locator(`[data-sort-kind=chapter][data-sort-name="${chapter}"]`);
  const fold = place.locator("details:has(input[value=add_lesson])");
  if (!(await fold.evaluate((details: HTMLDetailsElement) => details.open))) await fold.locator("summary").click();
  await fold.locator("input[name=title]").fill(title);
  await fold.locator("select[name=kind]").selectOption(kind);
  const outline = page.url();
  await fold.locator("button[type=submit]").click();
  // a new lesson opens at once; here the outline goes on
  await page.waitForURL(/\/lessons\//);
  await page.goto(outline);
  await expect(page.locator(`[data-sort-kind=lesson][data-sort-name="${title}"]`)).toBeVisible();
}

const lessons = (page: Page) => page.locator("[data-sort-kind=lesson]").evaluateAll((items) => items.map((item) => item.getAttribute("data-sort-name")));

async function openLesson(page: Page, title: string) {
  await page.locator(`[data-sort-kind=lesson][data-sort-name="${title}"] a[href*="/lessons/"]`).first().click();
  await page.waitForURL(/\/lessons\//);
}

test("the outline is put in order by keyboard, and stays so", async ({ page }) => {
  await begin(page, `Order by keys ${Date.now()}`);
  await addChapter(page, "First");
  for (const title of ["One", "Two", "Three"]) await addLesson(page, "First", title, "text");
  await keepsItsPromises(page);
  await isAccessible(page);
  await page.locator('[data-sort-name="Three"] [data-sort-handle]').focus();
  const kept = page.waitForResponse((answer) => answer.request().method() === "POST" && answer.ok());
  await page.keyboard.press("Alt+ArrowUp");
  await kept;
  await page.waitForTimeout(500);
  expect(await lessons(page)).toEqual(["One", "Three", "Two"]);
  await page.reload();
  expect(await lessons(page)).toEqual(["One", "Three", "Two"]);
});

/** Puts "Two" before "One" with the mouse. */
async function drag(page: Page) {
  const [from, to] = [await page.locator('[data-sort-name="Two"] [data-sort-handle]').boundingBox(), await page.locator('[data-sort-name="One"]').boundingBox()];
  if (!from || !to) throw new Error("the outline has no places");
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + 10, to.y + to.height / 2, { steps: 12 });
  await page.mouse.move(from.x + 10, to.y + 2, { steps: 6 });
  await page.mouse.up();
}

/** The same by the menu, which is how a thumb does it. */
async function moveByMenu(page: Page) {
  const item = page.locator('[data-sort-name="Two"]');
  await item.locator(".menu > summary").tap();
  await item.locator(".menu-panel form[data-sort-move] button[value=up]").tap();
}

test("the outline is put in order by hand, and stays so", async ({ page, isMobile }) => {
  await begin(page, `Order by hand ${Date.now()}`);
  await addChapter(page, "First");
  for (const title of ["One", "Two"]) await addLesson(page, "First", title, "text");
  const kept = page.waitForResponse((answer) => answer.request().method() === "POST" && answer.status() < 400);
  await (isMobile ? moveByMenu(page) : drag(page));
  await kept;
  await expect.poll(() => lessons(page)).toEqual(["Two", "One"]);
  await keepsItsPromises(page);
  await page.reload();
  expect(await lessons(page)).toEqual(["Two", "One"]);
});

test("what is written survives a reload and a killed tab", async ({ page }) => {
  await begin(page, `Kept words ${Date.now()}`);
  await addChapter(page, "First");
  await addLesson(page, "First", "A text", "text");
  await openLesson(page, "A text");
  const editor = page.locator("lesson-editor [contenteditable=true]");
  await expect(editor).toBeVisible({ timeout: 20_000 });
  await keepsItsPromises(page);
  await isAccessible(page);
  await editor.click();
  const kept = page.waitForResponse((answer) => answer.request().method() === "POST" && answer.ok());
  await page.keyboard.type("The first sentence stays.");
  await kept;
  await page.reload();
  await expect(page.locator("lesson-editor [contenteditable=true]")).toContainText("The first sentence stays.");
  // a second sentence, and the tab is gone before anything could be sent
  await page.locator("lesson-editor [contenteditable=true]").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" So does the second.");
  await page.waitForTimeout(300);
  const address = page.url();
  const again = await page.context().newPage();
  await page.close({ runBeforeUnload: false });
  await again.goto(address);
  await expect(again.locator("main")).toContainText("So does the second.", { timeout: 15_000 });
});

test("a course with files is published, found and bought", async ({ page, browser, baseURL }) => {
  test.setTimeout(150_000);
  const title = `Sold ${Date.now()}-${Math.floor(Math.random() * 1e6)}`;
  const rooms = await begin(page, title);
  await addChapter(page, "Everything");
  await addLesson(page, "Everything", "Watch", "video");
  await addLesson(page, "Everything", "Read on paper", "pdf");
  await addLesson(page, "Everything", "Read here", "text");
  for (const [lesson, file] of [["Watch", "search-en.mp4"], ["Read on paper", "engine-table.pdf"]] as const) {
    await page.goto(`${rooms}/outline`);
    await openLesson(page, lesson);
    await page.locator("#f-file input[type=file]").setInputFiles(join(MEDIA, file));
    await expect(page.locator("#f-file form:has(input[value=detach])")).toBeVisible({ timeout: 30_000 });
    await keepsItsPromises(page);
  }
  await page.goto(`${rooms}/outline`);
  await openLesson(page, "Read here");
  const editor = page.locator("lesson-editor [contenteditable=true]");
  await editor.click();
  await page.keyboard.type("A text of its own.");
  await page.locator("input[name=preview]").check({ force: true });
  await press(page, "lesson").click();
  await expect(page.locator("main .notice-success").first()).toBeVisible();

  await page.goto(`${rooms}/landing`);
  await keepsItsPromises(page);
  await isAccessible(page);
  await page.fill("[name=promise]", "After this course you can sell a course that you made yourself.");
  await page.locator("select[name=topic]").selectOption({ index: 1 });
  await page.fill("[name=about]", "A short course, made in a test, about making short courses.");
  await press(page, "landing").click();
  await expect(page.locator("main .notice-success").first()).toBeVisible();

  await page.goto(`${rooms}/pricing`);
  await page.fill("[name=price]", "49");
  await press(page, "price").click();
  await expect(page.locator("main .notice-success").first()).toBeVisible();
  await keepsItsPromises(page);

  const preview = await page.goto(`${rooms}/preview`);
  expect(preview?.status()).toBe(200);
  await expect(page.locator("main")).toContainText(title);

  await page.goto(`${rooms}/settings`);
  await keepsItsPromises(page);
  await isAccessible(page);
  await press(page, "publish").click();
  await page.waitForURL(/done=published/);

  const other = await browser.newContext({ baseURL });
  const buyer = await other.newPage();
  await register(buyer);
  await buyer.goto(`/en/search?q=${encodeURIComponent(title)}`);
  const found = buyer.locator(".card a", { hasText: title }).first();
  await expect(found).toBeVisible();
  const slug = (await found.getAttribute("href"))?.split("/").pop() ?? "";
  await toThePaymentPage(buyer, slug);
  await payAndReturn(buyer);
  await other.close();
});

test("a picture becomes the cover", async ({ page }) => {
  const rooms = await begin(page, `Covered ${Date.now()}`);
  await page.goto(`${rooms}/landing`);
  await page.locator("form:has(input[value=cover]) input[type=file]").setInputFiles(join(MEDIA, "search-en.jpg"));
  await expect(page.locator("form:has(input[value=uncover])")).toBeVisible({ timeout: 30_000 });
});

test("what is missing is listed with the way to it, and nothing half done is published", async ({ page }) => {
  const rooms = await begin(page, `Unfinished ${Date.now()}`);
  await page.goto(`${rooms}/settings`);
  await expect(page.locator(".checklist .is-unmet a").first()).toBeVisible();
  await press(page, "publish").click();
  await expect(page.locator(".checklist .is-unmet a").first()).toBeVisible();
  await expect(page).not.toHaveURL(/done=published/);
});
