//! The islands, for the browser.

// links the pages' islands into the bundle
extern crate app as _;

use wasm_bindgen::prelude::wasm_bindgen;

/// Called by `islands.js` once the page has loaded.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
