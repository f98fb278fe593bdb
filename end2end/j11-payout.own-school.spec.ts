// What was earned waits, becomes payable, and two people of staff bring it to the bank: in a school of its own, whose clock can be moved.
import { DAY, executable, withMovingTime } from "./moving";
import { expect, isAccessible, keepsItsPromises, PASSWORD, payAndReturn, press, register, signIn, test, toThePaymentPage } from "./school";

test("a payout takes two people", async ({ browser }) => {
  test.setTimeout(180_000);
  await withMovingTime(executable() ?? "", "2026-03-02T01:00:00Z", async (moving) => {
    moving.run(["user", "add", "--email", "mei@lectern.example", "--name", "Mei", "--role", "finance", "--password-stdin"], "a long enough sentence\n");
    const as = async () => (await browser.newContext({ baseURL: moving.url })).newPage();

    const buyer = await as();
    await register(buyer);
    await toThePaymentPage(buyer, "analytical-engines");
    await payAndReturn(buyer);

    await moving.advance(15 * DAY);

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
    moving.run(["audit"]);
  });
});
