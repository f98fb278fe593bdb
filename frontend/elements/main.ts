// elements.js, on every page. Each element upgrades HTML that works without it; README.md is the contract.
import { listenForAnnouncements } from "./announce.ts";
import { reloadOnChange } from "./dev.ts";
import { loadWhatThePageNeeds } from "./lazy.ts";
import { AppNotices } from "./notices/element.ts";
import { keepSending } from "./outbox.ts";
import { enhanceForms } from "./small/forms.ts";
import { closeMenus } from "./small/menus.ts";
import { guardDoubleSubmits } from "./small/once.ts";
import { shortcuts } from "./small/shortcuts.ts";
import { switchThemes } from "./small/theme.ts";

declare const DEVELOPMENT: boolean;

listenForAnnouncements();
keepSending();
shortcuts();
switchThemes();
closeMenus();
enhanceForms();
loadWhatThePageNeeds();

customElements.define("app-notices", AppNotices);
// Last: what another listener already took is none of its business.
guardDoubleSubmits();

if (DEVELOPMENT) reloadOnChange();
