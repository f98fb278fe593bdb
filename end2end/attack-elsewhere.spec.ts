// A page of another origin changes nothing, whatever it makes the browser send. Cookies go along: the ports of a host share them.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, register, test } from "./school";

test("sec_c1 forms, requests, pictures and frames of another origin change nothing", async ({ page, baseURL }) => {
  await register(page);
  const home = new URL(baseURL ?? page.url());
  const form = `<form method="post" action="${home.origin}/en/settings/profile"><input name="form" value="profile"><input name="name" value="Somebody else"></form>`;
  const elsewhere = createServer((request, response) => {
    response.setHeader("content-type", "text/html");
    response.end(request.url === "/form" ? `${form}<script>document.forms[0].submit()</script>` : "<title>elsewhere</title>");
  });
  await new Promise<void>((open) => elsewhere.listen(0, home.hostname, open));
  try {
    const address = `http://${home.host.replace(/:\d+$/, "")}:${(elsewhere.address() as AddressInfo).port}`;
    const other = await page.context().newPage();
    const taken: string[] = [];
    other.on("response", (response) => {
      const sent = response.request().method() === "POST";
      if (sent && response.status() !== 403) taken.push(`${response.status()} ${response.url()}`);
    });
    const posted = other.waitForResponse((response) => response.request().method() === "POST");
    await other.goto(`${address}/form`, { waitUntil: "commit" });
    expect((await posted).status()).toBe(403);
    // the page that says so has come before the next is asked for
    await other.waitForURL((url) => url.origin === home.origin);

    await other.goto(`${address}/`);
    await other.evaluate(async (origin) => {
      const send = (path: string, body: string, type: string) =>
        fetch(origin + path, { method: "POST", mode: "no-cors", credentials: "include", headers: { "content-type": type }, body }).catch(() => undefined);
      const fields = "form=profile&name=Somebody+else";
      await send("/en/settings/profile", fields, "application/x-www-form-urlencoded");
      await send("/en/logout", "form=logout", "application/x-www-form-urlencoded");
      await send("/fn/keep_profile", JSON.stringify({ form: { name: "Somebody else" } }), "text/plain");
      const loaded = (element: HTMLImageElement | HTMLIFrameElement, source: string) =>
        new Promise<void>((done) => {
          element.onload = element.onerror = () => done();
          setTimeout(done, 5_000);
          element.src = source;
          document.body.append(element);
        });
      await loaded(document.createElement("img"), `${origin}/en/logout?form=logout`);
      await loaded(document.createElement("iframe"), `${origin}/en/settings/profile`);
    }, home.origin);
    expect(other.frames().map((frame) => frame.url()).filter((url) => url.startsWith(home.origin)), "framed").toEqual([]);
    expect(taken).toEqual([]);
    await other.close();
  } finally {
    elsewhere.close();
  }
  await page.goto("/en/settings/profile");
  await expect(page.locator("main input[name=name]")).toHaveValue("Newcomer");
});
