//! Letters as .eml files in a folder: what happens to mail until a mail server is configured.

use domain::ports::{Letter, Mail, Outage};
use futures::future::BoxFuture;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, SinglePart};
use lettre::{Address, Message};
use std::path::PathBuf;

/// The folder.
pub struct Letterbox {
    folder: PathBuf,
    from: String,
}

/// Whether letters may come from this sender; why not otherwise.
pub fn check_sender(from: &str) -> Result<(), String> {
    from.parse::<Mailbox>().map(|_| ()).map_err(|cause| format!("{from}: {cause}; such as Lectern <no-reply@lectern.example>"))
}

impl Letterbox {
    /// `from` is the sender: `Lectern <no-reply@lectern.example>`.
    pub fn new(folder: PathBuf, from: &str) -> Self {
        Self { folder, from: from.to_owned() }
    }
}

impl Mail for Letterbox {
    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), Outage>> {
        Box::pin(async move {
            let message = message(letter, &self.from)?;
            tokio::fs::create_dir_all(&self.folder).await.map_err(outage)?;
            tokio::fs::write(self.folder.join(format!("{}.eml", letter.id)), message.formatted()).await.map_err(outage)
        })
    }
}

/// A letter in the form of RFC 5322.
pub fn message(letter: &Letter, from: &str) -> Result<Message, Outage> {
    let to: Address = letter.to.parse().map_err(outage)?;
    let mut message = Message::builder()
        .from(from.parse().map_err(outage)?)
        .to(Mailbox::new(None, to))
        .subject(letter.subject.clone())
        .message_id(Some(format!("<{}@lectern>", letter.id)));
    if let Some(address) = &letter.unsubscribe {
        let raw = |name, value: String| HeaderValue::new(HeaderName::new_from_ascii_str(name), value);
        message = message
            .raw_header(raw("List-Unsubscribe", format!("<{address}>")))
            .raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".into()));
    }
    message.singlepart(SinglePart::plain(letter.text.clone())).map_err(outage)
}

fn outage(cause: impl std::fmt::Display) -> Outage {
    Outage(cause.to_string())
}
