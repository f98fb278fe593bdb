// The site build, in plain steps; README.md says how it is called and what the server does with the output.
import { watch } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import path from "node:path";
import { Site, fingerprint } from "./build/output.mjs";
import { islands } from "./build/islands.mjs";
import { script, target } from "./build/scripts.mjs";
import { style } from "./build/style.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(here);
const { values: args } = parseArgs({
  options: {
    out: { type: "string" },
    wasm: { type: "string" },
    "wasm-bindgen": { type: "string" },
    release: { type: "boolean", default: false },
    watch: { type: "boolean", default: false },
  },
});
const cargoTarget = process.env.CARGO_TARGET_DIR ?? path.join(root, "target");
const out = path.resolve(args.out ?? process.env.LECTERN_SITE ?? path.join(cargoTarget, "site"));
const wasm = args.wasm ?? process.env.LECTERN_WASM;
const { release } = args;
const site = new Site(out, release);
const from = (...parts) => path.join(here, ...parts);

/** Everything a page of the shell needs without network; kept small. */
const SHELL = ["app.css", "elements.js", "kept.js"];

/** The server writes the offline page; who has the worker gets a new one when its words or its frame change. */
const OFFLINE = ["app/locale/src/offline.rs", "app/locale/src/shell.rs", "app/site/src/offline.rs", "app/src/frame.rs", "app/src/document.rs"];

const steps = {
  async islands() {
    if (!wasm) return;
    await islands(site, { wasm: path.resolve(wasm), bindgen: args["wasm-bindgen"] ?? process.env.WASM_BINDGEN, release, target });
  },
  async style() {
    for (const [name, file] of [
      ["app.css", path.join(root, "style", "main.css")],
      ["player.css", path.join(root, "style", "player-sheet.css")],
      ["editor.css", from("editor", "editor.css")],
    ]) {
      const sheet = await style(file, release);
      if (sheet) await site.hashed(name, sheet);
      else console.warn(`${path.relative(root, file)} is not there: ${name} is left out`);
    }
  },
  async editor() {
    await site.hashed("editor.js", await script(from("editor", "main.ts"), { release }));
  },
  async elements() {
    for (const name of ["player", "studio", "reading", "suggest", "times", "kept", "passkey", "copy", "sheet"]) await site.hashed(`${name}.js`, await script(from("elements", `${name}.ts`), { release }));
    const words = {
      COPY_SCRIPT: site.assets.get("copy.js"),
      PASSKEY_SCRIPT: site.assets.get("passkey.js"),
      PLAYER_SCRIPT: site.assets.get("player.js"),
      PLAYER_STYLE: site.assets.get("player.css") ?? "",
      READING_SCRIPT: site.assets.get("reading.js"),
      SHEET_SCRIPT: site.assets.get("sheet.js"),
      STUDIO_SCRIPT: site.assets.get("studio.js"),
      SUGGEST_SCRIPT: site.assets.get("suggest.js"),
      TIMES_SCRIPT: site.assets.get("times.js"),
      KEPT_SCRIPT: site.assets.get("kept.js"),
      ISLANDS_STARTER: site.assets.get("islands.js") ?? "",
      EDITOR_SCRIPT: site.assets.get("editor.js") ?? "",
      EDITOR_STYLE: site.assets.get("editor.css") ?? "",
      DEVELOPMENT: args.watch,
    };
    await site.hashed("elements.js", await script(from("elements", "main.ts"), { release, words }));
  },
  async starter() {
    const words = { ISLANDS_SCRIPT: site.assets.get("lectern.js") ?? "", ISLANDS_MODULE: site.assets.get("lectern_bg.wasm") ?? "" };
    await site.hashed("islands.js", await script(from("elements", "islands.ts"), { release, words }));
  },
  async worker() {
    const build = site.build();
    const shell = SHELL.map((name) => site.assets.get(name)).filter(Boolean);
    const words = { BUILD: build, SHELL: [...shell, "/offline", "/zh/offline", "/en/offline", "/favicon.svg", "/icons/icon-192.png"] };
    await site.plain("sw.js", await script(from("worker", "main.ts"), { release, format: "iife", words }));
    await site.plain("build.txt", Buffer.from(`${build}\n`));
  },
  async public() {
    await site.copy(from("public"));
  },
};

/** What a change in a folder asks for, beside `starter`, `elements` and `worker`, which name the others' files and cost little. */
const ORDER = ["islands", "style", "editor", "starter", "elements", "worker", "public"];

async function build(which = ORDER) {
  const began = performance.now();
  const texts = await Promise.all(OFFLINE.map((file) => readFile(path.join(root, file))));
  site.kept = fingerprint(Buffer.concat(texts));
  for (const step of ORDER) if (which.includes(step)) await steps[step]();
  await site.finish();
  console.log(`${path.relative(process.cwd(), out) || "."} ${site.build()} in ${Math.round(performance.now() - began)} ms`);
}

function keepWatching() {
  const always = ["elements", "starter", "worker"];
  const waiting = new Set();
  let timer;
  let running = Promise.resolve();
  const soon = (...which) => {
    for (const step of [...which, ...always]) waiting.add(step);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const now = [...waiting];
      waiting.clear();
      running = running.then(() => build(now)).catch((error) => console.error(error.message));
    }, 60);
  };
  watch(path.join(root, "style"), { recursive: true }, () => soon("style"));
  watch(from("editor"), { recursive: true }, () => soon("style", "editor"));
  for (const folder of ["elements", "worker"]) watch(from(folder), { recursive: true }, () => soon());
  watch(from("public"), { recursive: true }, () => soon("public"));
  if (!wasm) return;
  // cargo replaces the file, and may not have made it yet: its time is asked for instead of an event.
  let seen = 0;
  setInterval(async () => {
    const time = await stat(wasm).then((s) => s.mtimeMs, () => 0);
    if (seen && time && time !== seen) soon("islands");
    if (time) seen = time;
  }, 300);
}

try {
  await build();
  if (release) {
    for (const [name, raw, packed] of await site.sizes()) console.log(`${name.padEnd(18)} ${String(raw).padStart(9)} ${String(packed).padStart(9)} br`);
  }
} catch (error) {
  console.error(error.message);
  if (!args.watch) process.exit(1);
}
if (args.watch) keepWatching();
