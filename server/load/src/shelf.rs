//! What a program sells, read from its pages as a visitor would.

use crate::client::{Connection, get};
use crate::program::Program;
use crate::told;

/// The paths of courses that cost something.
pub async fn priced(program: &Program) -> Result<Vec<String>, String> {
    let mut connection = Connection::open(program.address).await.map_err(told)?;
    let map = connection.send(&get("/sitemap.xml", "", false)).await.map_err(told)?.text();
    let mut paths: Vec<String> = map
        .split("/en/courses/")
        .skip(1)
        .filter_map(|rest| rest.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).next())
        .filter(|slug| !slug.is_empty())
        .map(|slug| format!("/en/courses/{slug}"))
        .collect();
    paths.sort();
    paths.dedup();
    let mut paid = Vec::new();
    for path in paths {
        let page = connection.send(&get(&path, "", false)).await.map_err(told)?.text();
        if page.contains("name=\"form\" value=\"buy\"") {
            paid.push(path);
        }
    }
    if paid.is_empty() { Err("the catalog has no course that costs something".into()) } else { Ok(paid) }
}
