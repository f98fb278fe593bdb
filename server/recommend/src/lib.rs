//! Who might like what, and why.
//!
//! Interactions (who did what, how strongly, when) and a catalogue (what the items are about) go in; ranked
//! items with the reason of each come out. Nothing here knows a database, a clock or a web page: time comes
//! with the data, ids are texts outside and numbers inside, and the same input always gives the same output.
//!
//! ```
//! use recommend::{Catalogue, Interaction, Interactions, Model, Profile, Settings};
//!
//! let rows = [("ann", "rust", 1.0), ("ann", "axum", 2.0), ("bo", "rust", 1.0), ("bo", "axum", 2.0)];
//! let interactions = Interactions::from_rows(rows.map(|(user, item, timestamp)| Interaction {
//!     user: user.into(),
//!     item: item.into(),
//!     value: 1.0,
//!     timestamp,
//! }));
//! let model = Model::fit(&interactions, &Catalogue::default(), Settings::default());
//! let next = model.rank(&Profile::default().owning("rust", 3.0), 10);
//! assert_eq!(next[0].item, "axum");
//! ```

mod blend;
mod catalogue;
mod content;
mod csv;
mod diversify;
mod ease;
mod evaluate;
mod explain;
mod interactions;
mod measures;
mod model;
mod names;
mod neighbours;
mod opinions;
mod order;
mod parallel;
mod popularity;
mod profile;
mod reason;
mod refusal;
mod rows;
mod settings;
mod top;
mod transitions;
mod trials;
mod tune;

pub use blend::Weights;
pub use catalogue::{Catalogue, Feature, Item};
pub use csv::parse_users;
pub use evaluate::{ModelCard, Report, evaluate};
pub use interactions::{Interaction, Interactions};
pub use measures::{Measures, measure};
pub use model::{Model, Ranked};
pub use neighbours::Neighbourhood;
pub use profile::{Profile, Seen};
pub use reason::{Reason, Why};
pub use refusal::Refusal;
pub use settings::{Diversity, Settings, Similarity};
pub use top::{Row, top, write_rows};
pub use transitions::Steps;
pub use tune::tune;
