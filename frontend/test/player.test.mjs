import assert from "node:assert/strict";
import { test } from "node:test";
import { inBrowser } from "./browser.mjs";

const scene = inBrowser();
const posted = () => scene.site.seen.filter(({ method, path }) => method === "POST" && path === "/progress").map(({ body }) => JSON.parse(body));
const until = async (what, limit = 8000) => {
  const end = Date.now() + limit;
  while (Date.now() < end) {
    const got = await what();
    if (got) return got;
    await new Promise((done) => setTimeout(done, 50));
  }
  assert.fail(`waited in vain for ${what}`);
};

function lesson(attributes = "", answer = {}) {
  scene.site.answers["POST /progress"] = () => ({ body: answer });
  scene.site.pages["/lesson"] = `<lesson-player data-kind="video" data-lesson="7" data-layout="on" data-progress-url="/progress" data-title="Bars" data-labels="${scene.site.words("lesson-player")}" ${attributes}>
    <video controls playsinline preload="metadata" src="/test-media/lesson.mp4"><track kind="captions" srclang="en" label="English" src="/test-media/lesson.vtt" default><track kind="chapters" src="/test-media/chapters.vtt"></video></lesson-player>
    <p><input id="field" aria-label="field"><a href="?t=30" data-seek="30">0:30</a></p>`;
}
const time = (page) => page.evaluate(() => document.querySelector("video").currentTime);
const ready = (page) => page.waitForFunction(() => document.querySelector("video").readyState >= 1 && document.querySelector("lesson-player[data-ready]"));

test("playing reports the stretch that was watched, and pausing reports at once", async () => {
  lesson();
  const page = await scene.open("/lesson");
  await ready(page);
  await page.getByRole("button", { name: "Play" }).first().click();
  await page.waitForFunction(() => document.querySelector("video").currentTime > 1);
  await page.keyboard.press("k");
  const [first] = await until(() => posted().length > 0 && posted());
  assert.deepEqual(Object.keys(first).sort(), ["duration_seconds", "event", "position_seconds", "ranges"]);
  assert.equal(first.ranges[0][0], 0);
  assert.ok(first.ranges[0][1] >= 1 && first.ranges[0][1] < 5);
  assert.ok(Math.abs(first.duration_seconds - 40) < 0.2);
  assert.match(first.event, /^[0-9a-f-]{36}$/);
  await until(async () => (await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes("outbox")).length)) === 0);
  await page.done();
});

test("a browser that keeps nothing still has its progress sent", async () => {
  lesson();
  const page = await scene.open("/lesson");
  await ready(page);
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new Error("full");
    };
  });
  const before = posted().length;
  await page.getByRole("button", { name: "Play" }).first().click();
  await page.waitForFunction(() => document.querySelector("video").currentTime > 1);
  await page.keyboard.press("k");
  await until(() => posted().length > before);
  await page.done();
});

test("it resumes to the second and offers to start over", async () => {
  lesson('data-resume="21.4"');
  const page = await scene.open("/lesson");
  await ready(page);
  await page.waitForFunction(() => Math.abs(document.querySelector("video").currentTime - 21.4) < 0.5);
  await page.getByText("Resumed at 0:21").waitFor();
  await page.getByRole("button", { name: "Start over" }).click();
  assert.equal(await time(page), 0);
  await page.done();
});

test("the time in the address wins over the resumed one", async () => {
  lesson('data-resume="21.4"');
  const page = await scene.open("/lesson?t=12");
  await ready(page);
  await page.waitForFunction(() => Math.abs(document.querySelector("video").currentTime - 12) < 0.5);
  await page.done();
});

test("keys work on the page, and not in fields, with modifiers or while composing", async () => {
  lesson();
  const page = await scene.open("/lesson");
  await ready(page);
  const press = async (key, expected) => {
    await page.keyboard.press(key);
    await page.waitForFunction((to) => Math.abs(document.querySelector("video").currentTime - to) < 0.6, expected);
  };
  await press("l", 10);
  await press("ArrowRight", 15);
  await press("j", 5);
  await press("5", 20);
  await press("]", 30);
  await press("[", 15);
  await page.keyboard.press(">");
  await page.keyboard.press(">");
  assert.equal(await page.evaluate(() => document.querySelector("video").playbackRate), 1.5);
  await page.keyboard.press("c");
  assert.equal(await page.evaluate(() => document.querySelector("video").textTracks[0].mode), "disabled");
  await page.keyboard.press("m");
  assert.equal(await page.evaluate(() => document.querySelector("video").muted), true);
  const before = await time(page);
  await page.keyboard.press("Control+l");
  await page.locator("#field").focus();
  await page.keyboard.press("l");
  await page.evaluate(() => document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "l", isComposing: true, bubbles: true })));
  assert.equal(await time(page), before);
  await page.evaluate(() => {
    localStorage.setItem("lectern.shortcuts", JSON.stringify("off"));
    document.activeElement.blur();
  });
  await page.keyboard.press("l");
  assert.equal(await time(page), before);
  await page.reload();
  await ready(page);
  assert.equal(await page.evaluate(() => document.querySelector("video").playbackRate), 1.5);
  await page.done();
});

test("what could not be sent is kept and sent later with its age", async () => {
  lesson();
  let up = false;
  scene.site.answers["POST /progress"] = () => (up ? { body: {} } : { status: 503 });
  const page = await scene.open("/lesson", { expected: [/503/] });
  await ready(page);
  await page.keyboard.press("k");
  await page.waitForFunction(() => document.querySelector("video").currentTime > 0.6);
  await page.keyboard.press("k");
  const [lost] = await until(() => posted().length > 0 && posted());
  await page.evaluate(() => {
    const key = Object.keys(localStorage).find((name) => name.includes("outbox"));
    const list = JSON.parse(localStorage.getItem(key));
    list[0].at -= 60_000;
    localStorage.setItem(key, JSON.stringify(list));
  });
  up = true;
  await page.reload();
  const again = await until(() => posted().find((body) => "age_seconds" in body));
  assert.equal(again.event, lost.event);
  assert.ok(again.age_seconds >= 60);
  await page.done();
});

test("leaving the page sends the rest", async () => {
  lesson();
  const page = await scene.open("/lesson");
  await ready(page);
  await page.keyboard.press("k");
  await page.waitForFunction(() => document.querySelector("video").currentTime > 0.8);
  scene.site.pages["/other"] = "<p>other</p>";
  await page.goto(`${scene.site.address}/other`);
  const [last] = await until(() => posted().length > 0 && posted());
  assert.ok(last.ranges[0][1] > 0.5);
  await page.done();
});

test("the server's word makes the lesson complete", async () => {
  lesson("", { completed: true });
  const page = await scene.open("/lesson");
  await ready(page);
  const heard = page.evaluate(() => new Promise((done) => document.addEventListener("lesson-complete", (event) => done(event.detail.lesson), { once: true })));
  await page.keyboard.press("k");
  await page.waitForFunction(() => document.querySelector("video").currentTime > 0.5);
  await page.keyboard.press("k");
  assert.equal(await heard, "7");
  assert.equal(await page.locator("lesson-player").getAttribute("data-completed"), "");
  await page.done();
});

test("every control has a name, and a link of the transcript jumps", async () => {
  lesson('data-ranges="[[0,10]]" data-next-url="/other" data-next-title="More"');
  const page = await scene.open("/lesson");
  await ready(page);
  assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll("lesson-player button, lesson-player input, lesson-player select")].filter((el) => !el.getAttribute("aria-label")).map((el) => el.outerHTML)), []);
  await page.getByText("0:30", { exact: true }).click();
  await page.waitForFunction(() => document.querySelector("video").currentTime >= 30);
  await page.evaluate(() => {
    document.querySelector("video").currentTime = 39.8;
  });
  await page.getByRole("link", { name: "More" }).waitFor();
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/player-end.png` });
  await page.done();
});

test("captions get their addresses anew together with the recording", async () => {
  lesson('data-source-url="/source"');
  scene.site.answers["GET /source"] = () => ({ body: { src: "/test-media/lesson.mp4?fresh", captions: { en: "/test-media/lesson.vtt?fresh" } } });
  const page = await scene.open("/lesson", { expected: [/./] });
  await ready(page);
  await page.evaluate(() => {
    document.querySelector("video").src = "/gone.mp4";
  });
  await page.waitForFunction(() => document.querySelector("video").currentSrc.endsWith("?fresh"));
  const tracks = await page.evaluate(() => Array.from(document.querySelectorAll("track"), (track) => track.getAttribute("src")));
  assert.deepEqual(tracks, ["/test-media/lesson.vtt?fresh", "/test-media/chapters.vtt"]);
  await page.done();
});
