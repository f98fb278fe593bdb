// What every journey shares: the people of the demo, and the promises that hold on every page of every journey.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test as base, expect, type Page } from "@playwright/test";

export { expect };
export const PASSWORD = "lectern-demo";
export type Lang = "zh" | "en";
export const LANGS: Lang[] = ["zh", "en"];

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Collects what must never happen on any page; the test fails with it at its end. */
export const test = base.extend<{ complaints: string[] }>({
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on("console", (message) => {
        // a page that is refused on purpose (404, 422 …) is told by Chromium as a failed resource of its own
        const refusedPage = message.text().startsWith("Failed to load resource") && message.location().url === page.url();
        if (["error", "warning"].includes(message.type()) && !refusedPage) complaints.push(`console: ${message.text()}`);
      });
      page.on("pageerror", (error) => {
        // the browser's own remark where a page is left before its transition ended
        if (!error.message.startsWith("Transition was")) complaints.push(`script: ${error.message}`);
      });
      page.on("response", (response) => {
        const own = response.request().resourceType() !== "document";
        if (own && response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
        if (response.status() >= 500) complaints.push(`${response.status()} ${response.url()}`);
      });
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

/** Signs in one of the demo's people. */
export async function signIn(page: Page, who: string, lang: Lang = "en") {
  await page.goto(`/${lang}/login`);
  await page.fill("input[name=email]", `${who}@lectern.example`);
  await page.fill("input[name=password]", PASSWORD);
  await page.locator("main form").filter({ has: page.locator("input[name=password]") }).locator("button[type=submit]").click();
  await page.waitForURL((url) => !url.pathname.endsWith("/login"));
}

/** Signs out by the person's own menu. */
export async function signOut(page: Page, lang: Lang = "en") {
  await page.locator("header [popovertarget=my-menu]").click();
  await page.locator(`form[action="/${lang}/logout"] button`).first().click();
  await expect(page.locator("header [popovertarget=my-menu]")).toHaveCount(0);
}

/** Registers somebody new, with an address nobody else has; ends on the page of interests. */
export async function register(page: Page, lang: Lang = "en") {
  const name = `new-${Date.now()}-${Math.floor(Math.random() * 1e6)}`;
  await page.goto(`/${lang}/register`);
  await page.fill("input[name=name]", lang === "zh" ? "新同学" : "Newcomer");
  await page.fill("input[name=email]", `${name}@lectern.example`);
  await page.fill("input[name=password]", "a long enough sentence");
  await page.locator("main form").filter({ has: page.locator("input[name=password]") }).locator("button[type=submit]").click();
  await page.waitForURL((url) => !url.pathname.endsWith("/register"));
  return `${name}@lectern.example`;
}

/** The button of a page's own form, whichever of its places is shown at this size. */
export function press(page: Page, form: string) {
  return page.locator(`main form:has(input[name=form][value=${form}]) button[type=submit]`).filter({ visible: true }).first();
}

/** Goes to an element as a keyboard does, and no other way. */
export async function tabTo(page: Page, selector: string) {
  for (let presses = 0; presses < 150; presses++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${selector} is not reached with the tabulator`);
}

/** From a course's page over the checkout to the provider's page. */
export async function toThePaymentPage(page: Page, slug: string, lang: Lang = "en") {
  await page.goto(`/${lang}/courses/${slug}`);
  await press(page, "buy").click();
  await page.waitForURL(/\/checkout\//);
  await press(page, "pay").click();
  await page.waitForURL((url) => url.pathname.startsWith("/pay/") && !url.pathname.startsWith(`/${lang}/`));
}

/** Pays with the card that works, and waits until the shop says so. */
export async function payAndReturn(page: Page, lang: Lang = "en") {
  await page.locator("button[name=action][value=pay]").click();
  await page.waitForURL((url) => url.pathname.startsWith(`/${lang}/`), { timeout: 20_000 });
  await expect(page.locator(`main a.btn[href*="/courses/"]`).first()).toBeVisible({ timeout: 20_000 });
}

/** The promises of every page: shape, language, fit, names. */
export async function keepsItsPromises(page: Page) {
  const broken = await page.evaluate(() => {
    const broken: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth + 1) broken.push(`scrolls sideways by ${root.scrollWidth - root.clientWidth}px`);
    if (document.querySelectorAll("h1").length !== 1) broken.push(`${document.querySelectorAll("h1").length} h1`);
    const lang = location.pathname.split("/")[1];
    if (lang === "zh" && root.lang !== "zh-CN") broken.push(`lang ${root.lang}`);
    if (lang === "en" && root.lang !== "en") broken.push(`lang ${root.lang}`);
    const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
    const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
    if (twice.length) broken.push(`ids used twice: ${[...new Set(twice)].join(", ")}`);
    for (const image of document.querySelectorAll("img")) {
      if (!image.hasAttribute("alt") || !image.hasAttribute("width") || !image.hasAttribute("height")) broken.push(`img without alt or size: ${image.src}`);
    }
    // boxes of the text alone: a line begins where a box lies below everything before it
    const lines = (control: HTMLElement): number => {
      const texts = document.createTreeWalker(control, NodeFilter.SHOW_TEXT);
      let [count, bottom] = [0, -Infinity];
      while (texts.nextNode()) {
        const range = document.createRange();
        range.selectNodeContents(texts.currentNode);
        for (const box of range.getClientRects()) {
          if (box.width === 0) continue;
          if (box.top >= bottom - 2) count += 1;
          bottom = Math.max(bottom, box.bottom);
        }
      }
      return count;
    };
    for (const control of document.querySelectorAll<HTMLElement>("button, .btn, .tabbar a, .site-nav a, .chip")) {
      if (control.offsetParent === null || control.querySelector("svg, img, p, div")) continue;
      if (lines(control) > 1) broken.push(`label wraps: ${control.textContent}`);
    }
    if (document.querySelectorAll("[style]:not(:where(lesson-player *, sortable-list *, .ProseMirror *, lesson-editor *))").length && document.contentType === "text/html") {
      const styled = [...document.querySelectorAll("[style]")].filter((element) => !element.closest("lesson-player, sortable-list, lesson-editor, media-uploader"));
      if (styled.length) broken.push(`style attribute on ${styled[0]?.tagName}.${styled[0]?.className}`);
    }
    return broken;
  });
  expect.soft(broken, page.url()).toEqual([]);
  if ((page.viewportSize()?.width ?? 0) < 480) await fitsWithLargeText(page);
}

/** With letters twice as large (WCAG 1.4.4) everything is still there without pushing the page sideways. */
async function fitsWithLargeText(page: Page) {
  const outside = await page.evaluate(() => {
    const large = new CSSStyleSheet();
    large.replaceSync(":root { font-size: 200% !important }");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, large];
    const root = document.documentElement;
    const outside: string[] = [];
    if (root.scrollWidth > root.clientWidth + 1) {
      const held = (element: Element): boolean => {
        for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
          if (getComputedStyle(at).overflowX !== "visible" && at.getBoundingClientRect().right <= root.clientWidth + 1) return true;
        }
        return false;
      };
      for (const element of document.querySelectorAll("body *")) {
        const box = element.getBoundingClientRect();
        if (box.width && box.right > root.clientWidth + 1 && !held(element)) outside.push(`${element.tagName.toLowerCase()}.${element.className}`);
      }
      if (!outside.length) outside.push(`something, by ${root.scrollWidth - root.clientWidth}px`);
    }
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== large);
    return outside.slice(0, 6);
  });
  expect.soft(outside, `${page.url()} with large letters`).toEqual([]);
}

/** No violation of any WCAG 2.0–2.2 A/AA rule or best practice that axe can see. */
export function isAccessible(page: Page) {
  return axeFindsNothing(page, { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
}

/** Every text stands out from what is behind it (WCAG 1.4.3). */
export function hasContrast(page: Page) {
  return axeFindsNothing(page, { type: "rule", values: ["color-contrast"] });
}

interface Violation {
  id: string;
  nodes: { target: string[]; failureSummary?: string }[];
}
interface Axe {
  run(options: object): Promise<{ violations: Violation[] }>;
}

async function axeFindsNothing(page: Page, runOnly: { type: string; values: string[] }) {
  const there = await page.evaluate(() => "axe" in window);
  if (!there) await page.evaluate(axeSource);
  const violations = await page.evaluate(async (runOnly) => {
    const { axe } = window as unknown as { axe: Axe };
    const { violations } = await axe.run({ runOnly, resultTypes: ["violations"] });
    return violations.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target.join(" ")} (${n.failureSummary?.split("\n")[1]?.trim()})`).slice(0, 3).join(" | ")}`);
  }, runOnly);
  expect.soft(violations, page.url()).toEqual([]);
}

/** Chooses the first three topics; their boxes are drawn over by their labels, which is where a person presses. */
export async function chooseTopics(page: Page) {
  const topics = page.locator("label").filter({ has: page.locator("input[name=topic]") });
  for (const at of [0, 1, 2]) await topics.nth(at).click();
}
