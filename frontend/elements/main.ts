// elements.js, on every page. Each element upgrades HTML that works without it; README.md is the contract.
import { listenForAnnouncements } from "./announce.ts";
import { reloadOnChange } from "./dev.ts";
import { loadWhatThePageNeeds } from "./lazy.ts";
import { AppNotices } from "./notices/element.ts";
import { keepSending } from "./outbox.ts";
import { DismissItem } from "./small/dismiss.ts";
import { enhanceForms } from "./small/forms.ts";
import { KeptPages } from "./small/kept.ts";
import { closeMenus } from "./small/menus.ts";
import { guardDoubleSubmits } from "./small/once.ts";
import { shortcuts } from "./small/shortcuts.ts";
import { suggestWhileTyping } from "./small/suggest.ts";
import { switchThemes } from "./small/theme.ts";
import { localTimes } from "./small/times.ts";

declare const DEVELOPMENT: boolean;

listenForAnnouncements();
keepSending();
shortcuts();
switchThemes();
closeMenus();
enhanceForms();
localTimes();
suggestWhileTyping();
loadWhatThePageNeeds();

customElements.define("dismiss-item", DismissItem);
customElements.define("app-notices", AppNotices);
customElements.define("kept-pages", KeptPages);
// Last: what another listener already took is none of its business.
guardDoubleSubmits();

if (DEVELOPMENT) reloadOnChange();
