// Sam, staff: orders, people, a refund; and the books still balance.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, isAccessible, keepsItsPromises, LANGS, payAndReturn, press, register, signIn, test, toThePaymentPage } from "./school";

/** `lectern audit` against the data of the running program; throws where an invariant is broken. */
function audit() {
  const data = process.env.LECTERN_E2E_DATA;
  const program = process.env.LECTERN_E2E_PROGRAM;
  if (!data || !program || !existsSync(program)) return;
  execFileSync(program, ["audit"], { cwd: data, env: { ...process.env, LECTERN_ENV: "test", LECTERN_DATA_DIR: data } });
}

test("a refund gives the money back, takes the access away, and the books agree", async ({ page, browser, baseURL }) => {
  const email = await register(page);
  await toThePaymentPage(page, "analytical-engines");
  await payAndReturn(page);

  const office = await browser.newContext({ baseURL });
  const sam = await office.newPage();
  await signIn(sam, "sam");
  await sam.goto("/en/admin/orders");
  await keepsItsPromises(sam);
  await isAccessible(sam);
  await sam.fill("main input[name=q]", email);
  await sam.locator("main input[name=q]").press("Enter");
  await sam.locator('main tbody a[href*="/admin/orders/"]').first().click();
  await keepsItsPromises(sam);
  await isAccessible(sam);
  await sam.locator('main a[href$="/refund"]').click();
  await sam.fill("main input[name=amount]", "199");
  await sam.fill("main [name=reason]", "Bought by mistake");
  await keepsItsPromises(sam);
  await press(sam, "refund").click();
  await sam.waitForURL((url) => !url.pathname.endsWith("/refund"));
  await office.close();

  await expect(async () => {
    await page.goto("/en/courses/analytical-engines");
    await expect(press(page, "buy")).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 20_000 });
  await page.goto("/en/me/orders");
  await page.locator('main a[href*="/orders/"]').first().click();
  await keepsItsPromises(page);
  audit();
});

for (const lang of LANGS) {
  test(`staff see people, refunds and the invariants of the books: ${lang}`, async ({ page }) => {
    await signIn(page, "sam", lang);
    for (const room of ["orders", "refunds", "users", "audit"]) {
      const answer = await page.goto(`/${lang}/admin/${room}`);
      expect(answer?.status()).toBe(200);
      await keepsItsPromises(page);
      await isAccessible(page);
    }
  });
}
