// TypeScript through esbuild: one file per entry, no shared chunks, so that a page never waits for a second round trip.
import * as esbuild from "esbuild";

/** Browsers of the same floor as the style's. */
export const target = ["chrome111", "safari16.4", "firefox121"];

/** Bundles one entry; `words` become constants in it. Returns its bytes. */
export async function script(entry, { release, format = "esm", words = {} }) {
  const define = Object.fromEntries(Object.entries(words).map(([name, value]) => [name, JSON.stringify(value)]));
  const result = await esbuild.build({
    entryPoints: [entry],
    bundle: true,
    format,
    target,
    minify: release,
    charset: "utf8",
    legalComments: "none",
    define,
    write: false,
    logLevel: "error",
  });
  return result.outputFiles[0].contents;
}
