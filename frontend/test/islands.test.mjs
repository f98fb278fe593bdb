import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { script } from "../build/scripts.mjs";
import { inBrowser } from "./browser.mjs";

const scene = inBrowser();

/** A glue that notes its calls as wasm-bindgen's would be made, and pages whose islands it knows. */
async function serve() {
  const code = await script(path.join(import.meta.dirname, "../elements/islands.ts"), { release: false, words: { ISLANDS_SCRIPT: "/glue.js", ISLANDS_MODULE: "/islands.wasm" } });
  const type = { headers: { "Content-Type": "text/javascript" } };
  scene.site.answers["GET /starter.js"] = () => ({ ...type, body: Buffer.from(code).toString() });
  scene.site.answers["GET /glue.js"] = () => ({
    ...type,
    body: `const calls = (window.calls = [document.readyState]);
      export default async ({ module_or_path }) => calls.push("init " + module_or_path);
      export const hydrate = () => calls.push("hydrate");
      export const Outer_1 = (el) => { calls.push("outer"); const inner = el.querySelector("leptos-children"); if (inner) inner.$$on_hydrate = () => calls.push("owner of outer"); };
      export const Inner_2 = async () => { await null; calls.push("inner"); };`,
  });
}

test("islands start after load, outer before inner, inner ones under the owner of their surroundings", async () => {
  await serve();
  scene.site.pages["/islands"] = `<script type="module" src="/starter.js"></script><leptos-island data-component="Outer_1"><leptos-children><p><leptos-island data-component="Inner_2"></leptos-island></p></leptos-children></leptos-island>
    <leptos-island data-component="Inner_2"></leptos-island><leptos-island data-component="Gone_3"></leptos-island>`;
  const page = await scene.open("/islands", { expected: [/Could not find WASM function for the island Gone_3/] });
  await page.locator("html[data-islands=ready]").waitFor();
  assert.deepEqual(await page.evaluate(() => window.calls), ["complete", "init /islands.wasm", "hydrate", "outer", "owner of outer", "inner", "inner"]);
  await page.done();
});

test("a page without an island asks for nothing", async () => {
  await serve();
  scene.site.pages["/plain"] = '<script type="module" src="/starter.js"></script><p>plain</p>';
  const page = await scene.open("/plain");
  await page.waitForTimeout(600);
  assert.deepEqual(scene.site.seen.filter(({ path }) => path === "/glue.js"), []);
  await page.done();
});
