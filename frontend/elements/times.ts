// times.js: asked for by elements.js where a page names a moment, or wants to know the reader's calendar.
import { localTimes, tellZone } from "./small/times.ts";

localTimes();
tellZone();
