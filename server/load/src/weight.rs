//! What a page weighs on its way to a browser: bytes of HTML, CSS, script and WASM, brotli.

use crate::table::Table;
use load::client::{Answer, Connection, get};
use load::program::Program;
use load::told;
use std::net::SocketAddr;

/// Bytes after brotli.
#[derive(Debug, Clone, Copy, Default)]
pub struct Weight {
    pub html: usize,
    pub css: usize,
    pub js: usize,
    /// Loaded after the page, and only where an island stands.
    pub wasm: usize,
}

/// The pages with a budget, in KB: HTML, CSS, JS, and WASM after load.
fn budgets(grace: &str) -> [(&'static str, &'static str, &str, [usize; 4]); 6] {
    [
        ("home", "/en", "", [20, 14, 12, 90]),
        ("catalog", "/en/courses", "", [20, 14, 12, 90]),
        ("course", "/en/courses/analytical-engines", "", [20, 14, 12, 90]),
        ("feed, signed in", "/en/feed", grace, [20, 14, 12, 90]),
        ("help", "/en/help/buying", "", [12, 14, 4, 0]),
        ("my learning", "/en/me/learning", grace, [45, 16, 14, 90]),
    ]
}

/// Every page's bytes beside its budget.
pub async fn table(program: &Program, grace: &str) -> Table {
    let mut table = Table::new("Bytes per page, brotli (budget)", &["page", "HTML", "CSS", "JS", "WASM after load"]);
    for (name, path, cookies, budget) in budgets(grace) {
        match of(program.address, path, cookies).await {
            Ok(weight) => {
                let [html, css, js, wasm] = [weight.html, weight.css, weight.js, weight.wasm];
                table.row(&[name, &cell(html, budget[0]), &cell(css, budget[1]), &cell(js, budget[2]), &cell(wasm, budget[3])]);
            }
            Err(reason) => table.row(&[name, &reason, "-", "-", "-"]),
        }
    }
    table
}

fn cell(bytes: usize, budget: usize) -> String {
    let over = if bytes > budget * 1024 { " OVER" } else { "" };
    format!("{}.{} ({budget}){over} KB", bytes / 1024, bytes % 1024 * 10 / 1024)
}

/// Weighs the page at `path`.
async fn of(address: SocketAddr, path: &str, cookies: &str) -> Result<Weight, String> {
    let mut connection = Connection::open(address).await.map_err(told)?;
    let page = fetch(&mut connection, path, cookies).await?;
    let html = plain(&page)?;
    let mut weight = Weight { html: packed(&page), ..Weight::default() };
    for file in named(&html) {
        let answer = fetch(&mut connection, &file, "").await?;
        match file.rsplit('.').next() {
            Some("css") => weight.css += packed(&answer),
            Some("js") => weight.js += packed(&answer),
            _ => (),
        }
        if html.contains("<leptos-island") && file.contains("/islands.") {
            let starter = plain(&answer)?;
            for module in named(&starter) {
                let answer = fetch(&mut connection, &module, "").await?;
                weight.wasm += packed(&answer);
            }
        }
    }
    Ok(weight)
}

async fn fetch(connection: &mut Connection, path: &str, cookies: &str) -> Result<Answer, String> {
    let answer = connection.send(&get(path, cookies, true)).await.map_err(told)?;
    if answer.status == 200 { Ok(answer) } else { Err(format!("{path} answered {}", answer.status)) }
}

/// Bytes under `/pkg/` that a text names.
fn named(text: &str) -> Vec<String> {
    let mut files: Vec<String> = text
        .split("/pkg/")
        .skip(1)
        .filter_map(|rest| rest.split(|c: char| !(c.is_ascii_alphanumeric() || "._-".contains(c))).next())
        .map(|name| format!("/pkg/{name}"))
        .collect();
    files.sort();
    files.dedup();
    files
}

fn plain(answer: &Answer) -> Result<String, String> {
    if answer.header("content-encoding") != Some("br") {
        return Ok(answer.text());
    }
    let mut text = Vec::new();
    brotli::BrotliDecompress(&mut answer.body.as_slice(), &mut text).map_err(told)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// As sent, or (where the proxy in front is to do it) as brotli at its usual quality of 5 makes it.
fn packed(answer: &Answer) -> usize {
    if answer.header("content-encoding").is_some() {
        return answer.body.len();
    }
    let settings = brotli::enc::BrotliEncoderParams { quality: 5, ..Default::default() };
    let mut packed = Vec::new();
    let _ = brotli::BrotliCompress(&mut answer.body.as_slice(), &mut packed, &settings);
    packed.len()
}
