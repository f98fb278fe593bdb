//! What the page looks like in each state of a payment.

use super::html::{escape, fill};
use crate::money;
use crate::payments::{CODE, Payment, Status};
use crate::words::{Card, Lang, Report, Words};

/// A payment as one payer looks at it.
pub(super) struct Seen<'a> {
    pub(super) lang: Lang,
    pub(super) payment: &'a Payment,
    pub(super) now: i64,
    /// Something to say above the state.
    pub(super) notice: Option<&'a str>,
    /// Whether the page leaves by itself.
    pub(super) leaves: bool,
}

/// The page of a payment.
pub(super) fn page(seen: &Seen) -> String {
    let words = seen.lang.words();
    let payment = seen.payment;
    let notice = seen.notice.map(|text| notice(text, "quiet")).unwrap_or_default();
    let state = match payment.status {
        Status::Open if payment.is_payable(seen.now) && payment.challenge > 0 => challenge(seen),
        Status::Open if payment.is_payable(seen.now) => methods(seen),
        Status::Open => report(seen, "over", &words.expired),
        Status::Processing => report(seen, "wait", &words.processing),
        Status::Succeeded => report(seen, "done", &words.succeeded),
        Status::Failed => report(seen, "over", &words.failed),
        Status::Canceled if payment.expires_at <= seen.now => report(seen, "over", &words.expired),
        Status::Canceled => report(seen, "over", &words.canceled),
    };
    let title = fill(words.title, &[("amount", &payment.price())]);
    document(seen.lang, &title, &format!("/pay/{}", payment.id), &format!("{}{notice}{state}", summary(seen)))
}

/// The page where there is no payment to show.
pub(super) fn nothing(lang: Lang, report: &Report) -> String {
    let body = fill(
        r#"<section class="state"><svg class="mark over" viewBox="0 0 48 48" aria-hidden="true"><circle cx="24" cy="24" r="21"/><path d="M16 16l16 16M32 16L16 32"/></svg>
<h1>{title}</h1><p>{text}</p></section>"#,
        &[("title", report.title), ("text", report.text)],
    );
    document(lang, report.title, "", &body)
}

fn document(lang: Lang, title: &str, path: &str, body: &str) -> String {
    let words = lang.words();
    let other = if lang == Lang::Zh { Lang::En } else { Lang::Zh };
    let switch = if path.is_empty() {
        String::new()
    } else {
        let values = [("path", path), ("code", other.code()), ("tag", other.tag()), ("name", words.other_language)];
        fill(r#"<a class="switch" href="{path}?lang={code}" lang="{tag}" hreflang="{tag}">{name}</a>"#, &values)
    };
    format!(
        r#"<!DOCTYPE html>
<html lang="{tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>{title} · {brand}</title>
<link rel="icon" href="/pay.svg" type="image/svg+xml">
<link rel="stylesheet" href="/pay.css">
</head>
<body>
<p class="ribbon"><strong>SANDBOX</strong><span>{ribbon}</span></p>
<header><span class="brand"><img src="/pay.svg" alt="" width="28" height="28">{brand}</span>{switch}</header>
<main>
{body}
</main>
</body>
</html>
"#,
        tag = lang.tag(),
        title = escape(title),
        brand = escape(words.brand),
        ribbon = escape(words.ribbon),
    )
}

/// The amount and what it is for, above everything.
fn summary(seen: &Seen) -> String {
    let words = seen.lang.words();
    let payment = seen.payment;
    let left = if payment.is_payable(seen.now) {
        let minutes = (payment.expires_at - seen.now) / 60_000;
        let time = match minutes {
            0 => words.last_minute.to_owned(),
            some => words.minutes.replace("{n}", &some.to_string()),
        };
        fill("<div><dt>{name}</dt><dd>{time}</dd></div>", &[("name", words.expires), ("time", &time)])
    } else {
        String::new()
    };
    let refunded = if payment.refunded > 0 {
        let amount = money::show(payment.refunded, &payment.currency);
        format!("<p class=\"refunded\">{}</p>", fill(words.refunded, &[("amount", &amount)]))
    } else {
        String::new()
    };
    let what = if payment.description.is_empty() {
        String::new()
    } else {
        fill("<p class=\"what\">{it}</p>", &[("it", &payment.description)])
    };
    let facts = fill(
        "<div><dt>{name}</dt><dd class=\"number\">{reference}</dd></div>",
        &[("name", words.reference), ("reference", &payment.reference)],
    );
    let shop = shop(payment);
    let paying = fill(words.paying, &[("shop", &shop)]);
    format!(
        "<section class=\"summary\"><p class=\"to\">{paying}</p><p class=\"amount\">{}</p>{what}{refunded}<dl>{facts}{left}</dl></section>",
        escape(&payment.price())
    )
}

/// The host that the payer came from, or the one that is told.
fn shop(payment: &Payment) -> String {
    let told = payment.notify_url.as_deref().unwrap_or_default();
    let url = if payment.return_url.is_empty() { told } else { &payment.return_url };
    let place = url.split_once("://").map_or("", |(_, rest)| rest);
    place.split(['/', '?', '#']).next().unwrap_or(place).to_owned()
}

fn notice(text: &str, tone: &str) -> String {
    fill("<p class=\"notice {tone}\" role=\"status\">{text}</p>", &[("tone", tone), ("text", text)])
}

/// The cards and methods to choose from.
fn methods(seen: &Seen) -> String {
    let words = seen.lang.words();
    let refused = seen.payment.failure.as_deref().and_then(|code| refusal(words, code));
    let refused = refused.map(|text| notice(text, "refused")).unwrap_or_default();
    let cards = [
        card("pay", "4242", "good", &words.works),
        card("challenge", "3155", "bank", &words.confirmed),
        card("insufficient_funds", "9995", "bad", &words.insufficient),
        card("lost_card", "9987", "bad", &words.lost),
    ]
    .concat();
    let later = if seen.payment.remember {
        [
            card("pay_then_insufficient", "0341", "bank", &words.works_once),
            card("pay_then_lost", "0259", "bank", &words.lost_later),
        ]
        .concat()
    } else {
        String::new()
    };
    let cards = format!("{cards}{later}");
    let slow = [method("succeed_later", "good", &words.slow_works), method("fail_later", "bad", &words.slow_fails)].concat();
    format!(
        r#"{refused}<form method="post" action="{action}">
<section aria-labelledby="cards"><h1 id="cards">{cards_title}</h1><p class="hint">{cards_hint}</p><div class="cards">{cards}</div></section>
<section aria-labelledby="slow"><h2 id="slow">{slow_title}</h2><p class="hint">{slow_hint}</p><div class="methods">{slow}</div></section>
</form>
{leave}"#,
        action = action(seen),
        cards_title = escape(words.cards),
        cards_hint = escape(words.cards_hint),
        slow_title = escape(words.slow),
        slow_hint = escape(words.slow_hint),
        leave = back(seen, words.abandon, "<p class=\"leave\"><a href=\"{shop}\">{words}</a></p>"),
    )
}

fn card(action: &str, digits: &str, kind: &str, card: &Card) -> String {
    fill(
        r#"<button class="card {kind}" name="action" value="{action}"><span class="chip" aria-hidden="true"></span><span class="digits">•••• {digits}</span>
<span class="name">{title}</span><span class="effect">{effect}</span></button>"#,
        &[("kind", kind), ("action", action), ("digits", digits), ("title", card.title), ("effect", card.effect)],
    )
}

fn method(action: &str, kind: &str, card: &Card) -> String {
    fill(
        r#"<button class="method {kind}" name="action" value="{action}"><span class="name">{title}</span><span class="effect">{effect}</span></button>"#,
        &[("kind", kind), ("action", action), ("title", card.title), ("effect", card.effect)],
    )
}

fn refusal(words: &Words, code: &str) -> Option<&'static str> {
    match code {
        "insufficient_funds" => Some(words.insufficient_funds),
        "lost_card" => Some(words.lost_card),
        "challenge_failed" => Some(words.challenge_failed),
        "challenge_denied" => Some(words.challenge_denied),
        _ => None,
    }
}

/// One step of the bank's confirmation.
fn challenge(seen: &Seen) -> String {
    let words = seen.lang.words();
    let step = seen.payment.challenge;
    let price = seen.payment.price();
    let shop = shop(seen.payment);
    let values = [("amount", price.as_str()), ("shop", shop.as_str()), ("code", CODE)];
    let report = match step {
        1 => &words.step_one,
        2 => &words.step_two,
        _ => &words.step_three,
    };
    let field = if step == 2 {
        fill(
            r#"<label class="field"><span>{code}</span><input name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="6" required autofocus aria-describedby="code-hint"><small id="code-hint">{hint}</small></label>"#,
            &[("code", words.code), ("hint", words.code_hint)],
        )
    } else {
        String::new()
    };
    let go_on = if step == 3 { fill(words.approve, &values) } else { escape(words.go_on) };
    format!(
        r#"<section class="confirm" aria-labelledby="bank"><p class="issuer">{bank}</p><p class="step">{count}</p><progress max="3" value="{step}" aria-label="{count}"></progress>
<h1 id="bank">{title}</h1><p>{text}</p>
<form method="post" action="{action}"><input type="hidden" name="step" value="{step}">{field}
<div class="buttons"><button class="primary" name="action" value="confirm">{go_on}</button><button class="plain" name="action" value="deny" formnovalidate>{deny}</button></div></form></section>"#,
        bank = escape(words.bank),
        count = fill(words.step, &[("n", &step.to_string())]),
        title = escape(report.title),
        text = fill(report.text, &values),
        action = action(seen),
        deny = escape(words.deny),
    )
}

/// Where the page's forms go: to itself, in the same language.
fn action(seen: &Seen) -> String {
    format!("/pay/{}?lang={}", escape(&seen.payment.id), seen.lang.code())
}

/// A state in which there is nothing to decide.
fn report(seen: &Seen, kind: &str, report: &Report) -> String {
    let words = seen.lang.words();
    let drawing = match kind {
        "done" => r#"<path d="M14 25l7 7 14-15"/>"#,
        "wait" => r#"<path d="M24 12v12l8 5"/>"#,
        _ => r#"<path d="M16 16l16 16M32 16L16 32"/>"#,
    };
    let again = if kind == "wait" {
        format!("<a class=\"plain\" href=\"{}\">{}</a>", action(seen), escape(words.look_again))
    } else {
        String::new()
    };
    let leaving = if seen.leaves && kind == "done" {
        fill("<p class=\"hint\">{it}</p>", &[("it", words.going_back)])
    } else {
        String::new()
    };
    format!(
        r#"<section class="state" aria-live="polite"><svg class="mark {kind}" viewBox="0 0 48 48" aria-hidden="true"><circle cx="24" cy="24" r="21"/>{drawing}</svg>
<h1>{title}</h1><p>{text}</p><div class="buttons">{back}{again}</div>{leaving}</section>"#,
        title = escape(report.title),
        text = fill(report.text, &[("amount", &seen.payment.price())]),
        back = back(seen, words.back, "<a class=\"primary\" href=\"{shop}\">{words}</a>"),
    )
}

/// The way back to the shop, where there is one: who scanned a code with a phone came from nowhere.
fn back(seen: &Seen, words: &str, shape: &str) -> String {
    match seen.payment.return_url.as_str() {
        "" => String::new(),
        shop => fill(shape, &[("shop", shop), ("words", words)]),
    }
}
