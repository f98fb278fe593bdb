// `npm test`: builds the site once, then runs every test file; browser tests are left out where there is no Chromium.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CHROMIUM } from "../../end2end/chromium.mjs";

const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const folder = mkdtempSync(path.join(tmpdir(), "lectern-site-"));
const node = (...args) => spawnSync(process.execPath, args, { stdio: "inherit", env: { ...process.env, LECTERN_SITE_BUILT: folder } }).status ?? 1;
const chromium = existsSync(CHROMIUM);
const files = readdirSync(here)
  .filter((name) => name.endsWith(".test.mjs"))
  .map((name) => path.join(here, name))
  .filter((file) => chromium || !readFileSync(file, "utf8").includes("inBrowser"));
if (!chromium) console.warn("no Chromium: browser tests are left out (set CHROMIUM)");
let status = node(path.join(here, "..", "build.mjs"), "--out", folder);
if (status === 0) status = node("--test", "--test-concurrency=2", ...files, ...process.argv.slice(2));
rmSync(folder, { recursive: true, force: true });
process.exit(status);
