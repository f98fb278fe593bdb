// Style sheets through Lightning CSS. Imports are followed from the entry, so style/main.css says what belongs to the site.
import { bundleAsync } from "lightningcss";
import { access } from "node:fs/promises";

const version = (major, minor = 0) => (major << 16) | (minor << 8);
/** The oldest browsers the look is made for; older ones get readable plain pages. */
const targets = { chrome: version(111), safari: version(16, 4), ios_saf: version(16, 4), firefox: version(121) };

/** Returns the bundled sheet, or nothing where the file does not exist yet. */
export async function style(file, release) {
  try {
    await access(file);
  } catch {
    return undefined;
  }
  const { code, warnings } = await bundleAsync({ filename: file, minify: release, targets });
  for (const w of warnings) console.warn(`${w.loc?.filename ?? file}:${w.loc?.line ?? "?"}: ${w.message}`);
  return code;
}
