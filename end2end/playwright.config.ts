import { defineConfig } from "@playwright/test";
import { CHROMIUM } from "./chromium.mjs";

const browser = {
  launchOptions: {
    executablePath: CHROMIUM,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--autoplay-policy=no-user-gesture-required",
    ],
  },
};

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const desktop = { viewport: { width: 1360, height: 900 } };

// a program that runs already keeps its letters and its time to itself: what needs them is not among its journeys
const elsewhere = process.env.LECTERN_E2E_PROGRAM ? [] : [/j14-account/, /j17-staff-people/, /j9-renew/, /own-school/];

// A journey in both languages runs in Chinese on a phone and in English at a desk; of what comes after the ground journeys only such
// ones run on a phone. With LECTERN_E2E_LONG=1 all of them run in both languages on both.
const long = Boolean(process.env.LECTERN_E2E_LONG);
const notOnPhone = long ? undefined : [/j\d+-.*: en$/, /j([89]|1\d)-(?!.*: zh$)/];
const notAtDesk = long ? undefined : /j\d+-.*: zh$/;

export default defineConfig({
  testDir: ".",
  timeout: 60_000,
  expect: { timeout: 10_000 },
  fullyParallel: true,
  workers: 2,
  retries: 1,
  reporter: [["list"]],
  use: { baseURL: process.env.LECTERN_E2E_URL, ...browser, locale: "zh-CN", timezoneId: "Asia/Shanghai", trace: "off" },
  projects: [
    { name: "phone", testIgnore: [/no-js|pages|own-school|attack/, ...elsewhere], grepInvert: notOnPhone, use: phone },
    { name: "desktop", testIgnore: [/no-js|pages|own-school/, ...elsewhere], grepInvert: notAtDesk, use: desktop },
    { name: "without-script", testMatch: /no-js/, testIgnore: elsewhere, use: { ...desktop, javaScriptEnabled: false } },
    { name: "pages", testMatch: /pages/, use: desktop },
    // each starts a program of its own and moves its clock
    { name: "own-school", testMatch: /own-school/, testIgnore: elsewhere, use: desktop },
  ],
});
