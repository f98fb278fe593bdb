// A small stand-in for the server: the built site under the real policy, pages given by a test, and the endpoints the elements speak to.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { allWords } from "./words.mjs";

const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";
const TYPES = { ".js": "text/javascript", ".css": "text/css", ".mp4": "video/mp4", ".vtt": "text/vtt", ".svg": "image/svg+xml", ".png": "image/png", ".wasm": "application/wasm", ".webmanifest": "application/manifest+json" };
const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);

/** Starts it on a free port. `pages` and `answers` may be changed by the test while it runs; `seen` lists the requests. */
export async function startSite(folder) {
  const assets = JSON.parse(await readFile(path.join(folder, "assets.json"), "utf8"));
  const labels = allWords();
  const site = {
    folder,
    assets,
    /** path → HTML of the body */
    pages: {},
    /** "METHOD path" → ({body, headers, url}) → {status, headers, body} */
    answers: {},
    seen: [],
    words: (element, language = "en") =>
      JSON.stringify(Object.fromEntries(Object.entries(labels[element]).map(([key, text]) => [key, text[language]]))).replaceAll("&", "&amp;").replaceAll('"', "&quot;"),
  };
  const shell = (body, person = "p1") => `<!doctype html><html lang="en" data-theme="auto"><head><meta charset="utf-8"><title>Test</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="${assets["app.css"]}"><link rel="icon" href="/favicon.svg">
<script type="module" src="${assets["elements.js"]}"></script></head>
<body${person && ` data-person="${person}"`}><main class="page"><h1>Test</h1>${body}</main></body></html>`;
  const server = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts);
    const url = new URL(request.url, "http://localhost");
    const { method, headers } = request;
    site.seen.push({ method, path: url.pathname, headers, body: body.length < 100_000 ? body.toString() : "" });
    const reply = (status, extra, content) => {
      response.writeHead(status, { "Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff", ...extra });
      response.end(method === "HEAD" ? undefined : content);
    };
    try {
      const answer = site.answers[`${method} ${url.pathname}`] ?? site.answers[`${method} ${url.pathname.replace(/[^/]+$/, "*")}`];
      if (answer) {
        const { status = 200, headers: extra = {}, body: content = "" } = (await answer({ body, headers, url, request })) ?? {};
        if (status === 0) return request.socket.destroy();
        return reply(status, { "Content-Type": typeof content === "string" ? "text/html; charset=utf-8" : "application/json", ...extra }, typeof content === "string" ? content : JSON.stringify(content));
      }
      const page = site.pages[url.pathname];
      if (page !== undefined) {
        const { html, headers: extra, person } = typeof page === "string" ? { html: page, headers: {} } : page;
        return reply(200, { "Content-Type": "text/html; charset=utf-8", ...extra }, shell(html, person));
      }
      const root = url.pathname.startsWith("/test-media/") ? path.join(here, "media") : folder;
      const file = path.join(root, url.pathname.replace("/test-media/", "/"));
      const bytes = await readFile(file);
      const type = TYPES[path.extname(file)] ?? "application/octet-stream";
      const range = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? "");
      const kept = url.pathname.startsWith("/pkg/") ? { "Cache-Control": "public, max-age=31536000, immutable" } : {};
      if (!range) return reply(200, { "Content-Type": type, ...kept, "Accept-Ranges": "bytes", "Content-Length": bytes.length }, bytes);
      const [from, to] = [Number(range[1]), range[2] ? Number(range[2]) : bytes.length - 1];
      reply(206, { "Content-Type": type, "Content-Range": `bytes ${from}-${to}/${bytes.length}`, "Accept-Ranges": "bytes" }, bytes.subarray(from, to + 1));
    } catch {
      reply(404, { "Content-Type": "text/plain" }, "not found");
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  site.address = `http://localhost:${server.address().port}`;
  /** The network is gone: every connection is refused until `resume`. */
  const { port } = server.address();
  site.pause = () => new Promise((done) => {
    server.close(done);
    server.closeAllConnections();
  });
  site.resume = () => new Promise((done) => server.listen(port, "127.0.0.1", done));
  site.stop = () => new Promise((done) => {
    server.closeAllConnections();
    server.close(done);
  });
  return site;
}
