// TypeScript for Node 20: bundles one module in memory and imports it.
import path from "node:path";
import { build } from "esbuild";

export async function load(file) {
  const result = await build({ entryPoints: [path.join(import.meta.dirname, "..", file)], bundle: true, format: "esm", write: false, define: { BUILD: '"test"' } });
  return import(`data:text/javascript;base64,${Buffer.from(result.outputFiles[0].contents).toString("base64")}`);
}
