// The elements' words as the server holds them: app/locale/src/elements.rs is the only place where they stand.
import { readFileSync } from "node:fs";
import path from "node:path";

const source = path.join(import.meta.dirname, "..", "..", "app", "locale", "src", "elements.rs");

/** `{ "lesson-player": { play: { zh, en } } }` */
export function allWords() {
  const text = readFileSync(source, "utf8");
  const body = text.slice(text.indexOf("\nlabels! {"), text.indexOf("#[cfg(test)]\nmod tests"));
  const words = {};
  let element;
  for (const line of body.split("\n")) {
    const start = /^    ([a-z_]+) \{$/.exec(line);
    const word = /^        ([a-z_0-9]+) \{ zh: "([^"]*)", en: "([^"]*)" \}$/.exec(line);
    if (start) element = words[start[1].replaceAll("_", "-")] = {};
    else if (word) element[word[1]] = { zh: word[2], en: word[3] };
    else if (/zh:/.test(line)) throw new Error(`not understood: ${line}`);
  }
  return words;
}
