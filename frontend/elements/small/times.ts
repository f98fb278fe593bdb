const RELATIVE: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/** A moment in the page's language and the reader's time zone. */
export function written(moment: Date, how: string, language: string | undefined, now = Date.now()): string {
  if (how === "relative") {
    const seconds = (moment.getTime() - now) / 1000;
    const [unit, size] = RELATIVE.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
    return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(Math.round(seconds / size), unit);
  }
  const date: Intl.DateTimeFormatOptions = { year: "numeric", month: "long", day: "numeric" };
  const time: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const parts = how === "date" ? date : how === "time" ? time : { ...date, ...time };
  return new Intl.DateTimeFormat(language, parts).format(moment);
}

/** Rewrites every `<time data-local>` of the page; relative ones are kept up to date. */
export function localTimes(): void {
  const write = (only = ""): void => {
    for (const element of document.querySelectorAll<HTMLTimeElement>(`time[data-local${only}]`)) {
      const moment = new Date(element.dateTime);
      if (Number.isNaN(moment.getTime())) continue;
      const how = element.dataset.local ?? "";
      const language = (element.closest("[lang]") as HTMLElement | null)?.lang || undefined;
      const text = written(moment, how, language);
      if (element.textContent !== text) element.textContent = text;
      if (how === "relative") element.title = written(moment, "datetime", language);
    }
  };
  write();
  setInterval(() => write('="relative"'), 60_000);
}

/** Writes the reader's time zone into every `<input data-zone>` of the page; without script the server takes its own. */
export function tellZone(): void {
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
  for (const field of document.querySelectorAll<HTMLInputElement>("input[data-zone]")) field.value = zone;
}
