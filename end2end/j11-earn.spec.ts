// Ada earns: a sale appears at once, waits, becomes payable, and two people of staff bring it to her bank.
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, isAccessible, keepsItsPromises, LANGS, PASSWORD, payAndReturn, press, register, signIn, test, toThePaymentPage } from "./school";

for (const lang of LANGS) {
  test(`a sale is on the statement at once, line by line: ${lang}`, async ({ page, browser, baseURL }) => {
    await register(page, lang);
    await toThePaymentPage(page, "analytical-engines", lang);
    await payAndReturn(page, lang);

    const studio = await browser.newContext({ baseURL });
    const ada = await studio.newPage();
    await signIn(ada, "ada", lang);
    await ada.goto(`/${lang}/studio/earnings`);
    await expect(ada.locator("#statement tbody tr").first()).toContainText("139.30");
    await keepsItsPromises(ada);
    await isAccessible(ada);
    const [table] = await Promise.all([ada.waitForEvent("download"), ada.locator('#statement a[href$=".csv"]').first().click()]);
    expect(table.suggestedFilename()).toMatch(/^lectern-\d{4}\.csv$/);
    for (const room of ["pricing"]) {
      await ada.goto(`/${lang}/studio/courses`);
      await ada.locator('main a[href*="/studio/courses/"][href*="/outline"], main a[href*="/studio/courses/"]').filter({ hasNotText: /new/i }).first().click();
      await ada.goto(ada.url().replace(/\/(outline|landing|pricing|settings|preview)$/, `/${room}`));
      await keepsItsPromises(ada);
      await isAccessible(ada);
    }
    await studio.close();
  });
}

// ---- a school of its own, whose clock can be moved ----

const program = process.env.LECTERN_E2E_PROGRAM ?? "";

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

async function school(): Promise<{ url: string; data: string; env: NodeJS.ProcessEnv; child: ChildProcess }> {
  const data = mkdtempSync(join(tmpdir(), "lectern-e2e-clock-"));
  const [port, gateway] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    LECTERN_ENV: "test",
    LECTERN_LISTEN: `127.0.0.1:${port}`,
    LECTERN_PUBLIC_URL: url,
    LECTERN_DATA_DIR: data,
    LECTERN_GATEWAY_LISTEN: `127.0.0.1:${gateway}`,
    LECTERN_LIMITS: "off",
    LECTERN_TEST_CLOCK: "2026-03-02T01:00:00Z",
  };
  const child = spawn(program, ["serve", "--demo"], { cwd: data, env, stdio: "ignore" });
  for (let tries = 0; tries < 600; tries++) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return { url, data, env, child };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the school with a clock did not open");
}

test("a payout takes two people", async ({ browser }, info) => {
  test.skip(!program || info.project.name !== "desktop", "once is enough");
  test.setTimeout(180_000);
  const { url, data, env, child } = await school();
  try {
    const add = ["user", "add", "--email", "mei@lectern.example", "--name", "Mei", "--role", "finance", "--password-stdin"];
    execFileSync(program, add, { cwd: data, env, input: `a long enough sentence\n` });
    const as = async () => (await browser.newContext({ baseURL: url })).newPage();

    const buyer = await as();
    await register(buyer);
    await toThePaymentPage(buyer, "analytical-engines");
    await payAndReturn(buyer);

    const moved = await fetch(`${url}/test/clock`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ advance_seconds: 15 * 86_400 }) });
    expect(moved.ok).toBeTruthy();

    const ada = await as();
    await signIn(ada, "ada");
    await ada.goto("/en/studio/earnings");
    await ada.fill("#bank input[name=holder]", "Ada Lovelace");
    await ada.fill("#bank input[name=bank]", "ICBC");
    await ada.fill("#bank input[name=number]", "6222 0212 3456 7890");
    await ada.fill("#bank input[name=password]", PASSWORD);
    await press(ada, "bank").click();
    await expect(ada.locator("#bank")).toContainText("7890");
    await expect(ada.locator("#bank")).not.toContainText("6222");
    await expect(async () => {
      await ada.goto("/en/studio/earnings");
      await expect(press(ada, "payout")).toContainText("139.30", { timeout: 1000 });
    }).toPass({ timeout: 30_000 });
    await press(ada, "payout").click();
    await expect(ada.locator("#payouts tbody tr")).toContainText("To be approved");
    await keepsItsPromises(ada);

    const step = async (page: typeof ada, what: string, note = "") => {
      await page.goto("/en/admin/payouts");
      await keepsItsPromises(page);
      await isAccessible(page);
      await page.selectOption("main select[name=step]", what);
      if (note) await page.fill("main input[name=note]", note);
      await press(page, "step").click();
      await page.waitForURL(/\/admin\/payouts$/);
    };
    const sam = await as();
    await signIn(sam, "sam");
    await step(sam, "approve");
    await expect(sam.locator("main select[name=step] option[value=sent]")).toHaveCount(0);
    await expect(sam.locator("main")).not.toContainText("6222021234567890");

    const mei = await as();
    await mei.goto("/en/login");
    await mei.fill("input[name=email]", "mei@lectern.example");
    await mei.fill("input[name=password]", "a long enough sentence");
    await mei.locator("main form").filter({ has: mei.locator("input[name=password]") }).locator("button[type=submit]").click();
    await mei.waitForURL((at) => !at.pathname.endsWith("/login"));
    await mei.goto("/en/admin/payouts");
    await expect(mei.locator("main")).toContainText("6222021234567890");
    await step(mei, "sent", "ICBC 20260317-1");
    await step(sam, "paid");
    await ada.goto("/en/studio/earnings");
    await expect(ada.locator("#payouts tbody tr")).toContainText("Paid");
    await expect(ada.locator("#payouts tbody tr")).toContainText("ICBC 20260317-1");

    for (const room of ["refunds", "payouts", "suspense", "webhooks", "reconciliation", "audit"]) {
      const answer = await sam.goto(`/zh/admin/${room}`);
      expect(answer?.status()).toBe(200);
      await keepsItsPromises(sam);
      await isAccessible(sam);
    }
    await sam.goto("/en/admin/reconciliation");
    await sam.fill("main input[name=day]", "2026-03-02");
    await press(sam, "compare").click();
    await expect(sam.locator("main tbody tr").first()).toContainText("The same");
    await sam.goto("/en/admin/audit");
    await expect(sam.locator("main .badge-danger")).toHaveCount(0);
    execFileSync(program, ["audit"], { cwd: data, env });
  } finally {
    child.kill("SIGTERM");
    await new Promise((resolve) => (child.exitCode === null ? child.once("exit", resolve) : resolve(undefined)));
    rmSync(data, { recursive: true, force: true });
  }
});
