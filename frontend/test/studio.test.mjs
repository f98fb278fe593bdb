import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { inBrowser } from "./browser.mjs";

const scene = inBrowser();
const words = (name) => scene.site.words(name);
const sent = (path) => scene.site.seen.filter((r) => r.method === "POST" && r.path === path);
const until = async (what) => {
  for (let i = 0; i < 160; i++) {
    const got = await what();
    if (got) return got;
    await new Promise((done) => setTimeout(done, 50));
  }
  assert.fail(`waited in vain for ${what}`);
};

const item = (kind, id, inner = "") =>
  `<li data-sort-item="${id}" data-sort-kind="${kind}" data-sort-name="${kind} ${id}"><button type="button" class="handle" data-sort-handle hidden>move</button><span>${kind} ${id}</span>
   <form method="post" action="/move" data-sort-move><button name="move" value="up">up ${id}</button><button name="move" value="down">down ${id}</button></form>${inner}</li>`;
function outline() {
  scene.site.pages["/outline"] = `<sortable-list data-order-url="/order" data-version="1" data-labels="${words("sortable-list")}"><ol data-sort-list class="board">
    ${item("chapter", "c1", `<ol data-sort-list data-sort-accepts="lesson" class="board-lessons">${item("lesson", "l1")}${item("lesson", "l2")}</ol>`)}
    ${item("chapter", "c2", `<ol data-sort-list data-sort-accepts="lesson" class="board-lessons">${item("lesson", "l3")}</ol>`)}
    ${item("chapter", "c3", `<ol data-sort-list data-sort-accepts="lesson" class="board-lessons"></ol>`)}</ol></sortable-list>`;
  let version = 1;
  scene.site.answers["POST /order"] = () => ({ body: { version: String(++version) } });
}
const order = (page) => page.evaluate(() => [...document.querySelectorAll("[data-sort-item]")].map((el) => el.dataset.sortItem).join(" "));

test("Alt and the arrows move an item within and between lists, and the order is posted", async () => {
  outline();
  const page = await scene.open("/outline");
  await page.locator("sortable-list[data-ready]").waitFor();
  const handle = page.getByRole("button", { name: /Move “lesson l1”/ });
  await handle.focus();
  await page.keyboard.press("Alt+ArrowDown");
  assert.equal(await order(page), "c1 l2 l1 c2 l3 c3");
  await page.keyboard.press("Alt+ArrowRight");
  assert.equal(await order(page), "c1 l2 c2 l3 l1 c3");
  await page.keyboard.press("Alt+ArrowDown");
  assert.equal(await order(page), "c1 l2 c2 l3 c3 l1");
  await page.getByText("“lesson l1” moved into “chapter c3”, position 1").waitFor({ state: "attached" });
  assert.ok(await handle.evaluate((el) => el === document.activeElement));
  await until(() => sent("/order").at(-1)?.body.endsWith("chapter=c3&lesson=l1"));
  assert.equal(sent("/order")[0].body, "version=1&chapter=c1&lesson=l2&lesson=l1&chapter=c2&lesson=l3&chapter=c3");
  await page.done();
});

test("the buttons of the plain forms move without leaving the page", async () => {
  outline();
  const page = await scene.open("/outline");
  await page.locator("sortable-list[data-ready]").waitFor();
  await page.getByRole("button", { name: "down c1" }).click();
  assert.equal(await order(page), "c2 l3 c1 l1 l2 c3");
  await page.getByRole("button", { name: "up l3" }).click();
  await page.getByText("cannot go further").waitFor({ state: "attached" });
  await until(() => sent("/order").length === 1);
  assert.equal(sent("/move").length, 0);
  await page.done();
});

test("an order the server refuses is put back and said", async () => {
  outline();
  scene.site.answers["POST /order"] = () => ({ status: 409 });
  const page = await scene.open("/outline", { expected: [/409/] });
  await page.locator("sortable-list[data-ready]").waitFor();
  await page.getByRole("button", { name: "down c1" }).click();
  await page.getByRole("alert").getByText("was not saved").waitFor();
  assert.equal(await order(page), "c1 l1 l2 c2 l3 c3");
  await page.done();
});

test("dragging by the handle moves an item into another chapter, and Escape puts it back", async () => {
  outline();
  const page = await scene.open("/outline");
  await page.locator("sortable-list[data-ready]").waitFor();
  const middle = async (name) => {
    const area = await page.getByRole("button", { name }).boundingBox();
    return [area.x + area.width / 2, area.y + area.height / 2];
  };
  const drag = async () => {
    await page.mouse.move(...(await middle(/Move “lesson l1”/)));
    await page.mouse.down();
    const [x, y] = await middle(/Move “lesson l3”/);
    await page.mouse.move(x, y - 40, { steps: 8 });
    await page.mouse.move(x, y + 12, { steps: 8 });
    await page.waitForTimeout(120);
  };
  await drag();
  await page.keyboard.press("Escape");
  await page.mouse.up();
  assert.equal(await order(page), "c1 l1 l2 c2 l3 c3");
  assert.equal(sent("/order").length, 0);
  await drag();
  await page.mouse.up();
  assert.equal(await order(page), "c1 l2 c2 l3 l1 c3");
  await until(() => sent("/order").length === 1);
  await page.done();
});

/** A tus server in memory that can be told to fail. */
function tus(fail = () => undefined) {
  const files = new Map();
  const reply = (id, more = {}) => {
    const { size, bytes } = files.get(id);
    const done = bytes.length === size ? { "Lectern-Media": `media-${id}`, "Lectern-Media-Url": `/media/${id}` } : {};
    return { headers: { "Upload-Offset": String(bytes.length), "Upload-Length": String(size), "Tus-Resumable": "1.0.0", ...done }, ...more };
  };
  const idOf = (url) => url.pathname.split("/").at(-1);
  scene.site.answers["POST /uploads"] = ({ headers }) => {
    const id = `u${files.size + 1}`;
    files.set(id, { size: Number(headers["upload-length"]), bytes: Buffer.alloc(0), metadata: headers["upload-metadata"] });
    return { status: 201, headers: { Location: `/uploads/${id}` } };
  };
  scene.site.answers["HEAD /uploads/*"] = ({ url }) => (files.has(idOf(url)) ? reply(idOf(url), { status: 200 }) : { status: 404 });
  scene.site.answers["PATCH /uploads/*"] = ({ url, headers, body }) => {
    const file = files.get(idOf(url));
    if (!file) return { status: 404 };
    const bad = fail(file);
    if (bad !== undefined) return { status: bad };
    if (Number(headers["upload-offset"]) !== file.bytes.length) return { status: 409 };
    file.bytes = Buffer.concat([file.bytes, body]);
    return reply(idOf(url), { status: 204 });
  };
  scene.site.answers["DELETE /uploads/*"] = ({ url }) => {
    files.delete(idOf(url));
    return { status: 204 };
  };
  return files;
}
function uploadPage(attributes = "") {
  scene.site.pages["/upload"] = `<media-uploader data-endpoint="/uploads" data-purpose="lesson" data-labels="${words("media-uploader")}" ${attributes}>
    <form method="post" enctype="multipart/form-data" action="/attach"><label for="file">File</label><input id="file" type="file" name="file" accept="video/mp4,application/pdf">
    <input type="hidden" name="media_id"><input type="hidden" name="duration_seconds"><button>Send</button></form></media-uploader>`;
}
const big = { name: "课.pdf", mimeType: "application/pdf", buffer: Buffer.from(Array.from({ length: 9 * 1024 * 1024 }, (_, i) => (i * 31) % 251)) };

test("a file goes up in pieces over failures and fills the form", async () => {
  let failures = 3;
  const files = tus((file) => (file.bytes.length > 0 && failures-- > 0 ? [500, 409, 0][failures] : undefined));
  uploadPage();
  const page = await scene.open("/upload", { expected: [/./] });
  await page.locator("media-uploader[data-ready]").waitFor();
  await page.setInputFiles("#file", big);
  await until(() => page.evaluate(() => document.querySelector("[name=media_id]").value === "media-u1"));
  assert.ok(files.get("u1").bytes.equals(big.buffer));
  assert.match(files.get("u1").metadata, /^filename 6K\+\+LnBkZg==,filetype /);
  await page.getByText("Uploaded").first().waitFor();
  await page.done();
});

test("a reload in the middle goes on where it stopped", async () => {
  let open = true;
  const files = tus((file) => (!open && file.bytes.length >= 4 * 1024 * 1024 ? 503 : undefined));
  open = false;
  uploadPage();
  const page = await scene.open("/upload", { expected: [/./] });
  await page.locator("media-uploader[data-ready]").waitFor();
  const { mkdtempSync, writeFileSync } = await import("node:fs");
  const file = join(mkdtempSync(join(tmpdir(), "lectern-upload-")), "lesson.pdf");
  writeFileSync(file, big.buffer);
  await page.setInputFiles("#file", file);
  await until(() => files.get("u1")?.bytes.length === 4 * 1024 * 1024);
  await page.getByText("trying again").waitFor();
  page.on("dialog", (dialog) => dialog.accept());
  await page.reload();
  open = true;
  await page.getByText("Not finished last time: lesson.pdf").waitFor();
  await page.setInputFiles("#file", file);
  await until(() => page.evaluate(() => document.querySelector("[name=media_id]").value === "media-u1"));
  assert.equal(files.size, 1);
  assert.ok(files.get("u1").bytes.equals(big.buffer));
  await page.done();
});

test("a file that waits to be checked is asked for, and one that was thrown away is not sent a second time", async () => {
  const files = tus();
  const asked = scene.site.answers["HEAD /uploads/*"];
  const received = scene.site.answers["PATCH /uploads/*"];
  const checking = (reply) => {
    const { "Lectern-Media": _, "Lectern-Media-Url": __, ...headers } = reply.headers ?? {};
    return { ...reply, headers: { ...headers, "Lectern-Checking": "1" } };
  };
  const small = { name: "a.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(10, 1) };
  let state = "checking";
  scene.site.answers["PATCH /uploads/*"] = (request) => checking(received(request));
  scene.site.answers["HEAD /uploads/*"] = (request) => {
    if (state === "gone") return { status: 404 };
    return state === "checking" ? checking(asked(request)) : asked(request);
  };
  uploadPage();
  const page = await scene.open("/upload", { expected: [/404/] });
  await page.locator("media-uploader[data-ready]").waitFor();
  await page.setInputFiles("#file", small);
  await page.getByText("being checked for viruses").waitFor();
  state = "clean";
  await until(() => page.evaluate(() => document.querySelector("[name=media_id]").value === "media-u1"));
  state = "checking";
  await page.setInputFiles("#file", { ...small, name: "b.pdf" });
  await page.locator(".upload").getByText("being checked for viruses").waitFor();
  state = "gone";
  await page.locator(".upload[data-failed]").getByText("checked and not taken").waitFor();
  assert.equal(files.size, 2);
  await page.done();
});

test("who has to sign in again in the middle of an upload goes on where it stopped", async () => {
  let out = true;
  const files = tus((file) => (out && file.bytes.length >= 4 * 1024 * 1024 ? 401 : undefined));
  uploadPage();
  const page = await scene.open("/upload", { expected: [/./] });
  await page.locator("media-uploader[data-ready]").waitFor();
  const { mkdtempSync, writeFileSync } = await import("node:fs");
  const file = join(mkdtempSync(join(tmpdir(), "lectern-upload-")), "lesson.pdf");
  writeFileSync(file, big.buffer);
  await page.setInputFiles("#file", file);
  await page.locator(".upload[data-failed]").waitFor();
  out = false;
  page.on("dialog", (dialog) => dialog.accept());
  await page.reload();
  await page.locator("media-uploader[data-ready]").waitFor();
  await page.setInputFiles("#file", file);
  await until(() => page.evaluate(() => document.querySelector("[name=media_id]").value.startsWith("media-")));
  assert.equal(files.size, 1);
  await page.done();
});

test("a kind that is not accepted and a file that is too large are refused before anything is sent; the server's refusal is shown", async () => {
  tus();
  uploadPage('data-max-bytes="1000"');
  const page = await scene.open("/upload", { expected: [/415/] });
  await page.locator("media-uploader[data-ready]").waitFor();
  await page.setInputFiles("#file", { name: "a.exe", mimeType: "application/x-msdownload", buffer: Buffer.from("x") });
  await page.getByRole("alert").getByText("not accepted").waitFor();
  await page.setInputFiles("#file", { name: "a.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(2000) });
  await page.getByRole("alert").getByText("larger than 1,000 byte").waitFor();
  assert.equal(sent("/uploads").length, 0);
  scene.site.answers["POST /uploads"] = () => ({ status: 415, body: { message: "Not a PDF." } });
  await page.setInputFiles("#file", { name: "a.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(10) });
  await page.locator(".upload[data-failed]").getByText("Not a PDF.").waitFor();
  await page.done();
});

function writing(body = "first") {
  scene.site.pages["/write"] = `<autosave-form data-save-url="/save" data-key="l1" data-labels="${words("autosave-form")}"><form method="post" action="/write"><input type="hidden" name="version" value="1">
    <label for="title">Title</label><input id="title" name="title" value="T"><p data-error-for="title" hidden></p><label for="body">Body</label><textarea id="body" name="body">${body}</textarea><button>Save</button></form></autosave-form>`;
  let version = 1;
  scene.site.answers["POST /save"] = () => ({ body: { version: String(++version), saved_at: "2026-11-21T06:03:00Z" } });
}
const drafts = (page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("lectern.draft.")).length);

test("typing is saved within a second and says when", async () => {
  writing();
  const page = await scene.open("/write", { timezoneId: "Asia/Shanghai" });
  await page.locator("autosave-form[data-ready]").waitFor();
  await page.fill("#body", "second");
  const began = Date.now();
  await page.getByText("Saved 14:03").waitFor();
  assert.ok(Date.now() - began < 1500);
  assert.equal(sent("/save").at(-1).body, "title=T&body=second&version=1");
  assert.equal(await page.inputValue("[name=version]"), "2");
  assert.equal(await drafts(page), 0);
  await page.done();
});

test("what was not sent survives a reload, and can be discarded", async () => {
  writing();
  scene.site.answers["POST /save"] = () => ({ status: 503 });
  const page = await scene.open("/write", { expected: [/503/] });
  await page.locator("autosave-form[data-ready]").waitFor();
  await page.fill("#body", "precious");
  await page.getByText("kept on this device").first().waitFor();
  await page.reload();
  await page.getByText(/Unsaved text from \d\d:\d\d was restored/).waitFor();
  assert.equal(await page.inputValue("#body"), "precious");
  await page.getByRole("button", { name: "Discard it" }).click();
  assert.equal(await page.inputValue("#body"), "first");
  await until(async () => (await drafts(page)) === 0);
  await page.done();
});

test("a conflict shows both texts and keeps the one that is chosen", async () => {
  writing();
  let first = true;
  scene.site.answers["POST /save"] = () => {
    const answer = first ? { status: 409, body: { version: "5", fields: { title: "T", body: "theirs" } } } : { body: { version: "6" } };
    first = false;
    return answer;
  };
  const page = await scene.open("/write", { expected: [/409/] });
  await page.locator("autosave-form[data-ready]").waitFor();
  await page.fill("#body", "mine");
  await page.getByRole("alert").getByText("changed elsewhere").waitFor();
  await page.getByText("Waiting for your choice").waitFor();
  assert.deepEqual(await page.locator(".autosave-conflict textarea").evaluateAll((all) => all.map((el) => el.value)), ["mine", "theirs"]);
  await page.getByRole("button", { name: "Keep mine" }).click();
  await until(() => sent("/save").at(-1).body === "title=T&body=mine&version=5");
  await page.getByText(/^Saved/).waitFor();
  await page.done();
});

test("a conflict over a box or a number alone is a conflict, and either side can be kept", async () => {
  scene.site.pages["/lesson"] = `<autosave-form data-save-url="/save" data-key="l2" data-labels="${words("autosave-form")}"><form method="post" action="/lesson"><input type="hidden" name="version" value="1">
    <label for="title">Title</label><input id="title" name="title" value="T"><label for="minutes">Minutes</label><input id="minutes" name="minutes" value="5">
    <label><input type="checkbox" id="preview" name="preview" value="on"> Preview</label><button>Save</button></form></autosave-form>`;
  let version = 1;
  scene.site.answers["POST /save"] = ({ body }) => {
    const stale = new URLSearchParams(String(body)).get("version") !== String(version + 1);
    if (!stale) return { body: { version: String(++version) } };
    return { status: 409, body: { version: String(version + 1), fields: { title: "T", minutes: "5", preview: "" } } };
  };
  const page = await scene.open("/lesson", { expected: [/409/] });
  await page.locator("autosave-form[data-ready]").waitFor();
  await page.check("#preview");
  await page.getByRole("alert").getByText("changed elsewhere").waitFor();
  assert.deepEqual(await page.locator(".autosave-conflict textarea").evaluateAll((all) => all.map((el) => el.value)), ["✓", "–"]);
  await page.getByRole("button", { name: "Keep mine" }).click();
  await until(() => sent("/save").at(-1).body === "title=T&minutes=5&preview=on&version=2");
  await page.getByText(/^Saved/).waitFor();
  version = 7;
  await page.fill("#minutes", "9");
  await page.getByRole("alert").getByText("changed elsewhere").waitFor();
  await page.getByRole("button", { name: "Use the other one" }).click();
  assert.equal(await page.inputValue("#minutes"), "5");
  assert.equal(await page.isChecked("#preview"), false);
  await page.done();
});

test("a text the server finds too long is said once and not sent again by itself", async () => {
  writing();
  scene.site.answers["POST /save"] = () => ({ status: 413, body: "too large" });
  const page = await scene.open("/write", { expected: [/413/] });
  await page.locator("autosave-form[data-ready]").waitFor();
  await page.fill("#body", "very long");
  await page.getByText("Not saved: the text is too long").waitFor();
  await page.waitForTimeout(2500);
  assert.equal(sent("/save").length, 1);
  assert.equal(await drafts(page), 1);
  await page.done();
});

test("the server's objection stands at its field, and a lost session costs nothing", async () => {
  writing();
  scene.site.answers["POST /save"] = () => ({ status: 422, body: { errors: { title: "Give it a title." } } });
  const page = await scene.open("/write", { expected: [/422|401/] });
  await page.locator("autosave-form[data-ready]").waitFor();
  await page.fill("#title", "");
  await page.getByText("Give it a title.").waitFor();
  await page.getByText("Not saved: something needs correcting").waitFor();
  assert.equal(await page.getAttribute("#title", "aria-invalid"), "true");
  scene.site.answers["POST /save"] = () => ({ status: 401 });
  await page.fill("#title", "New");
  await page.getByText("You were signed out").first().waitFor();
  assert.equal(await drafts(page), 1);
  await page.done();
});

test("what was put right while the server objected is sent without another key", async () => {
  writing();
  scene.site.answers["POST /save"] = async ({ body }) => {
    await new Promise((done) => setTimeout(done, 1500));
    return String(body).includes("title=&") ? { status: 422, body: { errors: { title: "Give it a title." } } } : { body: { version: "2", saved_at: "2026-11-21T06:03:00Z" } };
  };
  const page = await scene.open("/write", { expected: [/422/] });
  await page.locator("autosave-form[data-ready]").waitFor();
  await page.fill("#title", "");
  await until(() => sent("/save").length === 1);
  await page.fill("#title", "New");
  await until(() => sent("/save").some(({ body }) => body.includes("title=New")));
  await until(async () => (await drafts(page)) === 0);
  await page.done();
});

test("leaving while a save is under way sends no second one of the same version", async () => {
  writing();
  let answer;
  scene.site.answers["POST /save"] = () => new Promise((done) => (answer = () => done({ body: { version: "2", saved_at: "2026-11-21T06:03:00Z" } })));
  scene.site.pages["/elsewhere"] = "<p>Elsewhere</p>";
  const page = await scene.open("/write", { expected: [/./] });
  await page.locator("autosave-form[data-ready]").waitFor();
  await page.fill("#body", "second");
  await until(() => sent("/save").length === 1);
  await page.fill("#body", "third");
  await page.goto(`${scene.site.address}/elsewhere`);
  await page.getByText("Elsewhere").waitFor();
  await new Promise((done) => setTimeout(done, 500));
  assert.equal(sent("/save").length, 1);
  assert.equal(await drafts(page), 1, "the copy stays on this device");
  answer();
  await page.done();
});
