//! `/api/docs`: the document as a page. It needs no script, so that the strict policy of every other page holds here too.

use super::Site;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

/// `openapi.json`.
pub fn document(text: Bytes) -> Response {
    ([(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "public, max-age=300")], text).into_response()
}

/// The page.
pub async fn page(State(site): State<Site>) -> Response {
    let document = serde_json::to_value(super::document()).unwrap_or_default();
    let html = written(&document, &site.assets.url("app.css"));
    ([(CONTENT_TYPE, "text/html; charset=utf-8"), (CACHE_CONTROL, "public, max-age=300")], html).into_response()
}

fn written(document: &Value, style: &str) -> String {
    let info = &document["info"];
    let title = escape(text(&info["title"]));
    let about = escape(text(&info["description"]));
    let calls: String = calls(document).map(|call| shown(document, &call)).collect();
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>REST API · {title}</title><link rel=\"stylesheet\" href=\"{style}\"></head><body><main class=\"page\" id=\"main\">\
         <header class=\"page-head\"><p class=\"kicker\">/api/v1</p><h1>REST API</h1><p class=\"lede\">{about}</p>\
         <p><a href=\"/api/v1/openapi.json\">openapi.json</a></p></header><div class=\"stack gap-6\">{calls}</div></main></body></html>"
    )
}

struct Call<'a> {
    method: &'a str,
    path: &'a str,
    operation: &'a Value,
}

fn calls(document: &Value) -> impl Iterator<Item = Call<'_>> {
    let paths = document["paths"].as_object().into_iter().flatten();
    paths.flat_map(|(path, methods)| {
        let methods = methods.as_object().into_iter().flatten();
        methods.map(move |(method, operation)| Call { method, path, operation })
    })
}

fn shown(document: &Value, call: &Call<'_>) -> String {
    let operation = call.operation;
    let summary = escape(text(&operation["summary"]));
    let description = paragraph(text(&operation["description"]));
    let parameters = operation["parameters"].as_array().map(|all| parameters(all)).unwrap_or_default();
    let request = schema_of(&operation["requestBody"]).map(|schema| part("Body", &fields(document, schema))).unwrap_or_default();
    let answers: String = operation["responses"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(status, answer)| {
            let schema = schema_of(answer).map(|schema| fields(document, schema)).unwrap_or_default();
            part(&format!("{status} {}", escape(text(&answer["description"]))), &schema)
        })
        .collect();
    format!(
        "<section class=\"card stack gap-4\"><h2><code>{} {}</code></h2><p class=\"strong\">{summary}</p>{description}{parameters}{request}{answers}</section>",
        call.method.to_ascii_uppercase(),
        escape(call.path),
    )
}

fn parameters(all: &[Value]) -> String {
    let rows: String = all
        .iter()
        .map(|parameter| {
            let name = escape(text(&parameter["name"]));
            let place = escape(text(&parameter["in"]));
            let about = escape(text(&parameter["description"]));
            let needed = if parameter["required"] == true { " (required)" } else { "" };
            format!("<li><code>{name}</code> <span class=\"faint\">{place}{needed}</span> {about}</li>")
        })
        .collect();
    format!("<ul class=\"stack gap-1\" role=\"list\">{rows}</ul>")
}

fn part(title: &str, content: &str) -> String {
    if content.is_empty() {
        return format!("<p class=\"small faint\">{title}</p>");
    }
    format!("<details><summary>{title}</summary>{content}</details>")
}

/// The schema of a body or of an answer, of whatever media type.
fn schema_of(holder: &Value) -> Option<&Value> {
    holder["content"].as_object()?.values().next().map(|media| &media["schema"])
}

/// The fields of a schema, one level deep; a reference is followed, an array shows what it holds.
fn fields<'a>(document: &'a Value, mut schema: &'a Value) -> String {
    for _ in 0..4 {
        if let Some(name) = schema["$ref"].as_str().and_then(|place| place.rsplit('/').next()) {
            schema = &document["components"]["schemas"][name];
        } else if schema["items"].is_object() {
            schema = &schema["items"];
        }
    }
    let Some(properties) = schema["properties"].as_object() else { return String::new() };
    let rows: String = properties
        .iter()
        .map(|(name, field)| {
            let about = escape(text(&field["description"]));
            format!("<li><code>{}</code> <span class=\"faint\">{}</span> {about}</li>", escape(name), escape(&kind(field)))
        })
        .collect();
    format!("<ul class=\"stack gap-1\" role=\"list\">{rows}</ul>")
}

fn kind(field: &Value) -> String {
    let named = |value: &Value| value["$ref"].as_str().and_then(|place| place.rsplit('/').next()).map(str::to_owned);
    match &field["type"] {
        Value::String(kind) if kind == "array" => format!("[{}]", self::kind(&field["items"])),
        Value::String(kind) => kind.clone(),
        Value::Array(kinds) => kinds.iter().map(text).collect::<Vec<_>>().join(" or "),
        _ => named(field).unwrap_or_default(),
    }
}

fn paragraph(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!("<p>{}</p>", escape(words)) }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
