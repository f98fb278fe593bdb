import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { inBrowser } from "./browser.mjs";

const scene = inBrowser();
const notices = () => `<app-notices data-labels="${scene.site.words("app-notices")}"></app-notices>`;
function pages(site = scene.site) {
  for (const path of ["/offline", "/zh/offline", "/en/offline"]) site.pages[path] = "<p>offline page</p>";
  site.pages["/public"] = { html: `<p>public page</p><a href="/private">private</a>${notices()}`, headers: { "X-Cacheable": "public" } };
  site.pages["/private"] = `<p>private page</p>${notices()}`;
}
const controlled = (page) => page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: 15_000 });
const stored = (page, cache) => page.evaluate(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname), cache);

test("a public page that was visited opens without network, a private one gives way to the offline page", async () => {
  pages();
  const page = await scene.open("/public", { serviceWorkers: "allow", expected: [/ERR_INTERNET|Failed to load|fetch/] });
  await controlled(page);
  await page.reload();
  await page.goto(`${scene.site.address}/private`);
  await page.waitForTimeout(300);
  assert.deepEqual(await stored(page, "lectern-pages"), ["/public"]);
  await scene.site.pause();
  await page.goto(`${scene.site.address}/public`);
  await page.getByText("public page").waitFor();
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor), "rgb(251, 250, 247)");
  await page.goto(`${scene.site.address}/private`);
  await page.getByText("offline page").waitFor();
  await scene.site.resume();
  await page.goto(`${scene.site.address}/private`);
  await page.getByText("private page").waitFor();
  await page.done();
});

test("media, posts and ranges never reach the worker's caches", async () => {
  pages();
  scene.site.pages["/public"].html += '<audio src="/media/a.mp4"></audio>';
  scene.site.answers["GET /media/*"] = () => ({ headers: { "Content-Type": "video/mp4" }, body: "x" });
  scene.site.answers["POST /progress"] = () => ({ body: {} });
  const page = await scene.open("/public", { serviceWorkers: "allow", expected: [/./] });
  await controlled(page);
  await page.evaluate(async () => {
    await fetch("/media/a.mp4");
    await fetch("/progress", { method: "POST" });
  });
  const all = await page.evaluate(async () => {
    const found = [];
    for (const name of await caches.keys()) for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname);
    return found;
  });
  assert.ok(!all.some((path) => path.startsWith("/media") || path === "/progress"), all.join());
  assert.ok(all.includes("/offline"));
  await page.done();
});

test("a new version waits until the person takes it", async () => {
  pages();
  const page = await scene.open("/public", { serviceWorkers: "allow", expected: [/./] });
  await controlled(page);
  const old = readFileSync(`${scene.site.folder}/sw.js`, "utf8");
  const build = /lectern-shell-\$\{"([0-9a-f]+)"\}|lectern-shell-([0-9a-f]+)|BUILD = "([0-9a-f]+)"/.exec(old);
  assert.ok(build, "the build's hash stands in the worker");
  const hash = build.slice(1).find(Boolean);
  try {
    writeFileSync(`${scene.site.folder}/sw.js`, old.replaceAll(hash, "0123456789ab"));
    await page.reload();
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
    await page.getByText("A new version is ready").waitFor();
    assert.ok((await page.evaluate(() => caches.keys())).includes(`lectern-shell-${hash}`));
    await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Update" }).click()]);
    await page.waitForFunction(async (name) => !(await caches.keys()).includes(name), `lectern-shell-${hash}`);
    assert.ok((await page.evaluate(() => caches.keys())).includes("lectern-shell-0123456789ab"));
  } finally {
    writeFileSync(`${scene.site.folder}/sw.js`, old);
  }
  await page.done();
});

test("signing out empties the page cache", async () => {
  pages();
  scene.site.pages["/public"].html += '<form method="post" action="/out" data-sign-out><button>Sign out</button></form>';
  scene.site.answers["POST /out"] = () => ({ status: 303, headers: { Location: "/private" } });
  const page = await scene.open("/public", { serviceWorkers: "allow", expected: [/./] });
  await controlled(page);
  await page.reload();
  await page.waitForFunction(async () => (await (await caches.open("lectern-pages")).keys()).length === 1);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByText("private page").waitFor();
  assert.deepEqual(await stored(page, "lectern-pages"), []);
  await page.done();
});

for (const [person, shown] of [["", "public page"], ["p1", "slow page"]]) {
  test(`a slow network shows ${person ? "somebody signed in the page itself" : "a visitor a copy that says it is one"}`, async () => {
    pages();
    scene.site.pages["/public"].person = person;
    const page = await scene.open("/public", { serviceWorkers: "allow", expected: [/./] });
    await controlled(page);
    await page.reload();
    await page.waitForFunction(async () => (await (await caches.open("lectern-pages")).keys()).length === 1);
    if (person) await page.waitForFunction(() => caches.has("lectern-somebody"));
    const late = '<!doctype html><html lang="en"><title>Slow</title><body><p>slow page</p></body></html>';
    scene.site.answers["GET /public"] = async () => {
      await new Promise((done) => setTimeout(done, 4500));
      return { body: late };
    };
    try {
      await page.reload();
      await page.getByText(shown).waitFor();
      if (!person) await page.getByText("This is a copy kept earlier").waitFor();
    } finally {
      delete scene.site.answers["GET /public"];
    }
    if (!person) {
      await page.getByRole("button", { name: "Load again" }).click();
      await page.waitForFunction(() => document.body.dataset.copy === undefined);
    }
    await page.done();
  });
}
