// Draws every icon of the program from the seal: a cinnabar square with 讲. Run by hand when the mark changes (`npm run icons`); the pictures are kept.
// Needs Chromium and the Noto Serif CJK face. The favicon is the same drawing with the character as an outline, so it needs no face.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { chromium } from "playwright-core";
import { CHROMIUM } from "../../end2end/chromium.mjs";

const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const target = path.join(here, "..", "public");
const seal = await readFile(path.join(here, "seal.svg"), "utf8");

/** The seal's drawing with another ground, character and size on a 512 grid. */
const drawing = ({ ground, ink, radius, scale }) =>
  seal
    .replace(/<rect[^>]*\/>/, ground === "none" ? "" : `<rect width="512" height="512" rx="${radius}" fill="${ground}"/>`)
    .replace(/<g[^>]*>/, `<g fill="${ink}" transform="translate(256 256) scale(${scale}) translate(-256 -256)">`);

const cinnabar = "#bb351f";
const paper = "#fbf7ec";
const pictures = [
  ["icons/icon-192.png", 192, { ground: cinnabar, ink: paper, radius: 96, scale: 1 }],
  ["icons/icon-512.png", 512, { ground: cinnabar, ink: paper, radius: 96, scale: 1 }],
  // A launcher may cut to the inner four fifths.
  ["icons/maskable-512.png", 512, { ground: cinnabar, ink: paper, radius: 0, scale: 0.74 }],
  ["icons/monochrome-512.png", 512, { ground: "none", ink: "#000", radius: 0, scale: 1.1 }],
  ["icons/apple-touch-180.png", 180, { ground: cinnabar, ink: paper, radius: 0, scale: 0.92 }],
  ["icons/badge-96.png", 96, { ground: "none", ink: "#fff", radius: 0, scale: 1.2 }],
];

await mkdir(path.join(target, "icons"), { recursive: true });
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
for (const [name, size, look] of pictures) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const picture = `data:image/svg+xml;base64,${Buffer.from(drawing(look)).toString("base64")}`;
  await page.setContent(`<style>body{margin:0}img{display:block;width:${size}px;height:${size}px}</style><img src="${picture}">`);
  await page.locator("img").evaluate((img) => img.decode());
  await page.screenshot({ path: path.join(target, name), omitBackground: true });
  await page.close();
}
await browser.close();
await writeFile(path.join(target, "favicon.svg"), seal);
