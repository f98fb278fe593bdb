// sheet.js: asked for by elements.js where WeChat's own sheet can be paid by.
import { WechatSheet } from "./sheet/element.ts";

customElements.define("wechat-sheet", WechatSheet);
