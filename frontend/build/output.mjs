// The output folder: hashed names, what is stale, what is compressed, and assets.json.
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile, cp, stat } from "node:fs/promises";
import { brotliCompress, constants } from "node:zlib";
import { promisify } from "node:util";
import path from "node:path";

const squeeze = promisify(brotliCompress);
const SQUEEZED = /\.(css|js|wasm|svg|webmanifest|json)$/;

export const fingerprint = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 12);

export class Site {
  /** @param {string} folder @param {boolean} release */
  constructor(folder, release) {
    this.folder = folder;
    this.release = release;
    /** logical name → address, kept over the rebuilds of watch mode */
    this.assets = new Map();
    /** fingerprint of what the worker keeps beside the assets */
    this.kept = "";
  }

  /** Writes `bytes` as `pkg/name.HASH.ext` and remembers its address. */
  async hashed(name, bytes) {
    const { name: stem, ext } = path.parse(name);
    const address = await this.#put(`pkg/${stem}.${fingerprint(bytes)}${ext}`, bytes);
    this.assets.set(name, address);
    return address;
  }

  /** Writes `bytes` under a name that stays; only what pages ask for by name stands in assets.json. */
  async plain(name, bytes) {
    return this.#put(name, bytes);
  }

  async #put(file, bytes) {
    const target = path.join(this.folder, file);
    await writeIfNew(target, bytes);
    if (this.release && SQUEEZED.test(file)) await writeIfNew(`${target}.br`, await brotli(bytes));
    return `/${file}`;
  }

  /** Copies a folder of files whose names stay (icons, manifests). */
  async copy(from) {
    await mkdir(this.folder, { recursive: true });
    await cp(from, this.folder, { recursive: true });
    if (!this.release) return;
    for (const file of await filesBelow(from)) {
      if (!SQUEEZED.test(file)) continue;
      await writeIfNew(path.join(this.folder, `${file}.br`), await brotli(await readFile(path.join(from, file))));
    }
  }

  /** One fingerprint of everything a page can load, and of what the worker keeps beside it. */
  build() {
    const list = [...this.assets].sort(([a], [b]) => (a < b ? -1 : 1));
    return fingerprint(JSON.stringify([list, this.kept]));
  }

  /** Replaces assets.json in one step, then removes hashed files nothing names any more. */
  async finish() {
    const sorted = Object.fromEntries([...this.assets, ["sw.js", "/sw.js"]].sort(([a], [b]) => (a < b ? -1 : 1)));
    const target = path.join(this.folder, "assets.json");
    await writeFile(`${target}.new`, `${JSON.stringify(sorted, null, 2)}\n`);
    await rename(`${target}.new`, target);
    const kept = new Set([...this.assets.values()].flatMap((address) => [address.slice(5), `${address.slice(5)}.br`]));
    const pkg = path.join(this.folder, "pkg");
    for (const file of await readdir(pkg)) if (!kept.has(file)) await rm(path.join(pkg, file), { recursive: true });
    if (this.release) return;
    // compressed by an earlier release build, they would be sent instead of what was just written
    for (const file of await filesBelow(this.folder)) if (file.endsWith(".br")) await rm(path.join(this.folder, file));
  }

  /** `[name, bytes, bytes compressed]` of every asset. */
  async sizes() {
    const rows = [];
    for (const [name, address] of [...this.assets, ["sw.js", "/sw.js"]].sort()) {
      const bytes = await readFile(path.join(this.folder, address));
      rows.push([name, bytes.length, this.release ? (await stat(path.join(this.folder, `${address}.br`))).size : undefined]);
    }
    return rows;
  }
}

export function brotli(bytes) {
  const data = Buffer.from(bytes);
  return squeeze(data, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: data.length,
    },
  });
}

/** Leaves an equal file alone, so that nothing downstream sees a change that is none. */
async function writeIfNew(target, bytes) {
  const old = await readFile(target).catch(() => undefined);
  if (old?.equals(Buffer.from(bytes))) return;
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, bytes);
}

async function filesBelow(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((e) => e.isFile()).map((e) => path.relative(folder, path.join(e.parentPath ?? e.path, e.name)));
}
