//! Papers: receipts and their like as PDF files. Knows sheets, type and lines; every word comes from the caller.
//!
//! The same [`Paper`] makes the same bytes, today and on every machine, so that a file's hash can be written down for good.

mod draw;
mod face;
mod layout;
mod setting;

/// A date in the zone it is told in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    pub year: u16,
    pub month: u8,
    pub day: u8,
    pub hour: u8,
    pub minute: u8,
    /// Hours ahead of UTC.
    pub zone: i8,
}

/// What stands in a file's own description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    pub title: String,
    /// `zh-CN`, `en`
    pub lang: String,
    pub author: String,
    pub made: Made,
    /// Under this name the file is known for good.
    pub id: String,
}

/// A label and what it labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub label: String,
    pub value: String,
}

impl Fact {
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into() }
    }
}

/// One side of the deal: who they are, in lines under their name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Party {
    pub role: String,
    pub name: String,
    pub lines: Vec<String>,
}

/// One thing that was paid for. `note`: a smaller line below its name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    pub name: String,
    pub note: String,
    /// As many as there are columns of amounts.
    pub amounts: Vec<String>,
}

/// How loudly a line of the sum is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Plain,
    /// The one that counts.
    Total,
}

/// A line of the sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    pub label: String,
    pub amount: String,
    pub weight: Weight,
}

/// A paper, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    pub about: About,
    /// Whose paper it is, over everything.
    pub house: String,
    pub heading: String,
    /// The large figure beside the heading: the paper's number.
    pub number: Fact,
    /// Two characters or a short word in the seal; empty: none.
    pub seal: String,
    pub facts: Vec<Fact>,
    pub parties: Vec<Party>,
    /// The heading of the names, and those of the amounts.
    pub columns: (String, Vec<String>),
    pub rows: Vec<Row>,
    pub sums: Vec<Sum>,
    /// Paragraphs below.
    pub notes: Vec<String>,
    /// At the foot of every sheet.
    pub foot: String,
}

/// Why a paper could not be drawn: a mistake of ours.
#[derive(Debug, thiserror::Error)]
pub enum NotDrawn {
    #[error("the fonts cannot be read")]
    Fonts,
    #[error("the file cannot be written: {0}")]
    File(String),
}

impl Paper {
    /// The PDF file.
    pub fn pdf(&self) -> Result<Vec<u8>, NotDrawn> {
        let faces = face::faces().ok_or(NotDrawn::Fonts)?;
        draw::pdf(&self.about, &layout::sheets(self, faces), faces)
    }
}

#[cfg(test)]
mod tests;
