// What only some pages need comes as a module of its own, asked for where its element stands. The addresses are the build's.
declare const COPY_SCRIPT: string;
declare const ISLANDS_STARTER: string;
declare const KEPT_SCRIPT: string;
declare const PASSKEY_SCRIPT: string;
declare const PLAYER_SCRIPT: string;
declare const PLAYER_STYLE: string;
declare const READING_SCRIPT: string;
declare const SHEET_SCRIPT: string;
declare const STUDIO_SCRIPT: string;
declare const SUGGEST_SCRIPT: string;
declare const TIMES_SCRIPT: string;
declare const EDITOR_SCRIPT: string;
declare const EDITOR_STYLE: string;

export function loadWhatThePageNeeds(): void {
  bring("leptos-island", ISLANDS_STARTER);
  bring("time[data-local], input[data-zone]", TIMES_SCRIPT);
  bring("copy-button", COPY_SCRIPT);
  bring("kept-pages", KEPT_SCRIPT);
  bring("passkey-gate, passkey-maker", PASSKEY_SCRIPT);
  bring("lesson-player", PLAYER_SCRIPT, PLAYER_STYLE);
  bring("reading-mark", READING_SCRIPT);
  bring("wechat-sheet", SHEET_SCRIPT);
  bring("sortable-list, media-uploader, autosave-form", STUDIO_SCRIPT);
  bring("lesson-editor", EDITOR_SCRIPT, EDITOR_STYLE);
  whenTouched("form[data-suggest]", () => bring("form[data-suggest]", SUGGEST_SCRIPT));
}

/** At the first sign that somebody will use it. */
function whenTouched(where: string, begin: () => void): void {
  const signs = ["focusin", "pointerover"];
  const look = ({ target }: Event): void => {
    if (!(target instanceof Element && target.closest(where))) return;
    for (const sign of signs) document.removeEventListener(sign, look);
    begin();
  };
  for (const sign of signs) document.addEventListener(sign, look);
  if (document.activeElement?.closest(where)) begin();
}

/** Without its module an element stays the plain HTML that it is, which works. What the module draws is never seen without its sheet. */
function bring(where: string, script: string, style = ""): void {
  if (!script || !document.querySelector(where)) return;
  const failed = (error: unknown): void => console.warn(`${script} could not be loaded.`, error);
  void sheet(style).then(() => import(script)).catch(failed);
}

/** Ends when the sheet is there, or cannot be had. */
function sheet(address: string): Promise<void> {
  if (!address) return Promise.resolve();
  return new Promise((done) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = address;
    link.onload = link.onerror = () => done();
    document.head.append(link);
  });
}
