// Progress that waits to be sent. Every event is written down before it is sent, so a crash or a dead network loses nothing;
// the server takes an event twice without harm, so sending again is always right.
import { uuid } from "./clock.ts";
import { type Range, union } from "./intervals.ts";
import { forget, keep, ownKey, recall } from "./person.ts";

/** What the server receives; see README. */
export type Progress = { position_seconds: number; ranges: Range[]; duration_seconds: number; event: string };
export type Waiting = { url: string; at: number; body: Progress };
/** What becomes of an event after an answer. */
export type Fate = "done" | "drop" | "keep";

const LIMIT = 200;
const box = (): string => ownKey("outbox", "progress");

/** What the browser would not write down (full, or blocked) waits as long as the page does; `sent` is what must not go again. */
type Memory = { unkept: Waiting[]; sent: Set<string> };
const MEMORY = Symbol.for("lectern.outbox");

/** One for all scripts of the page: the player records, another sends. */
function memory(): Memory {
  const page = globalThis as unknown as Record<symbol, Memory | undefined>;
  return (page[MEMORY] ??= { unkept: [], sent: new Set() });
}

export function waiting(): Waiting[] {
  const { unkept, sent } = memory();
  const kept = recall<Waiting[]>(box()) ?? [];
  const known = new Set(kept.map((item) => item.body.event));
  return [...kept, ...unkept.filter((item) => !known.has(item.body.event))].filter((item) => !sent.has(item.body.event));
}

function write(list: Waiting[]): void {
  if (list.length === 0) forget(box());
  // what cannot replace the stored list waits here beside it; the server takes an event twice without harm
  memory().unkept = list.length === 0 || keep(box(), list) ? [] : list;
  document.dispatchEvent(new CustomEvent("outbox-changed", { detail: { count: list.length } }));
}

/** Folds events of the same lesson into one once there are many: ranges unite, the latest position stays. */
export function compact(list: Waiting[], limit = LIMIT): Waiting[] {
  if (list.length <= limit) return list;
  const byLesson = new Map<string, Waiting>();
  for (const next of list) {
    const old = byLesson.get(next.url);
    const ranges = union(old?.body.ranges ?? [], next.body.ranges);
    byLesson.set(next.url, { ...next, body: { ...next.body, ranges, event: old ? uuid() : next.body.event } });
  }
  return [...byLesson.values()];
}

/** A refusal will not become right by repeating it; a missing session or a tired server may. */
export function fate(status: number): Fate {
  if (status >= 200 && status < 300) return "done";
  return status >= 500 || status === 401 || status === 408 || status === 429 ? "keep" : "drop";
}

/** The body of an event as it goes out: one that is older than a few seconds says how old it is. */
export function outgoing(item: Waiting, now: number): Progress & { age_seconds?: number } {
  const age = Math.round((now - item.at) / 1000);
  return age > 5 ? { ...item.body, age_seconds: age } : item.body;
}

let sending: Promise<void> | undefined;

/** Writes an event down; with the page going away that is all there is time for, the beacon takes it from there. */
export function record(url: string, body: Progress): void {
  write(compact([...waiting(), { url, at: Date.now(), body }]));
}

/** Writes an event down and has it sent, by whichever script of the page does the sending. */
export function post(url: string, body: Progress): void {
  record(url, body);
  document.dispatchEvent(new Event("outbox-post"));
}

/** Sends what waits, one after another; stops at the first that cannot be sent now. */
export function drain(): Promise<void> {
  sending ??= sendAll().finally(() => {
    sending = undefined;
  });
  return sending;
}

async function sendAll(): Promise<void> {
  for (let item = waiting()[0]; item; item = waiting()[0]) {
    const { event } = item.body;
    let answer: Response;
    try {
      answer = await fetch(item.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json" },
        body: JSON.stringify(outgoing(item, Date.now())),
        credentials: "same-origin",
        keepalive: true,
      });
    } catch {
      return;
    }
    const what = fate(answer.status);
    if (what === "keep") return;
    memory().sent.add(event);
    write(waiting());
    if (what === "done") {
      const detail = { url: item.url, answer: (await answer.json().catch(() => ({}))) as { completed?: boolean } };
      document.dispatchEvent(new CustomEvent("progress-answer", { detail }));
    }
  }
}

/** The page goes away: a beacon carries what is left; it stays written down until a later page hears an answer. */
function depart(): void {
  for (const item of waiting().slice(-20)) {
    navigator.sendBeacon(item.url, new Blob([JSON.stringify(outgoing(item, Date.now()))], { type: "application/json" }));
  }
}

/** Sends again whenever there is reason to hope. */
export function keepSending(): void {
  document.addEventListener("outbox-post", () => void drain());
  addEventListener("online", () => void drain());
  addEventListener("pageshow", () => void drain());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void drain();
  });
  addEventListener("pagehide", depart);
  setInterval(() => {
    if (navigator.onLine && waiting().length > 0) void drain();
  }, 30_000);
  if (waiting().length > 0) void drain();
}
