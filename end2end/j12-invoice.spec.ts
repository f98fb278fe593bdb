// Papers: the receipt as a file, an invoice from asking to its file, and a red-letter one after a refund.
import { expect, isAccessible, keepsItsPromises, LANGS, payAndReturn, press, register, signIn, test, toThePaymentPage } from "./school";

const PAID = "analytical-engines";
const PDF = Buffer.from("%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF");

for (const lang of LANGS) {
  test(`a receipt is a file that can be kept, and an invoice is asked for beside it: ${lang}`, async ({ page, browser, baseURL }) => {
    test.slow();
    await register(page, lang);
    await toThePaymentPage(page, PAID, lang);
    await payAndReturn(page, lang);
    await page.goto(`/${lang}/me/orders`);
    await page.locator('main a[href*="/orders/"]').first().click();
    const file = await page.locator('main a[href$="/receipt.pdf"]').getAttribute("href");
    const answer = await page.request.get(file ?? "");
    expect(answer.status()).toBe(200);
    expect(answer.headers()["content-type"]).toBe("application/pdf");
    const bytes = await answer.body();
    expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
    expect((await (await page.request.get(file ?? "")).body()).equals(bytes)).toBe(true);

    // nobody else has it
    const other = await browser.newContext({ baseURL });
    const theirs = await other.newPage();
    await register(theirs, lang);
    expect((await theirs.request.get(file ?? "")).status()).toBe(404);
    await other.close();

    // asking: what is wrong is told, and what was typed stays
    await page.locator(`main a[href*="/me/invoices?order="]`).click();
    await keepsItsPromises(page);
    await isAccessible(page);
    await page.locator("input[name=title_kind][value=personal]").check();
    for (const name of ["tax_number", "bank"]) await expect(page.locator(`input[name=${name}]`)).toBeHidden();
    await page.locator("input[name=title_kind][value=company]").check();
    await expect(page.locator("input[name=bank]")).toBeVisible();
    await page.fill("input[name=title]", "讲台（上海）教育科技有限公司");
    await page.fill("input[name=tax_number]", "91350100M000100Y44");
    await press(page, "ask").click();
    await expect(page.locator("#f-tax_number-error")).toBeVisible();
    await expect(page.locator("input[name=title]")).toHaveValue("讲台（上海）教育科技有限公司");
    await page.fill("input[name=tax_number]", "91350100m000100y43");
    await press(page, "ask").click();
    await page.waitForURL(/\/me\/invoices\/[^/]+$/);
    await keepsItsPromises(page);
    await isAccessible(page);
    await expect(page.locator("main")).toContainText("91350100M000100Y43");
    const invoice = page.url();

    // finance issues it
    const office = await browser.newContext({ baseURL });
    const sam = await office.newPage();
    await signIn(sam, "sam", lang);
    await sam.goto(`/${lang}/admin/invoices?state=waiting`);
    await keepsItsPromises(sam);
    await isAccessible(sam);
    await sam.goto(`/${lang}/admin/invoices/${invoice.split("/").pop()}`);
    await keepsItsPromises(sam);
    await isAccessible(sam);
    await sam.fill("#f-issue-number", "25312000000012345678");
    await sam.setInputFiles("#f-issue-file", { name: "fapiao.pdf", mimeType: "application/pdf", buffer: PDF });
    await press(sam, "issue").click();
    await expect(sam.locator("main")).toContainText("25312000000012345678");
    const table = await sam.request.get(`/${lang}/admin/invoices.csv`);
    expect(await table.text()).toContain("25312000000012345678");

    await page.goto(invoice);
    await keepsItsPromises(page);
    const issued = await page.request.get((await page.locator('main a[href*="/files/"]').getAttribute("href")) ?? "");
    expect((await issued.body()).equals(PDF)).toBe(true);

    // the money goes back: a red-letter invoice is due
    const order = (file ?? "").split("/")[3];
    await sam.goto(`/${lang}/admin/orders/${order}/refund`);
    await sam.fill("main [name=reason]", "Bought by mistake");
    await press(sam, "refund").click();
    await sam.waitForURL((url) => !url.pathname.endsWith("/refund"));
    await expect(async () => {
      await sam.goto(`/${lang}/admin/invoices/${invoice.split("/").pop()}`);
      await expect(press(sam, "issue_red")).toBeVisible({ timeout: 1000 });
    }).toPass({ timeout: 20_000 });
    await sam.fill("#f-issue_red-number", "25312000000087654321");
    await press(sam, "issue_red").click();
    await office.close();

    await page.goto(invoice);
    await expect(page.locator("main")).toContainText("25312000000087654321");
    await page.goto(`/${lang}/orders/${order}`);
    const note = await page.request.get((await page.locator('main a[href*="/credit-notes/"]').getAttribute("href")) ?? "");
    expect((await note.body()).subarray(0, 5).toString()).toBe("%PDF-");
  });
}
