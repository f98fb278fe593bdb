//! The texts of the house.

use crate::error::OrNotFound;
use crate::{Result, prose};
use locale::house;
use model::Lang;
use model::storefront::{Document, Shelf};

/// The text called `name`, rendered.
pub fn document(lang: Lang, shelf: Shelf, name: &str) -> Result<Document> {
    let title = house::title(lang, shelf, name).or_not_found()?;
    let lede = house::lede(lang, shelf, name).or_not_found()?;
    let text = house::markdown(lang, shelf, name).or_not_found()?;
    Ok(Document { shelf, name: name.to_owned(), title: title.to_owned(), lede: lede.to_owned(), body: prose::render(text) })
}
