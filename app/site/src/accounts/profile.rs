//! How others see one.

use super::api;
use super::gate::{Mistakes, wrong};
use super::settings::{Place, Settings};
use leptos::prelude::*;
use locale::{accounts, faults};
use model::accounts::Profile;
use model::routes;
use ui::{Answer, Avatar, AvatarSize, Button, Field, FormActions, Select, TextArea, loaded};

#[component]
pub fn ProfilePage() -> impl IntoView {
    let lang = wire::lang();
    view! { <Settings place=Place::Profile title=accounts::profile_title(lang)>{loaded(api::read_profile(), content)}</Settings> }
}

fn content(profile: Profile) -> AnyView {
    let lang = wire::lang();
    let form = wire::form_state("profile");
    let languages = vec![Answer::new("zh", "中文"), Answer::new("en", "English")];
    let optional = faults::optional(lang);
    view! {
        <div class="pair">
            <Avatar name=profile.name.as_str() size=AvatarSize::Huge/>
            <div class="stack gap-1">
                <strong class="large">{profile.name.to_string()}</strong>
                <a class="small" href=routes::person(lang, &profile.handle)>{format!("/u/{}", profile.handle)}</a>
                <span class="small faint">{profile.email.to_string()}</span>
            </div>
        </div>
        <Mistakes form=form.clone()/>
        <form method="post" class="stack gap-5">
            <input type="hidden" name="form" value="profile"/>
            <Field label=accounts::name(lang) name="name" autocomplete="name" value=form.value("name", profile.name.as_str())
                help=accounts::name_help(lang) error=wrong(&form, "name") required=true maxlength=60/>
            <Field label=accounts::headline(lang) name="headline" value=form.value("headline", &profile.headline) note=optional
                help=accounts::headline_help(lang) error=wrong(&form, "headline") maxlength=120/>
            <TextArea label=accounts::bio(lang) name="bio" value=form.value("bio", &profile.bio) note=optional
                help=accounts::bio_help(lang) error=wrong(&form, "bio") maxlength=1000 rows=5/>
            <Select label=accounts::letters_language(lang) name="lang" options=languages
                value=form.value("lang", profile.lang.as_str()) error=wrong(&form, "lang")/>
            <FormActions><Button>{accounts::keep(lang)}</Button></FormActions>
        </form>
    }
    .into_any()
}
