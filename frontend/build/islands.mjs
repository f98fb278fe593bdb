// The islands bundle: cargo's wasm file → wasm-bindgen → (release) wasm-opt → one script and one module.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, access } from "node:fs/promises";
import { createRequire } from "node:module";
import { homedir, tmpdir } from "node:os";
import { promisify } from "node:util";
import path from "node:path";
import * as esbuild from "esbuild";

const run = promisify(execFile);
const NAME = "lectern";
const SHRINK = [
  "-Oz",
  "--enable-bulk-memory",
  "--enable-nontrapping-float-to-int",
  "--enable-sign-ext",
  "--enable-mutable-globals",
  "--enable-reference-types",
  "--enable-multivalue",
];

/** Writes `lectern.js` and `lectern_bg.wasm` into the site; returns their addresses. */
export async function islands(site, { wasm, bindgen, release, target }) {
  const scratch = await mkdtemp(path.join(tmpdir(), "lectern-islands-"));
  try {
    const tool = await findBindgen(bindgen);
    const flags = ["--target", "web", "--no-typescript", "--out-dir", scratch, "--out-name", NAME];
    if (release) flags.push("--remove-name-section", "--remove-producers-section");
    await explain(run(tool, [...flags, wasm]), `${tool} could not read ${wasm}`);
    const module = path.join(scratch, `${NAME}_bg.wasm`);
    if (release) {
      const opt = createRequire(import.meta.url).resolve("binaryen/bin/wasm-opt");
      await explain(run(process.execPath, [opt, ...SHRINK, module, "-o", module], { maxBuffer: 1 << 26 }), "wasm-opt failed");
    }
    // Bundled, because the script may import snippets beside itself.
    const script = await esbuild.build({
      entryPoints: [path.join(scratch, `${NAME}.js`)],
      bundle: true,
      format: "esm",
      minify: release,
      target,
      write: false,
      logLevel: "error",
      // The module's address is always passed in; the script's own guess must not become part of it.
      define: { "import.meta.url": '""' },
    });
    return {
      module: await site.hashed(`${NAME}_bg.wasm`, await readFile(module)),
      script: await site.hashed(`${NAME}.js`, script.outputFiles[0].contents),
    };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function findBindgen(given) {
  if (given) return given;
  const home = path.join(process.env.CARGO_HOME ?? path.join(homedir(), ".cargo"), "bin", "wasm-bindgen");
  return access(home).then(() => home, () => "wasm-bindgen");
}

async function explain(work, what) {
  try {
    return await work;
  } catch (error) {
    if (error.code === "ENOENT") throw new Error("wasm-bindgen is missing: cargo install wasm-bindgen-cli@0.2.130");
    throw new Error(`${what}\n${error.stderr ?? error.message}`);
  }
}
