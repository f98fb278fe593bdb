// Installing: manifest, icons, the worker, pages without network, and a new version that asks before it takes over.
import { expect, isAccessible, keepsItsPromises, LANGS, test } from "./school";
import type { Page } from "@playwright/test";

async function controlled(page: Page, address: string) {
  await page.goto(address);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

for (const lang of LANGS) {
  test(`the manifest and its icons are what a browser needs to install: ${lang}`, async ({ page }) => {
    await page.goto(`/${lang}`);
    const address = await page.locator("link[rel=manifest]").getAttribute("href");
    expect(address).toBe(`/manifest.${lang}.webmanifest`);
    const answer = await page.request.get(address ?? "");
    expect(answer.headers()["content-type"]).toContain("manifest+json");
    const manifest = await answer.json();
    expect(manifest).toMatchObject({ id: "/", scope: "/", display: "standalone", start_url: `/${lang}/me/learning?src=pwa` });
    expect(manifest.short_name.length).toBeLessThanOrEqual(12);
    expect(manifest.icons.some((icon: { purpose?: string }) => icon.purpose === "maskable")).toBe(true);
    for (const icon of manifest.icons) {
      const picture = await page.request.get(icon.src);
      expect(picture.ok(), icon.src).toBe(true);
      expect(picture.headers()["content-type"]).toBe(icon.type);
      if (icon.type !== "image/png") continue;
      const bytes = await picture.body();
      expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, icon.src).toBe(icon.sizes);
    }
    const client = await page.context().newCDPSession(page);
    const { installabilityErrors } = await client.send("Page.getInstallabilityErrors");
    expect(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito")).toEqual([]);
  });

  test(`without network a visited page opens, and any other says so: ${lang}`, async ({ page, context, complaints }) => {
    await controlled(page, `/${lang}`);
    await page.goto(`/${lang}/courses/analytical-engines`);
    await page.waitForFunction(async () => (await (await caches.open("lectern-pages")).keys()).length > 0);
    await context.setOffline(true);
    await page.goto(`/${lang}/courses/analytical-engines`);
    await expect(page.locator("h1")).toHaveText("Analytical Engines");
    await page.goto(`/${lang}/courses/notes`);
    await expect(page.locator("html")).toHaveAttribute("lang", lang === "zh" ? "zh-CN" : "en");
    await expect(page.locator(`kept-pages a[href="/${lang}/courses/analytical-engines"]`)).toBeVisible();
    await keepsItsPromises(page);
    await isAccessible(page);
    await context.setOffline(false);
    await page.locator('main a.btn[href=""]').click();
    await expect(page.locator("h1")).toHaveText("Notes");
    // pictures and the worker's own file may be asked for in vain without network; nothing else
    complaints.splice(0, complaints.length, ...complaints.filter((text) => !/ERR_INTERNET_DISCONNECTED|Failed to (load|fetch)|sw\.js/.test(text)));
  });
}

test("a page with a person's name in it is never kept", async ({ page }) => {
  await controlled(page, "/en/login");
  await page.fill("input[name=email]", "grace@lectern.example");
  await page.fill("input[name=password]", "lectern-demo");
  await page.locator("input[name=password]").press("Enter");
  await page.waitForURL((url) => !url.pathname.endsWith("/login"));
  for (const address of ["/en", "/en/courses", "/en/feed", "/en/me/learning"]) await page.goto(address);
  const kept = await page.evaluate(async () => {
    const texts: string[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const answer = await cache.match(request);
        if (answer?.headers.get("content-type")?.includes("html") && (await answer.text()).includes("data-person")) texts.push(request.url);
      }
    }
    return texts;
  });
  expect(kept).toEqual([]);
});

test("a new version offers itself and takes over only when told", async ({ page }) => {
  await controlled(page, "/en");
  const inCharge = () => page.evaluate(() => navigator.serviceWorker.controller?.scriptURL ?? "");
  // another address is another version to the browser
  await page.evaluate(() => navigator.serviceWorker.register("/sw.js?a-later-build", { scope: "/" }).then(() => undefined));
  const toast = page.locator("app-notices [data-update]");
  await expect(toast).toBeVisible();
  expect(await inCharge()).not.toContain("a-later-build");
  await Promise.all([page.waitForEvent("load"), toast.locator("button").first().click()]);
  expect(await inCharge()).toContain("a-later-build");
});
