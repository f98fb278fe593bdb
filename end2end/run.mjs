// Starts the program with demo content in a folder of its own, runs the journeys against it, stops it again.
// LECTERN_E2E_URL points the journeys at a program that is running already.
import { spawn } from "node:child_process";
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const target = process.env.CARGO_TARGET_DIR ?? join(here, "..", "target");
const program = join(target, process.env.LECTERN_E2E_PROFILE ?? "debug", "lectern");

/** A port nobody listens on now. */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Waits until the program says that it can serve. */
async function ready(url, child) {
  for (let tries = 0; tries < 1200; tries++) {
    if (child.exitCode !== null) throw new Error(`the program ended with ${child.exitCode}; see server.log`);
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the program did not get ready");
}

async function withProgram(work) {
  const data = mkdtempSync(join(tmpdir(), "lectern-e2e-"));
  const [port, gateway] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const log = createWriteStream(join(here, "server.log"));
  const child = spawn(program, ["serve", "--demo"], {
    cwd: data,
    env: {
      ...process.env,
      LECTERN_ENV: "test",
      LECTERN_LISTEN: `127.0.0.1:${port}`,
      LECTERN_PUBLIC_URL: url,
      LECTERN_DATA_DIR: data,
      LECTERN_GATEWAY_LISTEN: `127.0.0.1:${gateway}`,
      LECTERN_LIMITS: "off",
      RUST_BACKTRACE: "0",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  try {
    await ready(url, child);
    return await work(url, data);
  } finally {
    child.kill("SIGTERM");
    await new Promise((resolve) => (child.exitCode === null ? child.once("exit", resolve) : resolve()));
    rmSync(data, { recursive: true, force: true });
  }
}

function playwright(url, data) {
  const child = spawn(join(here, "node_modules", ".bin", "playwright"), ["test", ...process.argv.slice(2)], {
    cwd: here,
    env: { ...process.env, LECTERN_E2E_URL: url, LECTERN_E2E_DATA: data, LECTERN_E2E_PROGRAM: program },
    stdio: "inherit",
  });
  return new Promise((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
}

const running = process.env.LECTERN_E2E_URL;
process.exitCode = running ? await playwright(running, "") : await withProgram(playwright);
