// times.js: asked for by elements.js where a page names a moment.
import { localTimes } from "./small/times.ts";

localTimes();
