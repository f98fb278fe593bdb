// suggest.js: asked for by elements.js when a search field is first touched.
import { suggestWhileTyping } from "./small/suggest.ts";

suggestWhileTyping();
