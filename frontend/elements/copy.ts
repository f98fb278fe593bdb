// copy.js: asked for by elements.js where a link is handed on.
import { CopyButton } from "./copy/element.ts";

customElements.define("copy-button", CopyButton);
