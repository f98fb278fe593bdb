// Every page × language × theme × width: no axe violation, no complaint, and the promises of every page.
import { isAccessible, keepsItsPromises, signIn, test, type Lang } from "./school";

const ANYONE = [
  "", "/courses", "/courses?kind=course&level=beginner", "/courses?q=zzzz-nothing", "/search?q=data", "/topics/programming", "/courses/analytical-engines",
  "/courses/notes", "/u/ada", "/login", "/login/second", "/register", "/reset", "/reset/over", "/verify", "/verify/over", "/settings/interests", "/membership", "/help/buying", "/help/refunds", "/legal/terms", "/legal/privacy", "/nowhere", "/offline", "/dev/ui",
];
const MEMBER = ["", "/feed", "/me/learning", "/me/orders", "/me/membership", "/settings/profile", "/settings/security", "/settings/security/codes", "/settings/interests", "/verify", "/confirm"];
const TEACHER = ["/studio/courses", "/studio/courses/new", "/studio/media"];
const STAFF = ["/admin/orders", "/admin/refunds", "/admin/subscriptions", "/admin/users", "/admin/audit"];

const VIEWS = [
  { name: "phone light", size: { width: 390, height: 844 }, scheme: "light" },
  { name: "phone dark", size: { width: 390, height: 844 }, scheme: "dark" },
  { name: "desktop light", size: { width: 1440, height: 900 }, scheme: "light" },
  { name: "desktop dark", size: { width: 1440, height: 900 }, scheme: "dark" },
] as const;

const GROUPS: [string, string | undefined, string[]][] = [
  ["anyone", undefined, ANYONE],
  ["a learner", "grace", MEMBER],
  ["a teacher", "ada", TEACHER],
  ["staff", "sam", STAFF],
];

for (const [who, account, paths] of GROUPS) {
  for (const lang of ["zh", "en"] as Lang[]) {
    for (const view of VIEWS) {
      test(`the pages of ${who} are sound: ${lang}, ${view.name}`, async ({ page }) => {
        test.setTimeout(180_000);
        await page.setViewportSize(view.size);
        await page.emulateMedia({ colorScheme: view.scheme, reducedMotion: "reduce" });
        if (account) await signIn(page, account, lang);
        for (const path of paths) {
          await page.goto(`/${lang}${path}`);
          await keepsItsPromises(page);
          await isAccessible(page);
        }
      });
    }
  }
}
