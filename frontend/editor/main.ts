import { LessonEditor } from "./element.ts";

customElements.define("lesson-editor", LessonEditor);
