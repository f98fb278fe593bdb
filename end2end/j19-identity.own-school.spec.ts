// Another house vouches for people: somebody comes in for the first time, somebody links it to the account they have and comes in by it, and
// who only has the same address, or thinks better of it, is told why not. In a school of its own, which knows the house.
import type { Page } from "@playwright/test";
import { settingsOf, withCampus } from "./campus";
import { executable, withMovingTime } from "./moving";
import { expect, isAccessible, keepsItsPromises, LANGS, press, signIn, signOut, test, type Lang } from "./school";

const PEOPLE = [
  ...LANGS.flatMap((lang) => [
    { sub: `new-${lang}`, name: "Kay of the campus", email: `kay-${lang}@campus.test`, email_verified: true },
    { sub: `linked-${lang}`, name: "Grace of the campus", email: `grace-${lang}@campus.test`, email_verified: true },
  ]),
  { sub: "same-address", name: "Not Grace", email: "grace@lectern.example", email_verified: true },
];

/** From a button here to the house's page, where `who` is pressed. */
async function through(page: Page, campus: string, form: string, who: string) {
  await press(page, form).click();
  await page.waitForURL((url) => url.origin === campus);
  await page.locator(`#${who}`).click();
  await page.waitForURL((url) => url.origin !== campus);
}

async function toTheGate(page: Page, lang: Lang) {
  await page.goto(`/${lang}/login?next=/${lang}/cart`);
}

test("somebody comes in through another house, and links it", async ({ browser }) => {
  test.setTimeout(180_000);
  await withCampus(PEOPLE, async (campus) => {
    // tokens tell the time, so this school's clock goes with the house's
    await withMovingTime(
      executable() ?? "",
      new Date().toISOString(),
      async ({ url }) => {
        for (const lang of LANGS) {
          const context = await browser.newContext({ baseURL: url });
          const page = await context.newPage();
          await toTheGate(page, lang);
          await keepsItsPromises(page);
          await isAccessible(page);

          await through(page, campus, "identity", "no");
          await expect(page).toHaveURL(/refused=declined/);
          await expect(page.locator("main .notice").first()).toBeVisible();
          await keepsItsPromises(page);
          await toTheGate(page, lang);
          await through(page, campus, "identity", "same-address");
          await expect(page).toHaveURL(/refused=known_email/);

          await toTheGate(page, lang);
          await through(page, campus, "identity", `new-${lang}`);
          await expect(page).toHaveURL(new RegExp(`/${lang}/settings/interests`));
          await page.goto(`/${lang}/settings/security`);
          await expect(page.locator("main")).toContainText(`kay-${lang}@campus.test`);
          await keepsItsPromises(page);
          await isAccessible(page);
          await signOut(page, lang);

          await signIn(page, "grace", lang);
          await page.goto(`/${lang}/settings/security`);
          await through(page, campus, "link", `linked-${lang}`);
          await expect(page).toHaveURL(/done=linked/);
          await expect(page.locator("main")).toContainText(`grace-${lang}@campus.test`);
          await keepsItsPromises(page);
          await isAccessible(page);
          await signOut(page, lang);

          await toTheGate(page, lang);
          await through(page, campus, "identity", `linked-${lang}`);
          await expect(page).toHaveURL(new RegExp(`/${lang}/cart`));
          await page.goto(`/${lang}/settings/security`);
          await press(page, "unlink").click();
          await expect(page).toHaveURL(/done=unlinked/);
          await context.close();
        }
      },
      { settings: settingsOf(campus) },
    );
  });
});
