// What only some pages need comes as a module of its own, asked for where its element stands. The addresses are the build's.
declare const PLAYER_SCRIPT: string;
declare const STUDIO_SCRIPT: string;
declare const EDITOR_SCRIPT: string;
declare const EDITOR_STYLE: string;

export function loadWhatThePageNeeds(): void {
  bring("lesson-player", PLAYER_SCRIPT);
  bring("sortable-list, media-uploader, autosave-form", STUDIO_SCRIPT);
  if (bring("lesson-editor", EDITOR_SCRIPT) && EDITOR_STYLE) {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = EDITOR_STYLE;
    document.head.append(sheet);
  }
}

/** Without its module an element stays the plain HTML that it is, which works. */
function bring(where: string, address: string): boolean {
  if (!address || !document.querySelector(where)) return false;
  import(address).catch((error: unknown) => console.warn(`${address} could not be loaded.`, error));
  return true;
}
