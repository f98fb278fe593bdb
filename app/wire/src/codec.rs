//! How the answers of server functions travel where an island hears them. Programs get the JSON they get everywhere; the
//! browser's half does not read it, because what reads JSON would be a tenth of everything it fetches.

use crate::Error;
use leptos::server_fn::codec::Post;
use leptos::server_fn::{ContentType, Decodes, Encodes, Format, FormatType};
use std::convert::Infallible;

type Bytes = leptos::server_fn::Bytes;

const JSON: &str = "application/json";

/// For a server function that answers nothing: `#[server(output = wire::Done)]`.
pub type Done = Post<Nothing>;

/// The answer that says nothing.
pub struct Nothing;

impl ContentType for Nothing {
    const CONTENT_TYPE: &'static str = JSON;
}
impl FormatType for Nothing {
    const FORMAT_TYPE: Format = Format::Text;
}
impl Encodes<()> for Nothing {
    type Error = Infallible;

    fn encode((): &()) -> Result<Bytes, Infallible> {
        Ok(Bytes::from_static(b"null"))
    }
}
impl Decodes<()> for Nothing {
    type Error = Infallible;

    fn decode(_: Bytes) -> Result<(), Infallible> {
        Ok(())
    }
}

/// A refusal. An island learns that there was one, never which: the page's own form says it at the field.
pub struct Refused;

impl ContentType for Refused {
    const CONTENT_TYPE: &'static str = JSON;
}
impl FormatType for Refused {
    const FORMAT_TYPE: Format = Format::Text;
}

#[cfg(feature = "ssr")]
impl Encodes<Error> for Refused {
    type Error = serde_json::Error;

    fn encode(error: &Error) -> Result<Bytes, serde_json::Error> {
        serde_json::to_vec(&error.0).map(Bytes::from)
    }
}
#[cfg(not(feature = "ssr"))]
impl Encodes<Error> for Refused {
    type Error = Infallible;

    fn encode(_: &Error) -> Result<Bytes, Infallible> {
        Ok(Bytes::new())
    }
}
impl Decodes<Error> for Refused {
    type Error = Infallible;

    fn decode(_: Bytes) -> Result<Error, Infallible> {
        Ok(Error(model::Fault::Broken(String::new())))
    }
}
