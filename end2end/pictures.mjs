// Takes the pictures of the README's tour from a running program with demo content: LECTERN_E2E_URL=… node pictures.mjs
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { CHROMIUM } from "./chromium.mjs";

const folder = join(dirname(fileURLToPath(import.meta.url)), "..", "docs", "pictures");
const url = process.env.LECTERN_E2E_URL ?? "http://localhost:3000";
const desktop = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });

/** A browser of somebody's, in one language. */
async function open(lang, who, options = desktop) {
  const context = await browser.newContext({ ...options, colorScheme: options.colorScheme ?? "light", reducedMotion: "reduce", timezoneId: "Asia/Shanghai" });
  const page = await context.newPage();
  if (who) {
    await page.goto(`${url}/${lang}/login`);
    await page.fill("input[name=email]", `${who}@lectern.example`);
    await page.fill("input[name=password]", "lectern-demo");
    await page.locator("main form").filter({ has: page.locator("input[name=password]") }).locator("button[type=submit]").click();
    await page.waitForURL((at) => !at.pathname.endsWith("/login"));
  }
  return page;
}

async function take(page, lang, path, name, prepare = async () => {}) {
  await page.goto(`${url}/${lang}${path}`);
  await prepare(page);
  await page.waitForLoadState("networkidle");
  await page.screenshot({ path: join(folder, `${lang}-${name}.png`) });
}

/** The address of the first link on a page that looks so, without its language. */
async function link(page, lang, path, selector) {
  await page.goto(`${url}/${lang}${path}`);
  return ((await page.locator(selector).first().getAttribute("href")) ?? "").replace(`/${lang}/`, "/");
}

for (const lang of ["zh", "en"]) {
  const visitor = await open(lang);
  await take(visitor, lang, "", "home");
  await take(visitor, lang, "/courses", "catalog");
  const grace = await open(lang, "grace");
  await take(grace, lang, "/feed", "feed");
  await take(grace, lang, "/courses/analytical-engines", "checkout", async (page) => {
    await page.locator("main form:has(input[value=buy]) button").filter({ visible: true }).first().click();
    await page.waitForURL(/\/checkout\//);
  });
  const lesson = await link(visitor, lang, "/courses/analytical-engines", ".outline a.lesson-title");
  await take(visitor, lang, lesson, "lesson", async (page) => {
    await page.locator(".player-bar").waitFor();
    await page.locator("lesson-player video").evaluate((video) => {
      video.currentTime = 6;
    });
    await page.waitForTimeout(600);
  });
  const ada = await open(lang, "ada");
  const rooms = await link(ada, lang, "/studio/courses", 'main a[href*="/studio/courses/0"]');
  await take(ada, lang, rooms.replace(/\/[a-z]+$/, "/outline"), "studio");
  await take(await open(lang, "sam"), lang, "/admin/audit", "staff");
  await take(await open(lang, null, { ...phone, colorScheme: lang === "zh" ? "light" : "dark" }), lang, lang === "zh" ? "" : "/courses/analytical-engines", "phone");
}
await browser.close();
