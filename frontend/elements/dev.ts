/** `make dev`: the page loads itself again when the site was rebuilt or the server came back. */
export function reloadOnChange(): void {
  let known: string | undefined;
  let lost = false;
  setInterval(async () => {
    try {
      const build = await (await fetch("/build.txt", { cache: "no-store" })).text();
      if (known !== undefined && (build !== known || lost)) location.reload();
      known = build;
      lost = false;
    } catch {
      lost = true;
    }
  }, 800);
}
