// A key of the device instead of a password: made, named, used to sign in, removed, all of it by keyboard alone. Chromium's virtual authenticator plays the device. Browsers
// make keys for names, so this school is reached as localhost.
import type { Page } from "@playwright/test";
import { executable, withMovingTime } from "./moving";
import { expect, isAccessible, keepsItsPromises, LANGS, signIn, signOut, tabTo, test, type Lang } from "./school";

const program = executable();
const DEVICE = {
  protocol: "ctap2",
  transport: "internal",
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
} as const;

async function withDevice(page: Page) {
  const client = await page.context().newCDPSession(page);
  await client.send("WebAuthn.enable");
  const { authenticatorId } = await client.send("WebAuthn.addVirtualAuthenticator", { options: DEVICE });
  return { client, authenticatorId };
}

async function addsAKey(page: Page, lang: Lang, name: string) {
  await page.goto(`/${lang}/settings/security`);
  await page.waitForFunction(() => customElements.get("passkey-maker"));
  await tabTo(page, "details:has(passkey-maker) > summary");
  await page.keyboard.press("Enter");
  await tabTo(page, "#new-passkey-name");
  await page.keyboard.insertText(name);
  await tabTo(page, "passkey-maker button[type=submit]");
  await page.keyboard.press("Enter");
  await page.waitForURL(/done=passkey_added/);
}

async function entersByKey(page: Page, lang: Lang) {
  await page.goto(`/${lang}/login?next=/${lang}/cart`);
  await page.waitForFunction(() => customElements.get("passkey-gate"));
  await tabTo(page, "passkey-gate button[type=submit]");
  await page.keyboard.press("Enter");
}

test("a passkey is made, named, used and removed", async ({ browser }) => {
  test.setTimeout(180_000);
  await withMovingTime(program ?? "", "2026-03-02T01:00:00Z", async ({ url }) => {
    for (const lang of LANGS) {
      const context = await browser.newContext({ baseURL: url });
      const page = await context.newPage();
      const { client, authenticatorId } = await withDevice(page);
      const name = lang === "zh" ? "书房的电脑" : "Desk";
      await signIn(page, "grace", lang);
      await page.goto(`/${lang}/settings/security`);
      await page.waitForFunction(() => customElements.get("passkey-maker"));
      await keepsItsPromises(page);
      await isAccessible(page);
      await addsAKey(page, lang, name);
      await expect(page.locator("#passkeys li")).toContainText(name);
      await keepsItsPromises(page);
      await isAccessible(page);

      // in without a word, to where they wanted to go
      await signOut(page, lang);
      await page.goto(`/${lang}/login`);
      await keepsItsPromises(page);
      await isAccessible(page);
      await entersByKey(page, lang);
      await page.waitForURL(new RegExp(`/${lang}/cart`));

      // a device that is not sure of the person is refused by the browser, and the page says that it was not finished
      await signOut(page, lang);
      await client.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
      await entersByKey(page, lang);
      await expect(page.locator("passkey-gate form:not([aria-busy])")).toBeAttached();
      await expect(page.locator("passkey-gate [data-passkey-status]")).not.toBeEmpty();
      await expect(page).toHaveURL(new RegExp(`/${lang}/login`));
      await client.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: true });

      // named anew and removed
      await signIn(page, "grace", lang);
      await page.goto(`/${lang}/settings/security`);
      await tabTo(page, "#passkeys li summary");
      await page.keyboard.press("Enter");
      await tabTo(page, "#passkeys li input[name=name]");
      await page.keyboard.press("Control+A");
      await page.keyboard.insertText(`${name} 2`);
      await page.keyboard.press("Enter");
      await page.waitForURL(/done=passkey_renamed/);
      await expect(page.locator("#passkeys li")).toContainText(`${name} 2`);
      await tabTo(page, "#passkeys li summary");
      await page.keyboard.press("Enter");
      await tabTo(page, "#passkeys li form:has(input[value=remove_passkey]) button");
      await page.keyboard.press("Enter");
      await page.waitForURL(/done=passkey_removed/);
      await expect(page.locator("#passkeys li")).toHaveCount(0);

      // the device still has it; we do not know it any more
      await signOut(page, lang);
      await entersByKey(page, lang);
      await expect(page.locator("main [role=alert]")).toBeVisible();
      await keepsItsPromises(page);
      await context.close();
    }
  }, { host: "localhost" });
});
