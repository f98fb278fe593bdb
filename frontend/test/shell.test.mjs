import assert from "node:assert/strict";
import { test } from "node:test";
import { inBrowser } from "./browser.mjs";

const scene = inBrowser();
const posts = (path) => scene.site.seen.filter((r) => r.method === "POST" && r.path === path);

test("a double click on a guarded form submits once", async () => {
  scene.site.pages["/pay"] = '<form method="post" action="/pay" data-once><button name="a" value="1">Pay</button></form>';
  scene.site.answers["POST /pay"] = async () => {
    await new Promise((done) => setTimeout(done, 400));
    return { status: 303, headers: { Location: "/done" } };
  };
  scene.site.pages["/done"] = "<p>paid</p>";
  const page = await scene.open("/pay");
  await page.getByRole("button", { name: "Pay" }).dblclick();
  await page.getByText("paid").waitFor();
  assert.equal(posts("/pay").length, 1);
  assert.equal(posts("/pay")[0].body, "a=1");
  await page.done();
});

test("the theme changes at once and is told to the server", async () => {
  scene.site.pages["/theme"] = '<form method="post" action="/theme" data-theme-form><button name="theme" value="auto" aria-pressed="true">Auto</button><button name="theme" value="dark" aria-pressed="false">Dark</button></form>';
  scene.site.answers["POST /theme"] = () => ({ status: 303, headers: { Location: "/theme" } });
  const page = await scene.open("/theme");
  await page.getByRole("button", { name: "Dark" }).click();
  assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor), "rgb(16, 20, 25)");
  assert.equal(await page.getByRole("button", { name: "Dark" }).getAttribute("aria-pressed"), "true");
  await page.waitForTimeout(100);
  assert.equal(posts("/theme")[0].body, "theme=dark");
  await page.done();
});

test("slash searches; not in fields and not when switched off", async () => {
  scene.site.pages["/keys"] = '<input type="search" data-search-input aria-label="Search"><details data-menu><summary>Menu</summary><a href="#x">X</a></details><section data-shortcut-switch hidden><label><input type="checkbox" role="switch"> Keys</label></section><button>b</button>';
  const page = await scene.open("/keys");
  await page.waitForFunction(() => document.querySelector("[role=status]"));
  await page.keyboard.press("/");
  assert.ok(await page.locator("[data-search-input]").evaluate((el) => el === document.activeElement));
  await page.keyboard.type("a/?g");
  assert.equal(await page.inputValue("[data-search-input]"), "a/?g");
  await page.getByRole("button", { name: "b" }).focus();
  await page.getByText("Menu").click();
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("details").getAttribute("open"), null);
  await page.getByText("Menu").click();
  await page.locator("h1").click();
  assert.equal(await page.locator("details").getAttribute("open"), null);
  const slash = () => page.keyboard.press("/").then(() => page.locator("[data-search-input]").evaluate((el) => el === document.activeElement));
  const keys = page.getByRole("switch", { name: "Keys" });
  assert.ok(await keys.isChecked());
  await keys.uncheck();
  assert.ok(!(await slash()));
  await page.reload();
  assert.ok(!(await keys.isChecked()), "it is remembered");
  assert.ok(!(await slash()));
  await keys.check();
  assert.ok(await slash());
  await page.done();
});

test("suggestions come while one types, are chosen by keys or pointer, and never by a key of an input method", async () => {
  scene.site.pages["/find"] = `<form action="/results" method="get" data-suggest="en" data-labels="${scene.site.words("search-suggestions")}"><label for="q">Search</label><input type="search" id="q" name="q"></form>`;
  scene.site.pages["/results"] = "<p>results</p>";
  scene.site.pages["/en/courses/engines"] = "<p>the course</p>";
  scene.site.pages["/en/u/ada"] = "<p>a person</p>";
  const found = [{ text: "Ada", note: "Teacher", href: "/en/u/ada" }, { text: "Engines", note: "Ada", href: "/en/courses/engines" }];
  scene.site.answers["POST /fn/suggest"] = ({ body }) => ({ body: new URLSearchParams(body.toString()).get("q") === "none" ? [] : found });
  const page = await scene.open("/find");
  const field = page.locator("#q");
  await field.pressSequentially("en", { delay: 20 });
  await page.getByRole("option", { name: "Engines" }).waitFor();
  assert.equal(posts("/fn/suggest").length, 1, "the keys rested once");
  assert.equal(posts("/fn/suggest")[0].body, "lang=en&q=en");
  assert.equal(await page.getByRole("combobox", { name: "Search", expanded: true }).count(), 1);
  assert.equal(await page.getByRole("status").filter({ hasText: "2 suggestions" }).count(), 1);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const active = await field.getAttribute("aria-activedescendant");
  assert.equal(await page.locator(`#${active}`).getAttribute("aria-selected"), "true");
  await page.keyboard.press("Escape");
  assert.equal(await page.getByRole("listbox").count(), 0);
  assert.equal(await field.inputValue(), "en", "Escape takes the list away, not the text");
  await page.keyboard.press("ArrowDown");
  await page.getByRole("option", { name: "Engines" }).waitFor();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await page.getByText("the course").waitFor();
  await page.goto(page.url().replace("/en/courses/engines", "/find"));
  await field.pressSequentially("ad");
  await page.getByRole("option", { name: "Ada Teacher" }).click();
  await page.getByText("a person").waitFor();
  await page.goto(page.url().replace("/en/u/ada", "/find"));
  await field.fill("none");
  await page.waitForTimeout(400);
  assert.equal(await page.getByRole("listbox").count(), 0);
  await page.keyboard.press("Enter");
  await page.getByText("results").waitFor();
  await page.done();
});

test("a text that is read to its end is marked as done, and that can be taken back", async () => {
  const mark = '<form method="post" action="/lesson"><input type="hidden" name="form" value="mark"><input type="hidden" name="done" value="yes"><button>Mark as done</button></form>';
  scene.site.pages["/lesson"] = `<div class="lesson-main"><reading-mark data-seconds="8" data-end=".lesson-main > nav" data-labels="${scene.site.words("reading-mark")}">${mark}</reading-mark>${"<p>Words.</p>".repeat(120)}<nav>Next</nav></div>`;
  scene.site.answers["POST /lesson"] = () => ({ status: 303, headers: { Location: "/lesson" } });
  const page = await scene.open("/lesson");
  await page.waitForTimeout(6500);
  assert.equal(posts("/lesson").length, 0, "time alone does not read");
  await page.locator("nav").scrollIntoViewIfNeeded();
  await page.getByRole("button", { name: "Undo" }).waitFor();
  assert.deepEqual(posts("/lesson").map((post) => post.body), ["form=mark&done=yes"]);
  assert.ok(!(await page.getByRole("button", { name: "Mark as done" }).isVisible()));
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Mark as done" }).waitFor();
  assert.deepEqual(posts("/lesson").map((post) => post.body), ["form=mark&done=yes", "form=mark&done=no"]);
  await page.done();
});

test("moments are written at the reader's place", async () => {
  scene.site.pages["/times"] = '<time id="a" datetime="2026-11-21T06:03:00Z" data-local="datetime">x</time><time id="b" datetime="2020-01-01T00:00:00Z" data-local="relative">x</time>';
  const page = await scene.open("/times", { timezoneId: "Asia/Shanghai" });
  await page.waitForFunction(() => document.querySelector("#a").textContent !== "x");
  assert.match(await page.textContent("#a"), /November 21, 2026.*14:03/);
  assert.match(await page.textContent("#b"), /years ago/);
  await page.done();
});

test("a form that wants to know the reader's calendar is told their time zone", async () => {
  scene.site.pages["/zone"] = '<form method="post" action="/zone"><input type="hidden" name="zone" data-zone><button>Begin</button></form>';
  const page = await scene.open("/zone", { timezoneId: "America/New_York" });
  await page.waitForFunction(() => document.querySelector("[name=zone]").value !== "");
  assert.equal(await page.inputValue("[name=zone]"), "America/New_York");
  await page.done();
});

test("signing out sends what waits and leaves nothing on the device", async () => {
  scene.site.pages["/out"] = `<form method="post" action="/out" data-sign-out><button>Sign out</button></form><app-notices data-worker="/none.js" data-labels="${scene.site.words("app-notices")}"></app-notices>`;
  scene.site.answers["POST /progress"] = () => ({ body: {} });
  scene.site.answers["POST /out"] = () => ({ status: 303, headers: { Location: "/bye" } });
  scene.site.pages["/bye"] = "<p>bye</p>";
  const page = await scene.open("/out", { expected: [/./] });
  await page.evaluate(() => {
    localStorage.setItem("lectern.draft.p2.x", "{}");
    localStorage.setItem("lectern.outbox.p1.progress", JSON.stringify([{ url: "/progress", at: Date.now(), body: { event: "e1", ranges: [] } }]));
    localStorage.setItem("lectern.player", '{"speed":1.5}');
  });
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByText("bye").waitFor();
  assert.equal(posts("/progress").length, 1);
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), ["lectern.player"]);
  await page.done();
});

test("a strip says when there is no network", async () => {
  scene.site.pages["/strip"] = `<app-notices data-worker="/none.js" data-labels="${scene.site.words("app-notices")}"></app-notices>`;
  const page = await scene.open("/strip", { expected: [/./] });
  await page.waitForFunction(() => document.querySelector(".strip"));
  assert.ok(!(await page.locator(".strip").isVisible()));
  await page.context().setOffline(true);
  await page.locator(".strip").getByText("You are offline").waitFor();
  await page.context().setOffline(false);
  await page.locator(".strip").waitFor({ state: "hidden" });
  await page.done();
});

test("WeChat's sheet opens with the signed parts, and tells what came of it; outside WeChat there is no button", async () => {
  const sheet = "weixin-jsapi:?appId=wx1&timeStamp=1&nonceStr=A&package=prepay%5Fid%3Dwx9&signType=RSA&paySign=a%2Bb%3D";
  scene.site.pages["/sheet"] = `<wechat-sheet data-sheet="${sheet.replaceAll("&", "&amp;")}" data-paid="/paid" data-labels="${scene.site.words("wechat-sheet")}"><button type="button" hidden>Pay</button><p role="status"></p><p>Another way</p></wechat-sheet>`;
  scene.site.pages["/paid"] = "<h1>Paid</h1>";
  const page = await scene.open("/sheet");
  await page.getByText("Another way").waitFor();
  assert.equal(await page.getByRole("button", { name: "Pay" }).count(), 0);
  // WeChat brings its bridge after the page
  await page.evaluate(() => {
    window.answers = ["cancel", "fail", "ok"];
    window.WeixinJSBridge = {
      invoke: (name, parts, heard) => {
        window.asked = [name, parts];
        heard({ err_msg: `get_brand_wcpay_request:${window.answers.shift()}` });
      },
    };
    document.dispatchEvent(new Event("WeixinJSBridgeReady"));
  });
  // the element may have been defined after the bridge came, or before
  await page.getByRole("button", { name: "Pay" }).click();
  await page.getByText("You closed the window").waitFor();
  assert.deepEqual(await page.evaluate(() => window.asked), [
    "getBrandWCPayRequest",
    { appId: "wx1", timeStamp: "1", nonceStr: "A", package: "prepay_id=wx9", signType: "RSA", paySign: "a+b=" },
  ]);
  await page.getByRole("button", { name: "Pay" }).click();
  await page.getByText("WeChat could not open its window").waitFor();
  await page.getByRole("button", { name: "Pay" }).click();
  await page.getByRole("heading", { name: "Paid" }).waitFor();
  await page.done();
});

test("a link is copied by its button, which says so; without script there is no button", async () => {
  const link = "https://lectern.example/en/r/ADA1815";
  scene.site.pages["/share"] = `<div class="field-line"><div class="field"><label for="l">Link</label><input class="input" id="l" value="${link}" readonly></div><copy-button data-labels="${scene.site.words("copy-button")}"><button type="button" class="btn btn-secondary" hidden>Copy link</button></copy-button></div>`;
  const page = await scene.open("/share", { permissions: ["clipboard-read", "clipboard-write"] });
  await page.getByRole("button", { name: "Copy link" }).click();
  await page.getByRole("button", { name: "Copied" }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), link);
  assert.equal(await page.getByRole("status").filter({ hasText: "Copied" }).count(), 1);
  await page.getByRole("button", { name: "Copy link" }).waitFor();
  await page.done();
  const plain = await scene.open("/share", { javaScriptEnabled: false });
  assert.equal(await plain.getByRole("button").count(), 0);
  await plain.done();
});
