// Every page × language × theme × width: no complaint, and the promises of every page; axe finds nothing, in one language at one
// width and in the other at the other (LECTERN_E2E_LONG=1: in each at both).
import { hasContrast, isAccessible, keepsItsPromises, signIn, test, type Lang } from "./school";

const ANYONE = [
  "", "/courses", "/courses?kind=course&level=beginner", "/courses?q=zzzz-nothing", "/search?q=data", "/topics/programming", "/courses/analytical-engines",
  "/courses/notes", "/u/ada", "/login", "/login/second", "/register", "/reset", "/reset/over", "/verify", "/verify/over", "/letters/over", "/settings/interests", "/membership", "/cart", "/redeem", "/settings/appearance", "/help/buying", "/help/refunds",
  "/legal/terms", "/legal/privacy", "/nowhere", "/offline", "/dev/ui",
];
const MEMBER = [
  "", "/feed", "/me/learning", "/me/orders", "/me/membership", "/me/wallet", "/me/invoices", "/share", "/gift", "/seats", "/logout",
  "/settings/profile", "/settings/security", "/settings/security/codes", "/settings/interests", "/settings/tokens", "/settings/privacy", "/settings/notifications", "/notifications", "/settings/data", "/settings/delete", "/verify", "/confirm",
];
const TEACHER = ["/studio/courses", "/studio/courses/new", "/studio/media", "/studio/earnings", "/studio/coupons", "/studio/bundles"];
const STAFF = [
  "/admin/orders", "/admin/refunds", "/admin/subscriptions", "/admin/users", "/admin/audit", "/admin/coupons", "/admin/invoices", "/admin/codes",
  "/admin/payouts", "/admin/suspense", "/admin/webhooks", "/admin/reconciliation", "/admin/roles", "/admin/see-as", "/admin/signals", "/admin/trail",
];

const SIZES = [
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
];

const GROUPS: [string, string | undefined, string[]][] = [
  ["anyone", undefined, ANYONE],
  ["a learner", "grace", MEMBER],
  ["a teacher", "ada", TEACHER],
  ["staff", "sam", STAFF],
];

for (const [who, account, paths] of GROUPS) {
  for (const lang of ["zh", "en"] as Lang[]) {
    test(`the pages of ${who} are sound in every size and theme: ${lang}`, async ({ page }) => {
      test.setTimeout(20_000 * paths.length);
      await page.emulateMedia({ reducedMotion: "reduce" });
      if (account) await signIn(page, account, lang);
      for (const path of paths) {
        await page.goto(`/${lang}${path}`);
        for (const size of SIZES) {
          await page.setViewportSize(size);
          await page.emulateMedia({ colorScheme: "light" });
          await keepsItsPromises(page);
          const light = (size.width < 480) === (lang === "zh");
          if (light || process.env.LECTERN_E2E_LONG) await isAccessible(page);
          // another theme has other colours and nothing else
          await page.emulateMedia({ colorScheme: "dark" });
          if (!light || process.env.LECTERN_E2E_LONG) await hasContrast(page);
        }
      }
    });
  }
}
