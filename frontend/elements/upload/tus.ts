// tus 1.0: creation, core, termination. Small on purpose; the server's side is described in README.
import { forget, keep, ownKey, ownKeys, recall } from "../person.ts";

const CHUNK = 4 * 1024 * 1024;
const VERSION = "1.0.0";
const DAY = 24 * 60 * 60 * 1000;
const PAUSES = [500, 1000, 2000, 4000, 8000, 15_000, 30_000];

export type Media = { id: string; url: string | undefined };
export type State = "starting" | "resuming" | "sending" | "retrying" | "finishing" | "checking";
type Kept = { address: string; name: string; size: number; at: number };
type Answer = { status: number; header: (name: string) => string | null; text: string };

/** The server refused, for a reason that will not go away. `message` is for the person, where the server gave one. */
export class Refused extends Error {}

/** All of it was there, was looked into, and was thrown away while nobody asked. */
export class ThrownAway extends Refused {}

/** The same file chosen again has the same mark. */
export const mark = (file: File, purpose: string): string => [purpose, file.name, file.size, file.lastModified].join("|");

/** What tus wants as metadata: names with base64 of UTF-8. */
export function metadata(values: Record<string, string>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${btoa(Array.from(new TextEncoder().encode(value), (byte) => String.fromCharCode(byte)).join(""))}`)
    .join(",");
}

/** Uploads of one purpose begun on this device within a day and not finished. */
export function unfinished(purpose: string): Kept[] {
  const list: Kept[] = [];
  for (const key of ownKeys("upload")) {
    if (!key.startsWith(ownKey("upload", `${purpose}|`))) continue;
    const kept = recall<Kept>(key);
    if (kept && Date.now() - kept.at < DAY) list.push(kept);
    else forget(key);
  }
  return list;
}

export class TusUpload {
  readonly #key: string;
  #address: string | undefined;
  #offset = 0;
  #media: Media | undefined;
  /** All of it is there, and waits to be looked into for viruses. */
  #checking = false;
  #stop = new AbortController();

  constructor(
    readonly file: File,
    readonly endpoint: string,
    readonly purpose: string,
    /** Told about every step: bytes the server has or is receiving. */
    readonly watch: (state: State, bytes: number) => void,
  ) {
    this.#key = ownKey("upload", mark(file, purpose));
    this.#address = recall<Kept>(this.#key)?.address;
  }

  /** Sends what is missing. Rejects with `Refused`, or with an `AbortError` after `pause`; call again to go on. */
  async run(): Promise<Media> {
    this.#stop = new AbortController();
    let tries = 0;
    for (;;) {
      try {
        await this.#locate();
        while (this.#offset < this.file.size) {
          await this.#patch();
          tries = 0;
        }
        return await this.#finish();
      } catch (error) {
        if (error instanceof Refused || this.#stop.signal.aborted) throw error;
        this.watch(this.#checking ? "checking" : "retrying", this.#offset);
        await this.#rest(PAUSES[Math.min(tries++, PAUSES.length - 1)] ?? 30_000);
      }
    }
  }

  pause(): void {
    this.#stop.abort(new DOMException("paused", "AbortError"));
  }

  /** Stops, and has the server forget what it received. */
  async cancel(): Promise<void> {
    this.pause();
    forget(this.#key);
    if (!this.#address) return;
    const address = this.#address;
    this.#address = undefined;
    // The server may still be writing what it has read of the piece that was broken off (423).
    for (const pause of [0, ...PAUSES.slice(0, 4)]) {
      await new Promise((done) => setTimeout(done, pause));
      const answer = await fetch(address, { method: "DELETE", headers: { "Tus-Resumable": VERSION } }).catch(() => undefined);
      if (answer?.status !== 423) return;
    }
  }

  /** Finds out how far the server is; begins anew where it does not know the upload (any more). */
  async #locate(): Promise<void> {
    if (this.#address) {
      if (!this.#checking) this.watch("resuming", this.#offset);
      if (await this.#look(this.#address)) return;
    }
    this.watch("starting", 0);
    const { name, type, size } = this.file;
    const answer = await this.#ask("POST", this.endpoint, {
      "Upload-Length": String(size),
      "Upload-Metadata": metadata({ filename: name, filetype: type, purpose: this.purpose }),
    });
    const place = answer.header("Location");
    if (answer.status !== 201 || !place) this.#refuse(answer);
    this.#address = new URL(place ?? "", location.href).href;
    this.#offset = 0;
    keep(this.#key, { address: this.#address, name, size, at: Date.now() } satisfies Kept);
  }

  /** Hears what the server knows of the upload; whether it knows it (any more). */
  async #look(address: string): Promise<boolean> {
    const answer = await this.#ask("HEAD", address);
    const { status } = answer;
    if (status === 200 || status === 204) {
      this.#offset = Number(answer.header("Upload-Offset") ?? 0);
      this.#hear(answer);
      return true;
    }
    if (this.#checking && [404, 410, 413, 415, 422].includes(status)) {
      // the same bytes once more would come to the same end
      this.#checking = false;
      this.#address = undefined;
      forget(this.#key);
      throw new ThrownAway("");
    }
    if (status !== 404 && status !== 410) this.#refuse(answer);
    this.#address = undefined;
    return false;
  }

  async #patch(): Promise<void> {
    const from = this.#offset;
    const part = this.file.slice(from, from + CHUNK);
    const headers = { "Upload-Offset": String(from), "Content-Type": "application/offset+octet-stream" };
    const answer = await this.#ask("PATCH", this.#address ?? "", headers, part, (sent) => this.watch("sending", from + sent));
    if (answer.status === 409 || answer.status === 404 || answer.status === 410) {
      await this.#locate();
      if (answer.status === 409 && this.#offset === from) throw new Error("the server refuses its own offset");
      return;
    }
    if (answer.status !== 204 && answer.status !== 200) this.#refuse(answer);
    const offset = Number(answer.header("Upload-Offset"));
    if (!(offset > from)) throw new Error("no progress");
    this.#offset = offset;
    this.#hear(answer);
    this.watch("sending", offset);
  }

  async #finish(): Promise<Media> {
    if (!this.#checking) this.watch("finishing", this.file.size);
    if (!this.#media) await this.#look(this.#address ?? "");
    if (!this.#media) throw new Error("the server has not named the media yet");
    forget(this.#key);
    return this.#media;
  }

  #hear(answer: Answer): void {
    this.#checking = answer.header("Lectern-Checking") !== null;
    const id = answer.header("Lectern-Media");
    if (id) this.#media = { id, url: answer.header("Lectern-Media-Url") ?? undefined };
  }

  /** Throws: `Refused` for good, or a plain error for what may work later. */
  #refuse({ status, text }: Answer): never {
    if (status === 0 || status >= 500 || status === 423 || status === 429 || status === 408) throw new Error(`answer ${status}`);
    let message = "";
    try {
      message = String((JSON.parse(text) as { message?: unknown }).message ?? "");
    } catch {
      // no words for the person
    }
    // Who has to sign in again finds what is there already; its address stays.
    if (status !== 401 && status !== 403) forget(this.#key);
    throw new Refused(message);
  }

  /** XMLHttpRequest, because fetch does not tell how much of a body has gone out. */
  #ask(method: string, address: string, headers: Record<string, string> = {}, body?: Blob, sent?: (bytes: number) => void): Promise<Answer> {
    const { signal } = this.#stop;
    return new Promise((done, fail) => {
      if (signal.aborted) return fail(signal.reason);
      const request = new XMLHttpRequest();
      request.open(method, address);
      for (const [name, value] of Object.entries({ "Tus-Resumable": VERSION, Accept: "application/json", ...headers })) request.setRequestHeader(name, value);
      const stop = (): void => {
        request.abort();
        fail(signal.reason);
      };
      signal.addEventListener("abort", stop, { once: true });
      if (sent) request.upload.onprogress = ({ loaded }) => sent(loaded);
      request.onloadend = () => {
        signal.removeEventListener("abort", stop);
        done({ status: request.status, header: (name) => request.getResponseHeader(name), text: request.responseText });
      };
      request.send(body ?? null);
    });
  }

  /** Waits a while, or until the network is back, whichever the case calls for. */
  #rest(pause: number): Promise<void> {
    const { signal } = this.#stop;
    return new Promise((done, fail) => {
      const over = new AbortController();
      const go = (): void => {
        clearTimeout(timer);
        over.abort();
        done();
      };
      const timer = setTimeout(go, navigator.onLine ? pause : 60_000);
      addEventListener("online", go, { signal: over.signal });
      signal.addEventListener(
        "abort",
        () => {
          clearTimeout(timer);
          over.abort();
          fail(signal.reason);
        },
        { signal: over.signal },
      );
    });
  }
}
