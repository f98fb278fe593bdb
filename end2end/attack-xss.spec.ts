// What people write is words wherever it is shown: no shape of script that is known runs in a browser, and none even tries.
import { expect, register, signIn, test } from "./school";
import type { Page } from "@playwright/test";

/** Told by any of the shapes that runs: `alert`, a request to elsewhere, or a mark on the page. */
const SHAPES = [
  `<script>alert(1)</script>`,
  `"><script>alert(1)</script>`,
  `'"--></style></script><script>alert(1)</script>`,
  `<img src=x onerror=alert(1)>`,
  `"><img src=x onerror=alert(1)>`,
  `<svg onload=alert(1)>`,
  `<svg><animate onbegin=alert(1) attributeName=x dur=1s>`,
  `<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>`,
  `<details open ontoggle=alert(1)>x</details>`,
  `<input autofocus onfocus=alert(1)>`,
  `<a href="javascript:alert(1)" autofocus onfocus=alert(1)>x</a>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">`,
  `<noscript><p title="</noscript><img src=x onerror=alert(1)>">`,
  `<template><img src=x onerror=alert(1)></template>`,
  `<form action=//evil.example><button autofocus onfocus=alert(1)>x</button></form>`,
  `<base href=//evil.example/><meta http-equiv=refresh content="0;url=javascript:alert(1)">`,
  `<style>@import '//evil.example/x.css';*{background:url(//evil.example/y)}</style>`,
  `<link rel=stylesheet href=//evil.example/x.css>`,
  `</title><script>alert(1)</script>`,
  `</textarea><script>alert(1)</script>`,
  `</script><script>alert(1)</script>`,
  `{{constructor.constructor('alert(1)')()}}`,
  "${alert(1)}",
  `<passkey-gate></passkey-gate><lesson-editor onclick=alert(1)></lesson-editor>`,
  `" autofocus onfocus="alert(1)`,
  `' onmouseover='alert(1)`,
  `javascript:alert(1)`,
  `[x](javascript:alert(1))`,
  `[x](data:text/html,<script>alert(1)</script>)`,
  `![x](x"onerror="alert(1))`,
  "```\"><script>alert(1)</script>\nx\n```",
  `<javascript:alert(1)>`,
];

/** Fails where a dialog opens, where something is asked of another host, or where an element of the shapes stands on the page. */
function watched(page: Page) {
  const seen: string[] = [];
  page.on("dialog", async (dialog) => {
    seen.push(`a dialog on ${page.url()}: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on("request", (request) => {
    if (new URL(request.url()).host.includes("evil.example")) seen.push(`${page.url()} asked for ${request.url()}`);
  });
  return async (where: string) => {
    const strange = await page.evaluate(() => {
      const attributes = [...document.querySelectorAll("*")].flatMap((element) => [...element.attributes].map((attribute) => ({ element, attribute })));
      const handlers = attributes.filter(({ attribute }) => attribute.name.startsWith("on")).map(({ element, attribute }) => `<${element.localName} ${attribute.name}>`);
      const links = attributes
        .filter(({ attribute }) => ["href", "src", "action", "formaction"].includes(attribute.name) && /^\s*(javascript|data:text|vbscript):/i.test(attribute.value))
        .map(({ element, attribute }) => `<${element.localName} ${attribute.name}=${attribute.value}>`);
      const scripts = [...document.scripts].filter((script) => !script.src && script.type !== "application/ld+json").map((script) => script.outerHTML);
      const others = [...document.querySelectorAll("iframe[srcdoc], base, meta[http-equiv=refresh], main style, main link[rel=stylesheet]")].map((element) => element.outerHTML);
      // what search engines read is one whole JSON text
      for (const data of document.querySelectorAll("script[type='application/ld+json']")) JSON.parse(data.textContent ?? "");
      return [...handlers, ...links, ...scripts, ...others];
    });
    expect(strange, where).toEqual([]);
    expect(seen, where).toEqual([]);
  };
}

// several hundred pages
test.setTimeout(240_000);
// the policy would stop what runs: here nothing is to be left that it would have to stop
test.use({ bypassCSP: true });

test("a search is words, whatever is searched for", async ({ page }) => {
  const isHarmless = watched(page);
  for (const shape of SHAPES) {
    for (const path of ["/en/search?q=", "/zh/courses?q=", "/en/login?next=", "/en/redeem?code="]) {
      await page.goto(path + encodeURIComponent(shape), { waitUntil: "domcontentloaded" });
      await isHarmless(`${path}${shape}`);
    }
  }
});

test("names, headlines and biographies are words on every page that shows them", async ({ page, browser, baseURL }) => {
  const isHarmless = watched(page);
  const email = await register(page);
  for (const shape of SHAPES) {
    await page.goto("/en/settings/profile");
    const form = page.locator("main form:has(input[name=form][value=profile])");
    // a name holds sixty signs at most; what is refused comes back into the field
    for (const [field, most] of [["name", 60], ["headline", 80], ["bio", 500]] as const) {
      const input = form.locator(`[name=${field}]`);
      await input.evaluate((element) => element.removeAttribute("maxlength"));
      await input.fill(shape.slice(0, most));
    }
    await form.locator("button[type=submit]").click();
    await page.waitForLoadState("domcontentloaded");
    await isHarmless(`profile ${shape}`);
    await page.goto("/en/feed", { waitUntil: "domcontentloaded" });
    await isHarmless(`feed ${shape}`);
  }
  const office = await browser.newContext({ baseURL, bypassCSP: true });
  const sam = await office.newPage();
  const isHarmlessToStaff = watched(sam);
  await signIn(sam, "sam");
  await sam.goto(`/en/admin/users?q=${encodeURIComponent(email)}`);
  await isHarmlessToStaff("the staff's list of people");
  await sam.locator('main a[href*="/admin/users/"]').first().click();
  await sam.waitForURL(/\/admin\/users\/[0-9a-f-]{36}/);
  await isHarmlessToStaff("a person, for staff");
  await office.close();
});

/** A form of the studio as its page sends it, with what no field of the page would take. */
async function sendForm(page: Page, address: string, fields: Record<string, string>) {
  const answer = await page.request.post(address, { form: fields, headers: { origin: new URL(page.url()).origin }, maxRedirects: 0 });
  expect(answer.status(), `${address} ${await answer.text()}`).toBe(303);
}

test("a lesson, its title and its course are words and harmless markup, for their author and for everybody", async ({ page, browser, baseURL }) => {
  const isHarmless = watched(page);
  await signIn(page, "ada");
  await page.goto("/en/studio/courses/new");
  const unlike = `${Date.now()}`;
  await page.fill("input[name=title]", `"><img src=x onerror=alert(1)> ${unlike}`);
  await page.locator("main form:has(input[name=form][value=begin]) button[type=submit]").click();
  await page.waitForURL(/\/studio\/courses\/[0-9a-f-]{36}\//);
  const rooms = new URL(page.url()).pathname.replace(/\/[a-z]+$/, "");
  await isHarmless("a course's title in the studio");

  await page.goto(`${rooms}/outline`);
  await page.locator("form:has(input[value=add_chapter]) input[name=title]").fill(SHAPES[4]);
  await page.locator("form:has(input[value=add_chapter]) button[type=submit]").click();
  const fold = page.locator("details:has(input[value=add_lesson])").last();
  await expect(fold).toBeVisible();
  if (!(await fold.evaluate((details: HTMLDetailsElement) => details.open))) await fold.locator("summary").click();
  await fold.locator("input[name=title]").fill(SHAPES[6]);
  await fold.locator("select[name=kind]").selectOption("text");
  await fold.locator("button[type=submit]").click();
  await page.waitForURL(/\/lessons\//);
  const lesson = page.url();
  const version = await page.locator("input[name=version]").first().inputValue();
  await sendForm(page, lesson, { form: "lesson", version, title: `${SHAPES[3]} lesson`, body: SHAPES.join("\n\n"), preview: "on" });
  await page.goto(lesson);
  await isHarmless("a lesson in the editor");

  await page.goto(`${rooms}/landing`);
  const form = page.locator("main form:has(input[name=form][value=landing])");
  await form.locator("[name=title]").fill(`</title>${SHAPES[0]} ${unlike}`);
  await form.locator("[name=promise]").fill(`${SHAPES[19]}${SHAPES[3]}`);
  await form.locator("select[name=topic]").selectOption({ index: 1 });
  await form.locator("[name=about]").fill(SHAPES.join("\n\n"));
  await form.locator("[name=learn]").fill(SHAPES.slice(0, 8).join("\n"));
  await form.locator("button[type=submit]").first().click();
  await page.waitForLoadState("domcontentloaded");
  await isHarmless("landing, as it is kept");
  await page.reload();
  expect(await page.locator("main [name=about]").inputValue()).toContain("</textarea><script>");
  await page.goto(`${rooms}/pricing`);
  await page.fill("[name=price]", "49");
  await page.locator("main form:has(input[name=form][value=price]) button[type=submit]").first().click();
  await expect(page.locator("main .notice-success").first()).toBeVisible();
  for (const room of ["landing", "preview", "outline", "pricing", "settings"]) {
    await page.goto(`${rooms}/${room}`, { waitUntil: "domcontentloaded" });
    await isHarmless(room);
  }
  await page.locator("main form:has(input[name=form][value=publish]) button[type=submit]").first().click();
  await page.waitForURL(/done=published/);
  await isHarmless("published");

  // what everybody sees of it
  const outside = await browser.newContext({ baseURL, bypassCSP: true });
  const reader = await outside.newPage();
  const isHarmlessToAll = watched(reader);
  await reader.goto(`/en/search?q=${unlike}`);
  await isHarmlessToAll("found by a search");
  const course = (await reader.locator('main .card a[href^="/en/courses/"]').first().getAttribute("href")) ?? "";
  await reader.goto(course);
  await expect(reader.locator("main h1")).toContainText("</title><script>");
  await isHarmlessToAll("the course's own page");
  await reader.locator(`.outline a[href^="/en/learn/"]`).first().click();
  await reader.waitForURL(/\/learn\//);
  await expect(reader.locator("main")).toContainText("lesson");
  await isHarmlessToAll("the lesson");
  await outside.close();
});
