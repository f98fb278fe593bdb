import { listenForAnnouncements } from "./announce.ts";
import { keepSending } from "./outbox.ts";
import { LessonPlayer } from "./player/element.ts";

listenForAnnouncements();
keepSending();
customElements.define("lesson-player", LessonPlayer);
