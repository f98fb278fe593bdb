// Buying by Stripe, Alipay and WeChat Pay, as the sandbox imitates them: at a desk and in the hand, at once, late and not at all; and a
// membership that Stripe renews by itself. In schools of their own, whose clocks can be moved.
import type { Browser, BrowserContextOptions, Page } from "@playwright/test";
import { DAY, executable, withMovingTime, type Moving } from "./moving";
import { expect, isAccessible, keepsItsPromises, payAndReturn, press, register, signIn, test, type Lang } from "./school";

const PAID = "analytical-engines";
const MINUTE = 60;
const START = "2026-03-02T01:00:00Z";
const DESK: BrowserContextOptions = { viewport: { width: 1360, height: 900 } };
const HAND: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  userAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
};

/** The same hand inside the WeChat app. */
const INSIDE: BrowserContextOptions = { ...HAND, userAgent: `${HAND.userAgent} MicroMessenger/8.0.50 Language/zh_CN` };

/** WeChat's bridge: its sheet is closed the first time, and paid by the second. */
async function bringTheBridge(page: Page, moving: Moving) {
  const words = ["cancel", "ok"];
  await page.exposeFunction("openTheSheet", async (parts: Record<string, string>) => {
    expect(Object.keys(parts).sort()).toEqual(["appId", "nonceStr", "package", "paySign", "signType", "timeStamp"]);
    const word = words.shift();
    if (word === "ok") {
      const id = (parts.package ?? "").replace("prepay_id=wx", "");
      const paid = await fetch(`${moving.gateway}/pay/${id}`, { method: "POST", body: new URLSearchParams({ action: "pay" }), redirect: "manual" });
      expect(paid.status).toBe(303);
    }
    return word;
  });
  await page.addInitScript(() => {
    const there = window as unknown as { openTheSheet(parts: object): Promise<string>; WeixinJSBridge: object };
    there.WeixinJSBridge = {
      invoke: (name: string, parts: object, heard: (answer: object) => void) =>
        void there.openTheSheet(parts).then((word) => heard({ err_msg: `get_brand_wcpay_request:${name === "getBrandWCPayRequest" ? word : "fail"}` })),
    };
  });
}

/** Somebody new, with this device. */
async function newcomer(browser: Browser, moving: Moving, device: BrowserContextOptions, lang: Lang) {
  const page = await (await browser.newContext({ ...device, baseURL: moving.url })).newPage();
  const email = await register(page, lang);
  return { page, email };
}

/** Orders the course, to be paid by this provider. */
async function order(page: Page, provider: string, lang: Lang) {
  await page.goto(`/${lang}/courses/${PAID}`);
  await press(page, "buy").click();
  await page.waitForURL(/\/checkout\//);
  for (const choice of ["stripe", "alipay", "wechat"]) await expect(page.locator(`input[name=provider][value=${choice}]`)).toHaveCount(1);
  await page.locator(`label:has(input[name=provider][value=${provider}])`).click();
  await press(page, "pay").click();
}

/** The course is theirs, and there is a receipt. */
async function hasTheReceipt(page: Page, lang: Lang) {
  await page.goto(`/${lang}/me/orders`);
  await page.locator('main a[href*="/orders/"]').first().click();
  await expect(page.locator("dl.facts").last()).toContainText("R-");
  await page.goto(`/${lang}/courses/${PAID}`);
  await expect(press(page, "buy")).toHaveCount(0);
}

function there(moving: Moving) {
  return (url: URL) => url.origin === moving.gateway && url.pathname.startsWith("/pay/");
}

/** What a provider's own books say of it, in fen. */
async function truth(moving: Moving, provider: string): Promise<{ captured: number; refunded: number; net: number }> {
  const books = (await (await fetch(`${moving.gateway}/truth`)).json()) as { providers: { provider: string; captured: number; refunded: number; net: number }[] };
  return books.providers.find((one) => one.provider === provider) ?? { captured: 0, refunded: 0, net: 0 };
}

const KEY = { authorization: "Bearer lectern-development-gateway-key" };

test("a course is bought by each provider, at a desk and in the hand", async ({ browser }) => {
  test.setTimeout(300_000);
  await withMovingTime(
    executable() ?? "",
    START,
    async (moving) => {
      const stripe = await newcomer(browser, moving, DESK, "en");
      await test.step("Stripe: declined, left, paid ten minutes later", async () => {
        const { page } = stripe;
        await order(page, "stripe", "en");
        await page.waitForURL(there(moving));
        await expect(page.locator(".amount")).toContainText("199");
        await page.locator("button[name=action][value=insufficient_funds]").click();
        await expect(page.locator(".notice.refused")).toBeVisible();
        await page.locator("p.leave a").click();
        await page.waitForURL(/\/en\/pay\//);
        await keepsItsPromises(page);
        await isAccessible(page);
        await moving.advance(10 * MINUTE);
        await page.goto("/en/me/orders");
        await page.locator('main a[href*="/pay/"]').first().click();
        await page.waitForURL(/\/en\/pay\//);
        await page.locator("main a.btn").filter({ hasText: "199" }).click();
        await page.waitForURL(there(moving));
        await payAndReturn(page);
        await hasTheReceipt(page, "en");
      });

      await test.step("Alipay: its page at a desk, its other page in the hand", async () => {
        for (const [device, method] of [[DESK, "alipay.trade.page.pay"], [HAND, "alipay.trade.wap.pay"]] as const) {
          const { page } = await newcomer(browser, moving, device, "zh");
          const sent = page.waitForRequest((request) => request.url().includes(method));
          await order(page, "alipay", "zh");
          await sent;
          await page.waitForURL(there(moving));
          await payAndReturn(page, "zh");
          await hasTheReceipt(page, "zh");
          await page.context().close();
        }
      });

      await test.step("WeChat Pay: its page in the hand", async () => {
        const { page } = await newcomer(browser, moving, HAND, "zh");
        await order(page, "wechat", "zh");
        await page.waitForURL(there(moving));
        await payAndReturn(page, "zh");
        await hasTheReceipt(page, "zh");
        await page.context().close();
      });

      await test.step("WeChat Pay: a code at a desk, paid on a phone", async () => {
        const { page } = await newcomer(browser, moving, DESK, "zh");
        await order(page, "wechat", "zh");
        await page.waitForURL(/\/zh\/pay\//);
        await expect(page.locator("main svg.qr")).toBeVisible();
        await keepsItsPromises(page);
        await isAccessible(page);
        const all = (await (await fetch(`${moving.gateway}/v1/payments?provider=wechat&limit=1`, { headers: KEY })).json()) as { data: { id: string }[] };
        const phone = await (await browser.newContext(HAND)).newPage();
        await phone.goto(`${moving.gateway}/pay/${all.data[0]?.id}`);
        await phone.locator("button[name=action][value=pay]").click();
        // the desk sees it by itself
        await expect(page.locator('main a.btn[href*="/courses/"]').first()).toBeVisible({ timeout: 30_000 });
        await hasTheReceipt(page, "zh");
        await phone.context().close();
        await page.context().close();
      });

      await test.step("WeChat Pay: inside WeChat, by its own sheet", async () => {
        const { page } = await newcomer(browser, moving, INSIDE, "zh");
        await bringTheBridge(page, moving);
        await order(page, "wechat", "zh");
        await page.waitForURL(/\/zh\/pay\//);
        const pay = page.locator("wechat-sheet button");
        await expect(pay).toBeVisible();
        await keepsItsPromises(page);
        await isAccessible(page);
        await pay.click();
        await expect(page.locator("wechat-sheet [role=status]")).toContainText("没有扣款");
        await pay.click();
        await page.waitForURL(/sheet=paid/);
        await expect(page.locator('main a.btn[href*="/courses/"]').first()).toBeVisible({ timeout: 30_000 });
        await hasTheReceipt(page, "zh");
        await page.context().close();
      });

      await test.step("WeChat Pay: inside WeChat without its bridge the page says what to do, and with the browser it is paid", async () => {
        const { page } = await newcomer(browser, moving, { ...INSIDE, javaScriptEnabled: false }, "zh");
        await order(page, "wechat", "zh");
        await page.waitForURL(/\/zh\/pay\//);
        await expect(page.locator("wechat-sheet")).toContainText("在浏览器打开");
        await expect(page.locator("wechat-sheet button")).toBeHidden();
        // the same person in the phone's browser
        const cookies = await page.context().cookies();
        const outside = await browser.newContext({ ...HAND, baseURL: moving.url });
        await outside.addCookies(cookies);
        const other = await outside.newPage();
        await other.goto(page.url());
        await other.locator("main form:has(input[name=provider][value=wechat]) button").click();
        await other.waitForURL(there(moving));
        await payAndReturn(other, "zh");
        await hasTheReceipt(other, "zh");
        await outside.close();
        await page.context().close();
      });

      await test.step("from Stripe to Alipay: the first payment is closed, and one is made", async () => {
        const { page } = await newcomer(browser, moving, DESK, "en");
        await order(page, "stripe", "en");
        await page.waitForURL(there(moving));
        const first = page.url();
        await page.locator("p.leave a").click();
        await page.waitForURL(/\/en\/pay\//);
        await expect(page.locator("main form:has(input[name=provider][value=stripe])")).toHaveCount(0);
        await keepsItsPromises(page);
        await page.locator("main form:has(input[name=provider][value=alipay]) button").click();
        await page.waitForURL(there(moving));
        expect(page.url()).not.toBe(first);
        await payAndReturn(page);
        await hasTheReceipt(page, "en");
        await page.goto(first);
        await expect(page.locator("button[name=action][value=pay]")).toHaveCount(0);
        await page.context().close();
      });

      await test.step("Alipay: money that comes after the order was closed still opens the course", async () => {
        const { page } = await newcomer(browser, moving, DESK, "en");
        await order(page, "alipay", "en");
        await page.waitForURL(there(moving));
        await page.locator("p.leave a").click();
        await page.waitForURL(/\/en\/pay\//);
        const set = (faults: object) =>
          fetch(`${moving.gateway}/v1/faults`, { method: "POST", headers: { ...KEY, "content-type": "application/json" }, body: JSON.stringify(faults) });
        expect((await set({ pay_after_close: true })).ok).toBe(true);
        await press(page, "cancel").click();
        await expect(page.locator("main h1")).not.toContainText("Waiting");
        await moving.advance(10);
        await expect(async () => {
          await page.goto(`/en/courses/${PAID}`);
          await expect(press(page, "buy")).toHaveCount(0, { timeout: 1000 });
        }).toPass({ timeout: 30_000 });
        await set({});
        await hasTheReceipt(page, "en");
        await page.context().close();
      });

      await test.step("Stripe: staff give the money back", async () => {
        const sam = await (await browser.newContext({ ...DESK, baseURL: moving.url })).newPage();
        await signIn(sam, "sam");
        await sam.goto("/en/admin/orders");
        await sam.fill("main input[name=q]", stripe.email);
        await sam.locator("main input[name=q]").press("Enter");
        await sam.locator('main tbody a[href*="/admin/orders/"]').first().click();
        await expect(sam.locator("main")).toContainText("Stripe");
        await sam.locator('main a[href$="/refund"]').click();
        await sam.fill("main input[name=amount]", "199");
        await sam.fill("main [name=reason]", "Bought by mistake");
        await press(sam, "refund").click();
        await sam.waitForURL((url) => !url.pathname.endsWith("/refund"));
        await expect(async () => {
          await stripe.page.goto(`/en/courses/${PAID}`);
          await expect(press(stripe.page, "buy")).toBeVisible({ timeout: 1000 });
        }).toPass({ timeout: 30_000 });
        await sam.context().close();
        await stripe.page.context().close();
      });

      expect(await truth(moving, "stripe")).toMatchObject({ captured: 19_900, refunded: 19_900, net: 0 });
      expect(await truth(moving, "alipay")).toMatchObject({ net: 4 * 19_900 });
      expect(await truth(moving, "wechat")).toMatchObject({ net: 4 * 19_900 });
      moving.run(["audit"]);
    },
    { providers: true },
  );
});

test("a membership by Stripe renews by itself, a month later", async ({ browser }) => {
  test.setTimeout(180_000);
  await withMovingTime(
    executable() ?? "",
    START,
    async (moving) => {
      const { page, email } = await newcomer(browser, moving, DESK, "en");
      await page.goto("/en/membership");
      await keepsItsPromises(page);
      await page.locator("main a.plan").first().click();
      await page.locator('main a.btn[href*="begin=now"]').click();
      await page.waitForURL(/begin=now/);
      await page.locator("label:has(input[name=provider][value=stripe])").click();
      await page.locator("label:has(input[name=consent])").click();
      await keepsItsPromises(page);
      await isAccessible(page);
      await press(page, "subscribe").click();
      await page.waitForURL(there(moving));
      await page.locator("button[name=action][value=pay]").click();
      await page.waitForURL((url) => url.origin === moving.url, { timeout: 30_000 });
      await expect(page.locator('main a.btn[href="/en/me/membership"]').first()).toBeVisible({ timeout: 30_000 });
      const before = (await truth(moving, "stripe")).captured;
      expect(before).toBeGreaterThan(0);

      await moving.advance(26 * DAY);
      await moving.letter(email, "Your membership renews on");
      await moving.advance(5 * DAY + 60 * MINUTE);
      await expect(async () => expect((await truth(moving, "stripe")).captured).toBe(2 * before)).toPass({ timeout: 60_000 });

      // after a month of rest they sign in again, and find two invoices with their receipts
      await page.goto("/en/login");
      await page.fill("input[name=email]", email);
      await page.fill("input[name=password]", "a long enough sentence");
      await page.locator("input[name=password]").press("Enter");
      await page.waitForURL((url) => !url.pathname.endsWith("/login"));
      await expect(async () => {
        await page.goto("/en/me/membership");
        await expect(page.locator("main table tbody tr")).toHaveCount(2, { timeout: 1000 });
        await expect(page.locator("main table tbody")).not.toContainText("To pay", { timeout: 1000 });
      }).toPass({ timeout: 30_000 });
      await expect(page.locator("main dl.facts")).toContainText("Active");
      for (const row of await page.locator("main table tbody tr").all()) await expect(row).toContainText("R-");
      await keepsItsPromises(page);
      moving.run(["audit"]);
      await page.context().close();
    },
    { providers: true },
  );
});
