// studio.js: asked for by elements.js where something is arranged, uploaded or written.
import { AutosaveForm } from "./autosave/element.ts";
import { SortableList } from "./sortable/element.ts";
import { MediaUploader } from "./upload/element.ts";

customElements.define("sortable-list", SortableList);
customElements.define("media-uploader", MediaUploader);
customElements.define("autosave-form", AutosaveForm);
