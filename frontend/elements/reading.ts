// reading.js: asked for by elements.js where a text or a document is read.
import { ReadingMark } from "./reading/element.ts";

customElements.define("reading-mark", ReadingMark);
