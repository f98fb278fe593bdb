// kept.js: asked for by elements.js on the offline page.
import { KeptPages } from "./small/kept.ts";

customElements.define("kept-pages", KeptPages);
