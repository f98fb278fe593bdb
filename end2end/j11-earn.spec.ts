// Ada earns: a sale is on her statement at once.
import { expect, isAccessible, keepsItsPromises, LANGS, payAndReturn, register, signIn, test, toThePaymentPage } from "./school";

for (const lang of LANGS) {
  test(`a sale is on the statement at once, line by line: ${lang}`, async ({ page, browser, baseURL }) => {
    await register(page, lang);
    await toThePaymentPage(page, "analytical-engines", lang);
    await payAndReturn(page, lang);

    const studio = await browser.newContext({ baseURL });
    const ada = await studio.newPage();
    await signIn(ada, "ada", lang);
    await ada.goto(`/${lang}/studio/earnings`);
    await expect(ada.locator("#statement tbody tr", { hasText: "139.30" }).first()).toBeVisible();
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
