// passkey.js: asked for by elements.js where a key of the device can be made or used.
import { PasskeyGate } from "./passkey/gate.ts";
import { PasskeyMaker } from "./passkey/maker.ts";

customElements.define("passkey-gate", PasskeyGate);
customElements.define("passkey-maker", PasskeyMaker);
