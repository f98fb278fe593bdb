// The letters that the program under test has written, and codes as an app on a telephone makes them.
import { createHmac } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";

/** Where the program keeps its data; empty where it runs elsewhere and its letters cannot be read. */
export const DATA = process.env.LECTERN_E2E_DATA ?? "";

function decoded(letter: string): string {
  const at = letter.indexOf("\r\n\r\n");
  const [head, body] = [letter.slice(0, at), letter.slice(at + 4)];
  if (/^content-transfer-encoding:\s*base64/im.test(head)) return Buffer.from(body, "base64").toString("utf8");
  if (!/^content-transfer-encoding:\s*quoted-printable/im.test(head)) return body;
  const plain = body.replace(/=\r\n/g, "");
  return Buffer.from(plain.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))), "latin1").toString("utf8");
}

/** The text of the latest letter to `address` that holds `part`; waits until it is written. */
export async function letterTo(address: string, part: string): Promise<string> {
  const folder = join(DATA, "mail");
  let found = "";
  await expect(async () => {
    const files = readdirSync(folder).map((name) => join(folder, name));
    const letters = files
      .map((file) => ({ at: statSync(file).mtimeMs, whole: readFileSync(file, "latin1") }))
      .filter(({ whole }) => new RegExp(`^To:.*${address.replace(/[.+]/g, "\\$&")}`, "im").test(whole))
      .sort((one, other) => other.at - one.at);
    found = letters.map(({ whole }) => decoded(whole)).find((text) => text.includes(part)) ?? "";
    expect(found).not.toBe("");
  }).toPass({ timeout: 30_000 });
  return found;
}

/** The path of the first link in a letter that begins with `path`. */
export function linkIn(text: string, path: string): string {
  const at = text.indexOf(path);
  return text.slice(at).split(/\s/)[0] ?? "";
}

/** What an app shows for a key, `ahead` steps of thirty seconds from now (RFC 6238). */
export function codeOf(key: string, ahead = 0): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...key.replace(/\s/g, "")].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead));
  const tag = createHmac("sha1", secret).update(step).digest();
  const at = (tag[19] ?? 0) & 15;
  return String((tag.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
