// Staff and people: found, given a role by two, seen as, kept out and let in again; and all of it can be read afterwards.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { type Page } from "@playwright/test";
import { letterTo } from "./letters";
import { expect, isAccessible, keepsItsPromises, press, register, signIn, test, type Lang } from "./school";

const OWN = "a long enough sentence";

/** A second administrator, added by hand; answers their address. */
function anotherAdmin(): string {
  const name = `admin-${Date.now()}-${Math.floor(Math.random() * 1e6)}`;
  const words = ["user", "add", "--email", `${name}@lectern.example`, "--name", "Kim", "--role", "admin", "--password-stdin"];
  const data = process.env.LECTERN_E2E_DATA ?? "";
  const env = { ...process.env, LECTERN_ENV: "test", LECTERN_DATA_DIR: data };
  execFileSync(process.env.LECTERN_E2E_PROGRAM ?? "lectern", words, { cwd: data, env, input: `${OWN}\n` });
  return `${name}@lectern.example`;
}

async function enter(page: Page, email: string, password: string, lang: Lang = "en") {
  await page.goto(`/${lang}/login`);
  await page.fill("input[name=email]", email);
  await page.fill("input[name=password]", password);
  await press(page, "login").click();
}

async function isSound(page: Page) {
  await keepsItsPromises(page);
  await isAccessible(page);
}

/** The person's page, found in the list by their address. */
async function find(page: Page, email: string) {
  await page.goto("/en/admin/users");
  await page.fill("main input[name=q]", email);
  await page.locator("main input[name=q]").press("Enter");
  await page.locator('main tbody a[href*="/admin/users/"]').first().click();
  await expect(page.locator("main")).toContainText(email);
  return new URL(page.url()).pathname;
}

test("two people give a role, staff see as somebody and change nothing, and who is suspended is out", async ({ page, browser, baseURL }) => {
  test.setTimeout(120_000);
  const as = async () => (await browser.newContext({ baseURL })).newPage();
  const newcomer = await as();
  const email = await register(newcomer);
  await signIn(page, "sam");
  const person = await find(page, email);
  await isSound(page);

  await page.selectOption("main select[name=change]", "give:moderator");
  await page.fill("#f-ask-reason", "Looks after the reviews");
  await press(page, "ask_role").click();
  await expect(page).toHaveURL(/done=asked/);
  await expect(page.locator("main form:has(input[value=approve])")).toHaveCount(0);
  const kim = await as();
  await enter(kim, anotherAdmin(), OWN);
  await kim.waitForURL((at) => !at.pathname.endsWith("/login"));
  await kim.goto("/en/admin/roles");
  const waits = kim.locator("tr", { hasText: email });
  await isSound(kim);
  await waits.locator("form:has(input[value=approve]) button").click();
  await expect(kim).toHaveURL(/done=approved/);
  await newcomer.goto("/en/me/orders");
  await expect(newcomer).toHaveURL(/\/en\/login/);
  await letterTo(email, "You are signed out everywhere");
  await enter(newcomer, email, OWN);
  await newcomer.waitForURL((at) => !at.pathname.endsWith("/login"));

  await page.goto(person);
  await page.fill("#f-see-reason", "Cannot find a course");
  await press(page, "see_as").click();
  const banner = page.locator("aside.strip");
  await expect(banner).toContainText("Newcomer");
  await isSound(page);
  await page.goto("/zh/me/orders");
  await expect(banner).toContainText("只能看");
  await page.goto("/en/settings/profile");
  await page.fill("main input[name=headline]", "Not mine to write");
  await page.locator("main form:has(input[name=headline]) button[type=submit]").click();
  await expect(page.locator("h1")).toHaveText("Not while seeing as somebody else");
  await page.goto("/en/settings/tokens");
  await expect(page.locator("h1")).toHaveText("Not while seeing as somebody else");
  await page.goto("/en/settings/profile");
  await expect(page.locator("main input[name=headline]")).toHaveValue("");
  await page.goto("/en/admin/see-as");
  await isSound(page);
  await press(page, "end").click();
  await expect(page).toHaveURL(/done=over/);
  await expect(banner).toHaveCount(0);

  await page.fill("#f-standing-reason", "Cards that are not theirs");
  await press(page, "suspend").click();
  await expect(page).toHaveURL(/done=suspended/);
  await isSound(page);
  await newcomer.goto("/en/me/orders");
  await expect(newcomer).toHaveURL(/\/en\/login/);
  for (let time = 0; time < 5; time++) {
    await enter(newcomer, email, OWN);
    await expect(newcomer.locator("main [role=alert]").first()).toBeVisible();
  }
  await letterTo(email, "Cards that are not theirs");
  await page.goto("/en/admin/signals");
  await isSound(page);
  const signal = page.locator("tr", { hasText: email });
  await signal.locator("button[value=seen]").click();
  await expect(page).toHaveURL(/done=marked/);
  await expect(signal).toContainText("seen by Sam");

  await page.goto(person);
  await page.fill("#f-standing-reason", "Their own after all");
  await press(page, "restore").click();
  await expect(page).toHaveURL(/done=restored/);
  await enter(newcomer, email, OWN);
  await newcomer.waitForURL((at) => !at.pathname.endsWith("/login"));

  await page.goto(person);
  await press(page, "end_sessions").click();
  await expect(page).toHaveURL(/done=ended/);
  await newcomer.goto("/en/me/orders");
  await expect(newcomer).toHaveURL(/\/en\/login/);

  await page.goto(`/en/admin/trail?subject=${encodeURIComponent(email)}`);
  await isSound(page);
  for (const deed of ["role_asked", "role_given", "seen_as", "seen_as_ended", "suspended", "restored"]) {
    await expect(page.locator("tbody code", { hasText: new RegExp(`^account\\.${deed}$`) }).first()).toBeVisible();
  }
  const saved = page.waitForEvent("download");
  await press(page, "export").click();
  const table = readFileSync(await (await saved).path(), "utf8");
  expect(table.split("\r\n")[0]).toContain("Done to (ID)");
  expect(table).toContain("Cards that are not theirs");
  await newcomer.context().close();
  await kim.context().close();
});
