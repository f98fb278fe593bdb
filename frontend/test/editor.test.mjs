import assert from "node:assert/strict";
import { test } from "node:test";
import { inBrowser } from "./browser.mjs";
import { load } from "./load.mjs";

const scene = inBrowser();

function page(markdown, attributes = "") {
  scene.site.answers["POST /save"] = () => ({ body: { version: "2" } });
  const text = markdown.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  scene.site.pages["/write"] = `<autosave-form data-save-url="/save" data-key="e" data-labels="${scene.site.words("autosave-form")}"><form method="post" action="/write">
    <lesson-editor data-labels="${scene.site.words("lesson-editor")}" ${attributes}><label for="body">Text</label><textarea id="body" name="body" class="input" required>${text}</textarea></lesson-editor></form></autosave-form>`;
}
const markdown = (p) => p.inputValue("#body");
const ready = (p) => p.locator("lesson-editor[data-ready]").waitFor();
const until = async (p, expected) => {
  await p.waitForFunction((text) => document.querySelector("#body").value.trim() === text, expected).catch(async () => assert.equal((await markdown(p)).trim(), expected));
};

test("Markdown comes in, what is written goes back as Markdown and is saved", async () => {
  page("## Heading\n\nSome **bold** text with a [link](https://lectern.example).\n\n- one\n- two\n");
  const p = await scene.open("/write");
  await ready(p);
  assert.equal(await p.locator(".ProseMirror h2").innerText(), "Heading");
  const before = await markdown(p);
  assert.equal(before, "## Heading\n\nSome **bold** text with a [link](https://lectern.example).\n\n- one\n- two\n");
  await p.locator(".ProseMirror li").last().click();
  await p.keyboard.press("End");
  await p.keyboard.press("Enter");
  await p.keyboard.type("three");
  await until(p, "## Heading\n\nSome **bold** text with a [link](https://lectern.example).\n\n- one\n- two\n- three");
  await p.getByText(/^Saved/).waitFor();
  assert.ok(scene.site.seen.some(({ path, body }) => path === "/save" && new URLSearchParams(body).get("body").includes("- three")));
  await p.done();
});

test("Markdown shortcuts, the toolbar and the slash menu make blocks", async () => {
  page("");
  const p = await scene.open("/write");
  await ready(p);
  await p.locator(".ProseMirror").click();
  await p.keyboard.type("## Title");
  await p.keyboard.press("Enter");
  await p.keyboard.type("/quo");
  await p.getByRole("option", { name: "Quote" }).waitFor();
  await p.keyboard.press("Enter");
  await p.keyboard.type("said");
  await until(p, "## Title\n\n> said");
  await p.keyboard.press("Enter");
  await p.keyboard.press("Enter");
  await p.keyboard.press("Control+b");
  await p.keyboard.type("loud");
  await until(p, "## Title\n\n> said\n\n**loud**");
  await p.keyboard.press("Control+b");
  await p.keyboard.press("Enter");
  await p.keyboard.type("、");
  await p.getByRole("option", { name: "Divider" }).click();
  await p.waitForFunction(() => document.querySelector("#body").value.includes("---"));
  await p.getByRole("button", { name: "Numbered list" }).click();
  await p.keyboard.type("first");
  await p.waitForFunction(() => /1\. first/.test(document.querySelector("#body").value));
  if (process.env.SHOTS) await p.screenshot({ path: `${process.env.SHOTS}/editor.png` });
  await p.done();
});

test("the source switch shows the field and takes its changes over", async () => {
  page("one");
  const p = await scene.open("/write");
  await ready(p);
  await p.getByRole("button", { name: "Markdown source" }).click();
  assert.ok(await p.locator("#body").isVisible());
  await p.fill("#body", "# two\n\ntext");
  await p.getByRole("button", { name: "Visual editor" }).click();
  assert.equal(await p.locator(".ProseMirror h1").innerText(), "two");
  assert.equal(await markdown(p), "# two\n\ntext");
  await p.done();
});

test("what the editor cannot hold opens as source and stays as it is", async () => {
  for (const text of ["<div class=\"x\">raw</div>\n", "| a | b |\n|---|---|\n| 1 | 2 |\n", "- [ ] task\n"]) {
    page(text);
    const p = await scene.open("/write");
    await ready(p);
    assert.ok(await p.locator("#body").isVisible(), text);
    await p.getByText("opens as source").waitFor();
    assert.equal(await markdown(p), text);
    await p.done();
  }
});

test("a dangerous link is refused, a good one is set", async () => {
  page("word");
  const p = await scene.open("/write");
  await ready(p);
  await p.locator(".ProseMirror").click();
  await p.keyboard.press("Control+a");
  await p.keyboard.press("Control+k");
  await p.getByRole("textbox", { name: "Link address" }).fill("javascript:alert(1)");
  await p.keyboard.press("Enter");
  await p.getByText("starts with https://").waitFor();
  await p.getByRole("textbox", { name: "Link address" }).fill("lectern.example/x");
  await p.keyboard.press("Enter");
  await until(p, "[word](https://lectern.example/x)");
  await p.done();
});

test("a pasted image goes up and is put in", async () => {
  scene.site.answers["POST /uploads"] = () => ({ status: 201, headers: { Location: "/uploads/i1" } });
  scene.site.answers["PATCH /uploads/*"] = ({ body }) => ({ status: 204, headers: { "Upload-Offset": String(body.length), "Lectern-Media": "m1", "Lectern-Media-Url": "/icons/icon-192.png" } });
  page("", 'data-upload-url="/uploads"');
  const p = await scene.open("/write");
  await ready(p);
  await p.locator(".ProseMirror").click();
  await p.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array([137, 80, 78, 71])], "map.png", { type: "image/png" }));
    document.querySelector(".ProseMirror").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await until(p, "![map](/icons/icon-192.png)");
  await p.done();
});

test("unsent text comes back into the editor after a reload", async () => {
  page("old");
  scene.site.answers["POST /save"] = () => ({ status: 503 });
  const p = await scene.open("/write", { expected: [/503/] });
  await ready(p);
  await p.locator(".ProseMirror").click();
  await p.keyboard.press("End");
  await p.keyboard.type(" and new");
  await until(p, "old and new");
  await p.waitForTimeout(100);
  await p.reload();
  await ready(p);
  await p.getByText("was restored").waitFor();
  await p.waitForFunction(() => document.querySelector(".ProseMirror")?.innerText.trim() === "old and new");
  await p.done();
});

test("the pure parts: slash requests, matching, words", async () => {
  const { request, matching } = await load("editor/slash.ts");
  assert.deepEqual(request("/he"), { query: "he", length: 3 });
  assert.deepEqual(request("text /"), { query: "", length: 1 });
  assert.deepEqual(request("、"), { query: "", length: 1 });
  assert.deepEqual(request("／标题"), { query: "标题", length: 3 });
  for (const text of ["苹果、", "a/b", "https://x", "/a b", ""]) assert.equal(request(text), undefined, text);
  const commands = [{ name: "heading2", also: "h2 bt" }, { name: "quote", also: "yy" }];
  assert.deepEqual(matching(commands, "bt", () => "标题").map(({ name }) => name), ["heading2"]);
  assert.equal(matching(commands, "", () => "x").length, 2);
  const { measure } = await load("editor/markdown.ts");
  assert.deepEqual(measure("学习 Rust 很有趣"), { count: 6, minutes: 1 });
  assert.deepEqual(measure(""), { count: 0, minutes: 0 });
});
