// player.js: asked for by elements.js where a lesson plays.
import { LessonPlayer } from "./player/element.ts";

customElements.define("lesson-player", LessonPlayer);
