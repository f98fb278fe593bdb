// A program of one's own whose time is moved by hand: for what takes days.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "./school";

export const DAY = 86_400;

/** A school in a folder of its own. */
export interface Moving {
  url: string;
  /** Where its payment provider answers. */
  gateway: string;
  /** Time goes on by so many seconds, here and at the provider. */
  advance(seconds: number): Promise<void>;
  /** Waits until a letter with this in its subject has gone to this address. */
  letter(to: string, subject: string): Promise<void>;
  /** Runs another command of the program on this school, with `input` on its standard input; fails where the command does. */
  run(command: string[], input?: string): void;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}

/** The executable the journeys run; none where they visit a program that was there already. */
export function executable(): string | undefined {
  const program = process.env.LECTERN_E2E_PROGRAM;
  return program && existsSync(program) ? program : undefined;
}

/** The settings by which a program speaks with the providers that the sandbox beside it imitates. */
function imitations(program: string, env: NodeJS.ProcessEnv): Record<string, string> {
  const printed = execFileSync(program, ["gateway", "--settings"], { env, encoding: "utf8" });
  const lines = printed.split("\n").filter((line) => line.includes("="));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
}

interface Beside {
  /** The name it is reached under. */
  host?: string;
  /** Stripe, Alipay and WeChat Pay take money too, as the sandbox imitates them. */
  providers?: boolean;
  /** Further settings of the program. */
  settings?: Record<string, string>;
}

/** Starts a program at `start` (RFC 3339) with demo content, and stops it after `work`. */
export async function withMovingTime(program: string, start: string, work: (moving: Moving) => Promise<void>, beside: Beside = {}) {
  const host = beside.host ?? "127.0.0.1";
  const data = mkdtempSync(join(tmpdir(), "lectern-time-"));
  const [port, gateway] = [await freePort(), await freePort()];
  const url = `http://${host}:${port}`;
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    LECTERN_ENV: "test",
    LECTERN_TEST_CLOCK: start,
    LECTERN_LISTEN: `127.0.0.1:${port}`,
    LECTERN_PUBLIC_URL: url,
    LECTERN_DATA_DIR: data,
    LECTERN_GATEWAY_LISTEN: `127.0.0.1:${gateway}`,
    LECTERN_LIMITS: "off",
    LECTERN_LOG: "warn",
    ...beside.settings,
  };
  const provider = `http://127.0.0.1:${gateway}`;
  if (beside.providers) Object.assign(env, imitations(program, env));
  const child = spawn(program, ["serve", "--demo"], { cwd: data, env, stdio: "ignore" });
  try {
    for (let tries = 0; ; tries++) {
      if (child.exitCode !== null || tries > 1200) throw new Error("the program did not get ready");
      if ((await fetch(`${url}/readyz`).catch(() => undefined))?.ok) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    if (beside.providers) {
      // where Stripe sends its notifications is told to Stripe beforehand
      const told = await fetch(`${provider}/stripe/v1/webhook_endpoints`, {
        method: "POST",
        headers: { authorization: `Bearer ${env.LECTERN_STRIPE_KEY}` },
        body: new URLSearchParams({ url: `http://127.0.0.1:${port}/webhooks/stripe` }),
      });
      expect(told.ok).toBe(true);
    }
    await work({
      url,
      gateway: provider,
      async advance(seconds) {
        const body = JSON.stringify({ advance_seconds: seconds });
        const answer = await fetch(`${url}/test/clock`, { method: "POST", headers: { "content-type": "application/json" }, body });
        expect(answer.status).toBe(200);
      },
      async letter(to, subject) {
        const folder = join(data, "mail");
        await expect(async () => {
          const letters = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
          expect(letters.some((letter) => letter.includes(`To: ${to}`) && letter.includes(subject))).toBe(true);
        }).toPass({ timeout: 60_000 });
      },
      run(command, input) {
        execFileSync(program, command, { cwd: data, env, input });
      },
    });
  } finally {
    child.kill("SIGTERM");
    await new Promise<void>((resolve) => (child.exitCode === null ? child.once("exit", () => resolve()) : resolve()));
    rmSync(data, { recursive: true, force: true });
  }
}
