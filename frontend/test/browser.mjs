// One Chromium and one site for the tests of a file; every page fails its test on a console error or a breach of the policy.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before } from "node:test";
import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import { CHROMIUM } from "../../end2end/chromium.mjs";
import { startSite } from "./site.mjs";

/** Registers start and end of the file's browser; the returned object is filled before the first test. */
export function inBrowser() {
  const scene = {};
  let folder;
  before(async () => {
    folder = process.env.LECTERN_SITE_BUILT;
    if (!folder) {
      folder = scene.made = mkdtempSync(path.join(tmpdir(), "lectern-site-"));
      execFileSync(process.execPath, [path.join(import.meta.dirname, "..", "build.mjs"), "--out", folder], { stdio: "ignore" });
    }
    scene.site = await startSite(folder);
    scene.browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"],
    });
  });
  after(async () => {
    await scene.browser?.close();
    await scene.site?.stop();
    if (scene.made) rmSync(scene.made, { recursive: true, force: true });
  });
  /** A fresh person's page; `expected` are patterns of console errors a test provokes. */
  scene.open = async (address, { expected = [], ...options } = {}) => {
    const context = await scene.browser.newContext({ serviceWorkers: "block", ...options });
    const page = await context.newPage();
    const faults = [];
    const note = (text) => {
      if (!expected.some((pattern) => pattern.test(text))) faults.push(text);
    };
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) note(message.text());
    });
    page.on("pageerror", (error) => {
      // the browser's own remark where a page is left before its transition ended
      if (!error.message.startsWith("Transition was")) note(String(error));
    });
    page.done = async () => {
      assert.deepEqual(faults, []);
      await context.close();
    };
    scene.site.seen.length = 0;
    await page.goto(scene.site.address + address);
    return page;
  };
  return scene;
}
