//! What a course promises its buyers, and who else earns with it: two parts of its page of prices.

use super::api;
use leptos::prelude::*;
use locale::earnings;
use model::earnings::{CoAuthor, CourseTerms};
use model::ids::CourseId;
use ui::{Button, Column, Field, FormActions, Kind, Mistakes, Notice, OneButton, Table, Tone, loaded, wrong};

/// The two parts.
#[component]
pub fn Terms(course: CourseId) -> impl IntoView {
    loaded(api::read_terms(course), content)
}

fn content(terms: CourseTerms) -> AnyView {
    let lang = wire::lang();
    let saved = (wire::query().get("done") == Some("terms"))
        .then(|| view! { <Notice tone=Tone::Success live=true><p>{earnings::terms_saved(lang)}</p></Notice> });
    view! {
        <div id="terms" class="mt-7">{saved}{promise(&terms)}{authors(&terms)}</div>
    }
    .into_any()
}

fn promise(terms: &CourseTerms) -> AnyView {
    let lang = wire::lang();
    let form = wire::form_state("promise");
    view! {
        <section class="section">
            <header class="section-head"><h2>{earnings::terms_refunds(lang)}</h2><p>{earnings::terms_refunds_text(lang)}</p></header>
            <Mistakes form=form.clone()/>
            <form method="post" class="stack gap-5 measure">
                <input type="hidden" name="form" value="promise"/>
                <p class="muted">{earnings::policy(lang, terms.policy)}</p>
                <div class="grid-2">
                    <Field label=earnings::terms_days(lang) name="days" value=form.value("days", &terms.policy.days.to_string())
                        help=earnings::terms_days_help(lang) inputmode="numeric" error=wrong(&form, "days") required=true maxlength=3/>
                    <Field label=earnings::terms_studied(lang) name="studied" value=form.value("studied", &terms.policy.studied.to_string())
                        inputmode="numeric" error=wrong(&form, "studied") required=true maxlength=3/>
                </div>
                <FormActions><Button kind=Kind::Secondary>{earnings::terms_save(lang)}</Button></FormActions>
            </form>
        </section>
    }
    .into_any()
}

fn authors(terms: &CourseTerms) -> AnyView {
    let lang = wire::lang();
    let form = wire::form_state("author");
    let columns = vec![
        Column::new(locale::orders::name(lang)),
        Column::new(earnings::terms_share(lang)).numeric(),
        Column::new(earnings::act(lang)),
    ];
    let own = percent(terms.own_bp);
    let rows: Vec<_> = terms.authors.iter().cloned().map(author).collect();
    view! {
        <section class="section">
            <header class="section-head"><h2>{earnings::terms_authors(lang)}</h2><p>{earnings::terms_authors_text(lang)}</p></header>
            <Table columns label=earnings::terms_authors(lang)>
                <tr><td>{earnings::terms_own(lang)}</td><td class="num">{own}</td><td></td></tr>
                {rows}
            </Table>
            <Mistakes form=form.clone()/>
            <form method="post" class="stack gap-5 measure mt-5">
                <input type="hidden" name="form" value="author"/>
                <div class="grid-2">
                    <Field label=earnings::terms_email(lang) name="email" kind="email" value=form.value("email", "")
                        error=wrong(&form, "email") required=true maxlength=254 autocomplete="off"/>
                    <Field label=earnings::terms_share(lang) name="share" value=form.value("share", "") inputmode="decimal"
                        error=wrong(&form, "share") required=true maxlength=6 autocomplete="off"/>
                </div>
                <FormActions><Button kind=Kind::Secondary>{earnings::terms_add(lang)}</Button></FormActions>
            </form>
        </section>
    }
    .into_any()
}

fn author(author: CoAuthor) -> impl IntoView {
    let lang = wire::lang();
    view! {
        <tr>
            <td>{author.name}<br/><span class="small faint">{author.email}</span></td>
            <td class="num">{percent(author.share_bp)}</td>
            <td class="table-actions">
                <OneButton form="drop_author" name="author" value=author.account.to_string() label=earnings::terms_drop(lang)/>
            </td>
        </tr>
    }
}

/// Hundredths of a per cent as one writes them: `33.33%`.
fn percent(bp: u32) -> String {
    let text = format!("{}.{:02}", bp / 100, bp % 100);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}
