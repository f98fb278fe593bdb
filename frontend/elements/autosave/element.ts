import { wordsOf, type Words } from "../labels.ts";
import { button, make } from "../make.ts";
import { conflictNotice } from "./conflict.ts";
import { type Draft, dropDraft, equal, type Fields, fieldsOf, fillForm, findDraft, isBox, keepDraft, theirsOf, versionOf } from "./draft.ts";

/** Bytes that a browser still sends for a page that is gone (64 KiB, all together). */
const OUTLIVES = 60_000;
const IDLE = 700;
const LONGEST = 5000;
const AGAIN = [2000, 5000, 10_000, 30_000];

type Answer = { version?: string | number; saved_at?: string; errors?: Record<string, string>; fields?: Record<string, string> };

/** A form that saves itself and loses nothing: every input is written down here before it is sent. */
export class AutosaveForm extends HTMLElement {
  #words: Words = (key) => key;
  #ending: AbortController | undefined;
  #status: HTMLElement | undefined;
  #saved: Fields = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #since = 0;
  #sending = false;
  #failures = 0;
  #halted = false;

  connectedCallback(): void {
    const form = this.#form;
    if (!form || this.#ending) return;
    this.#ending = new AbortController();
    const { signal } = this.#ending;
    this.#words = wordsOf(this);
    this.#status = this.querySelector<HTMLElement>("[data-autosave-status]") ?? undefined;
    if (!this.#status) {
      this.#status = make("output", { "data-autosave-status": true });
      this.append(this.#status);
    }
    this.#status.classList.add("save-state");
    this.#saved = fieldsOf(form);
    for (const type of ["input", "change"]) form.addEventListener(type, () => this.#changed(), { signal });
    form.addEventListener("submit", (event) => !event.defaultPrevented && this.#submitted(), { signal });
    addEventListener("online", () => this.#soon(0), { signal });
    addEventListener("pagehide", () => this.#depart(), { signal });
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.#soon(0), { signal });
    this.#restore(form);
    this.toggleAttribute("data-ready", true);
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer);
    this.#ending?.abort();
    this.#ending = undefined;
  }

  get #form(): HTMLFormElement | null {
    return this.querySelector("form") ?? this.closest("form");
  }

  get #key(): string {
    return this.dataset.key ?? this.dataset.saveUrl ?? location.pathname;
  }

  /** True while something is not at the server yet. */
  get dirty(): boolean {
    const form = this.#form;
    return form !== null && !equal(fieldsOf(form), this.#saved);
  }

  #changed(): void {
    const form = this.#form;
    if (!form) return;
    if (!this.dirty && !this.#sending) return;
    this.#note(form);
    this.#since ||= Date.now();
    this.#soon(Math.max(0, Math.min(IDLE, this.#since + LONGEST - Date.now())));
  }

  #note(form: HTMLFormElement): void {
    keepDraft(this.#key, { fields: fieldsOf(form), version: versionOf(form), at: Date.now() });
  }

  #soon(pause: number): void {
    clearTimeout(this.#timer);
    if (this.dirty && !this.#halted) this.#timer = setTimeout(() => void this.#save(), pause);
  }

  async #save(): Promise<void> {
    const [form, address] = [this.#form, this.dataset.saveUrl];
    if (!form || !address || this.#sending || this.#halted) return;
    this.#sending = true;
    this.#since = 0;
    const sent = fieldsOf(form);
    const body = this.#body(sent, versionOf(form));
    this.#say("saving");
    try {
      const answer = await this.#post(address, body, body.length <= OUTLIVES);
      const said = (await answer.json().catch(() => ({}))) as Answer;
      this.#sending = false;
      this.#hear(form, sent, answer, said);
    } catch {
      // Browsers give up what is under way just before they tell a page that it goes; only one that stays tries again.
      this.#timer = setTimeout(() => {
        this.#sending = false;
        this.#later("kept");
      });
    }
  }

  /** With `keepalive` a browser goes on sending for a page that is gone. */
  #post(address: string, body: string, keepalive: boolean): Promise<Response> {
    const headers = { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8" };
    return fetch(address, { method: "POST", keepalive, headers, body, credentials: "same-origin" });
  }

  #body(fields: Fields, version: string): string {
    const body = new URLSearchParams(fields);
    if (version) body.set("version", version);
    return body.toString();
  }

  #hear(form: HTMLFormElement, sent: Fields, answer: Response, said: Answer): void {
    if (answer.ok && !answer.redirected) {
      this.#failures = 0;
      this.#saved = sent;
      this.#setVersion(form, said.version);
      this.#showErrors(form, {});
      if (this.dirty) this.#note(form);
      else dropDraft(this.#key);
      this.#say("saved", { time: timeOf(said.saved_at) }, "is-saved");
      this.dispatchEvent(new CustomEvent("autosaved", { bubbles: true, detail: { version: said.version } }));
      this.#soon(IDLE);
    } else if (answer.status === 409 && said.fields) {
      this.#conflict(form, sent, said);
    } else if (answer.status === 422) {
      // Not sent again until something changes: the same text would be refused the same way.
      this.#saved = sent;
      this.#showErrors(form, said.errors ?? {});
      this.#say("invalid", {}, "is-failed");
      this.#soon(IDLE);
    } else if (answer.status === 413) {
      this.#saved = sent;
      this.#say("too_long", {}, "is-failed");
      this.#soon(IDLE);
    } else if (answer.status === 401 || answer.status === 403 || answer.redirected) {
      this.#say("signed_out", {}, "is-failed");
      this.#later();
    } else {
      // Nothing of this was kept there; what was taken back meanwhile needs no copy any more.
      if (!this.dirty) dropDraft(this.#key);
      this.#later("retrying");
    }
  }

  #later(key?: string): void {
    if (key) this.#say(navigator.onLine && key === "kept" ? "retrying" : key, {}, "is-failed");
    this.#soon(AGAIN[Math.min(this.#failures++, AGAIN.length - 1)] ?? 30_000);
  }

  #conflict(form: HTMLFormElement, mine: Fields, said: Answer): void {
    const theirs = theirsOf(form, mine, said.fields ?? {});
    if (equal(mine, theirs)) {
      // Our own save arrived although its answer did not.
      this.#saved = mine;
      this.#setVersion(form, said.version);
      if (!this.dirty) dropDraft(this.#key);
      this.#say("saved", { time: timeOf(undefined) }, "is-saved");
      return this.#soon(IDLE);
    }
    this.#halted = true;
    this.#note(form);
    const label = (name: string): string => (form.elements.namedItem(name) as HTMLInputElement | null)?.labels?.[0]?.textContent?.trim() ?? name;
    const shown = (name: string, value: string | undefined): string => (isBox(form, name) ? (value ? "✓" : "–") : (value ?? ""));
    const notice = conflictNotice(this.#words, mine, theirs, { label, shown }, (side) => {
      notice.remove();
      this.#halted = false;
      this.#setVersion(form, said.version);
      if (side === "mine") {
        this.#saved = theirs;
        this.#soon(0);
        return;
      }
      const before = fieldsOf(form);
      fillForm(form, theirs);
      this.#saved = fieldsOf(form);
      dropDraft(this.#key);
      this.#offer("replaced", "bring_back", {}, () => {
        fillForm(form, before);
        this.#changed();
      });
    });
    this.prepend(notice);
    this.#say("conflicted", {}, "is-failed");
    this.dispatchEvent(new CustomEvent("autosave-conflict", { bubbles: true }));
  }

  /** After a crash or a reload: what was typed comes back, and can be given up. */
  #restore(form: HTMLFormElement): void {
    const draft: Draft | undefined = findDraft(this.#key);
    if (!draft) return;
    const before = fieldsOf(form);
    if (equal(draft.fields, before)) return dropDraft(this.#key);
    fillForm(form, draft.fields);
    // The base of the copy goes along, so that the server can tell whether somebody saved in between.
    if (draft.version) this.#setVersion(form, draft.version);
    const current = versionOf(form);
    this.#offer("restored", "discard", { time: timeOf(new Date(draft.at).toISOString()) }, () => {
      this.#setVersion(form, current);
      fillForm(form, before);
      dropDraft(this.#key);
      this.#changed();
    });
    this.#soon(IDLE);
  }

  #offer(text: string, action: string, values: Record<string, string>, run: () => void): void {
    const press = button("btn btn-quiet btn-small", this.#words(action));
    const notice = make("div", { class: "notice autosave-notice", role: "status" }, make("p", { class: "notice-body" }, this.#words(text, values)), press);
    press.addEventListener("click", () => {
      notice.remove();
      run();
    });
    this.querySelector(":scope > .autosave-notice")?.remove();
    this.prepend(notice);
  }

  #setVersion(form: HTMLFormElement, version: string | number | undefined): void {
    const field = form.elements.namedItem("version");
    if (version !== undefined && field instanceof HTMLInputElement) field.value = String(version);
  }

  #showErrors(form: HTMLFormElement, errors: Record<string, string>): void {
    for (const place of form.querySelectorAll<HTMLElement>("[data-error-for]")) {
      const message = errors[place.dataset.errorFor ?? ""];
      place.textContent = message ?? "";
      place.hidden = !message;
    }
    for (const control of form.querySelectorAll<HTMLElement>("[name]")) {
      const wrong = (control.getAttribute("name") ?? "") in errors;
      if (wrong) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    }
  }

  #submitted(): void {
    clearTimeout(this.#timer);
    // The copy stays until a page comes that was rendered with this text: a refused or lost submit must not cost it.
    this.#halted = true;
    addEventListener("pageshow", () => (this.#halted = false), { once: true });
  }

  /** The page goes away with unsent text: one last try; the copy stays until a later page sees it arrived. */
  #depart(): void {
    const [form, address] = [this.#form, this.dataset.saveUrl];
    if (!form || !address || !this.dirty || this.#halted) return;
    this.#note(form);
    // A save under way takes this version: a second of the same would be refused, and a conflict offered with one's own text.
    if (this.#sending) return;
    const body = this.#body(fieldsOf(form), versionOf(form));
    if (body.length <= OUTLIVES) void this.#post(address, body, true).catch(() => undefined);
  }

  #say(key: string, values: Record<string, string> = {}, look = ""): void {
    if (!this.#status) return;
    this.#status.className = `save-state ${look}`.trim();
    this.#status.textContent = this.#words(key, values);
  }
}

/** Hours and minutes at the reader's place. */
function timeOf(moment: string | undefined): string {
  const date = moment ? new Date(moment) : new Date();
  return new Intl.DateTimeFormat(document.documentElement.lang || undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(Number.isNaN(date.getTime()) ? new Date() : date);
}
