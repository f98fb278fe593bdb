import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { load } from "./load.mjs";
import { allWords } from "./words.mjs";

const intervals = await load("elements/intervals.ts");
const outbox = await load("elements/outbox.ts");
const order = await load("elements/sortable/order.ts");
const tus = await load("elements/upload/tus.ts");
const sizes = await load("elements/upload/sizes.ts");
const resume = await load("elements/player/resume.ts");
const preferences = await load("elements/player/preferences.ts");
const chapters = await load("elements/player/chapters.ts");
const clock = await load("elements/clock.ts");
const times = await load("elements/small/times.ts");
const labels = await load("elements/labels.ts");
const requests = await load("worker/requests.ts");

test("the union of watched ranges does not depend on order or repetition", () => {
  let seed = 7;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  for (let round = 0; round < 200; round++) {
    const list = Array.from({ length: 1 + Math.floor(random() * 12) }, () => {
      const from = Math.round(random() * 100);
      return [from, from + Math.round(random() * 20)];
    });
    const shuffled = [...list, ...list].sort(() => random() - 0.5);
    const [a, b] = [intervals.union(list), intervals.union(shuffled)];
    assert.deepEqual(a, b);
    assert.deepEqual(intervals.union(a.slice(0, 1), a), a);
    for (let i = 1; i < a.length; i++) assert.ok(a[i][0] > a[i - 1][1]);
    const seconds = new Set(list.flatMap(([from, to]) => Array.from({ length: to - from }, (_, i) => from + i)));
    assert.equal(intervals.total(a), seconds.size);
  }
});

test("ranges are cut to the media and what is not a range is ignored", () => {
  assert.deepEqual(intervals.tidy([[-1, 2.04], [9, 12]], 10), [[0, 2], [9, 10]]);
  assert.deepEqual(intervals.parse('[[0,1],["x",2],3,[5,4]]'), [[0, 1]]);
  assert.deepEqual(intervals.parse("nonsense"), []);
  assert.deepEqual(intervals.parse(undefined), []);
});

test("a long queue folds by lesson and keeps every watched second and the last position", () => {
  const item = (url, from, n) => ({ url, at: n, body: { position_seconds: from + 1, ranges: [[from, from + 1]], duration_seconds: 100, event: `e${n}` } });
  const list = [item("/a", 0, 1), item("/b", 5, 2), item("/a", 1, 3), item("/a", 50, 4)];
  assert.deepEqual(outbox.compact(list, 10), list);
  const [a, b] = outbox.compact(list, 2);
  assert.deepEqual(a.body.ranges, [[0, 2], [50, 51]]);
  assert.equal(a.body.position_seconds, 51);
  assert.notEqual(a.body.event, "e4");
  assert.equal(b.body.event, "e2");
});

test("a refused event is dropped, and one the server could not take is kept", () => {
  assert.deepEqual([200, 204, 400, 403, 404, 422].map(outbox.fate), ["done", "done", "drop", "drop", "drop", "drop"]);
  assert.deepEqual([401, 408, 429, 500, 503].map(outbox.fate), ["keep", "keep", "keep", "keep", "keep"]);
});

test("a live event carries no age, a late one does", () => {
  const item = { url: "/a", at: 1000, body: { event: "e" } };
  assert.equal("age_seconds" in outbox.outgoing(item, 3000), false);
  assert.equal(outbox.outgoing(item, 61_000).age_seconds, 60);
});

test("steps go through neighbouring lists and stop at the ends", () => {
  assert.deepEqual(order.step([2, 0, 3], { list: 0, index: 1 }, 1), { list: 1, index: 0 });
  assert.deepEqual(order.step([2, 0, 3], { list: 0, index: 1 }, -1), { list: 0, index: 0 });
  assert.deepEqual(order.step([2, 4, 3], { list: 2, index: 0 }, -1), { list: 1, index: 4 });
  assert.equal(order.step([2], { list: 0, index: 0 }, -1), undefined);
  assert.equal(order.step([2], { list: 0, index: 1 }, 1), undefined);
  assert.deepEqual(order.across([3, 1], { list: 0, index: 2 }, 1), { list: 1, index: 1 });
  assert.equal(order.across([3, 1], { list: 0, index: 2 }, -1), undefined);
});

test("an order is posted as pairs in document order", () => {
  assert.equal(order.encode([["chapter", "1"], ["lesson", "a b"]], "7"), "version=7&chapter=1&lesson=a+b");
});

test("upload metadata is base64 of UTF-8", () => {
  const text = tus.metadata({ filename: "第一课.mp4", purpose: "lesson" });
  const [name, value] = text.split(",")[0].split(" ");
  assert.equal(name, "filename");
  assert.equal(Buffer.from(value, "base64").toString(), "第一课.mp4");
});

test("accept attributes are read as browsers read them", () => {
  const file = { name: "A.MP4", type: "video/mp4" };
  assert.ok(sizes.accepted(file, "video/*"));
  assert.ok(sizes.accepted(file, ".pdf, .mp4"));
  assert.ok(sizes.accepted(file, ""));
  assert.ok(!sizes.accepted(file, "image/*,application/pdf"));
  assert.equal(sizes.bytes(2 * 1024 ** 3, "en"), "2 GB");
});

test("the address says where to begin, then the stored position, unless that is an end", () => {
  assert.deepEqual(resume.startAt("?t=12.5", "90", 100), { at: 12.5, resumed: false });
  assert.deepEqual(resume.startAt("", "90", 100), { at: 90, resumed: true });
  for (const [stopped, length] of [["99", 100], ["1", 100], ["", 100], [undefined, 0]]) assert.equal(resume.startAt("", stopped, length).at, 0);
});

test("speeds go in quarters and stop at the ends", () => {
  assert.equal(preferences.nextSpeed(1, 1), 1.25);
  assert.equal(preferences.nextSpeed(1, -1), 0.75);
  assert.equal(preferences.nextSpeed(3, 1), 3);
  assert.equal(preferences.nextSpeed(0.5, -1), 0.5);
});

test("going back within a chapter returns to its start first", () => {
  const list = [{ start: 0 }, { start: 15 }, { start: 30 }];
  assert.equal(chapters.neighbour(list, 20, -1), 15);
  assert.equal(chapters.neighbour(list, 16, -1), 0);
  assert.equal(chapters.neighbour(list, 20, 1), 30);
  assert.equal(chapters.neighbour(list, 35, 1), undefined);
});

test("times read as people write them", () => {
  assert.deepEqual([0, 59.9, 61, 3661, Number.NaN].map(clock.clock), ["0:00", "0:59", "1:01", "1:01:01", "0:00"]);
  const now = Date.parse("2026-11-21T06:00:00Z");
  assert.equal(times.written(new Date(now - 7_200_000), "relative", "zh-CN", now), "2小时前");
  assert.equal(times.written(new Date(now - 86_400_000), "relative", "en", now), "yesterday");
  assert.match(clock.uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("a missing word shows its key", () => {
  const words = labels.wordsOf({ dataset: { labels: '{"a":"x {n}"}' }, localName: "x" });
  assert.equal(words("a", { n: 3 }), "x 3");
  assert.equal(words("b"), "b");
});

test("the worker touches pages, assets and icons only", () => {
  const kind = (path, { method = "GET", mode = "no-cors", headers = {}, origin = "http://x" } = {}) =>
    requests.kindOf({ method, url: `${origin}${path}`, mode, headers: new Headers(headers) }, "http://x");
  assert.equal(kind("/zh/courses", { mode: "navigate" }), "page");
  assert.equal(kind("/zh/courses", { mode: "navigate", method: "POST" }), "none");
  assert.equal(kind("/zh/courses", { mode: "navigate", headers: { "sec-purpose": "prefetch" } }), "none");
  assert.equal(kind("/pkg/app.1.css"), "static");
  for (const path of ["/icons/icon-192.png", "/favicon.svg"]) assert.equal(kind(path), "icon");
  for (const path of ["/media/1.mp4", "/uploads/1", "/fn/x", "/api/v1/courses", "/zh/courses", "/sw.js", "/img/a.webp"]) assert.equal(kind(path), "none");
  assert.equal(kind("/media/x", { mode: "navigate" }), "none");
  assert.equal(kind("/pkg/a.js", { origin: "http://other" }), "none");
  assert.equal(kind("/icons/a.png", { headers: { range: "bytes=0-" } }), "none");
});

test("only a public answer is kept", () => {
  const answer = (headers, more = {}) => ({ status: 200, type: "basic", redirected: false, headers: new Headers(headers), ...more });
  assert.ok(requests.keepable(answer({ "X-Cacheable": "public" })));
  assert.ok(!requests.keepable(answer({})));
  assert.ok(!requests.keepable(answer({ "X-Cacheable": "public" }, { status: 500 })));
  assert.ok(!requests.keepable(answer({ "X-Cacheable": "public" }, { redirected: true })));
});

test("every word stands in both languages, with the same places, and every word asked for exists", () => {
  const root = path.join(import.meta.dirname, "..");
  const all = allWords();
  assert.ok(Object.keys(all).length >= 7);
  const places = (text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort().join();
  for (const [element, keys] of Object.entries(all)) {
    for (const [key, text] of Object.entries(keys)) {
      assert.deepEqual(Object.keys(text), ["zh", "en"], `${element}.${key}`);
      assert.equal(places(text.zh), places(text.en), `${element}.${key}`);
      assert.doesNotMatch(text.zh, /[一-鿿][,;:!?]|[,;:!?][一-鿿]/, `${element}.${key}: halfwidth punctuation`);
    }
  }
  const known = new Set(Object.values(all).flatMap(Object.keys));
  for (const folder of ["elements", "editor"]) {
    for (const file of readdirSync(path.join(root, folder), { recursive: true })) {
      if (!file.endsWith(".ts")) continue;
      const code = readFileSync(path.join(root, folder, file), "utf8");
      for (const [, key] of code.matchAll(/\bwords\("([a-z_0-9]+)"/g)) assert.ok(known.has(key), `${file}: ${key}`);
    }
  }
});
