//! The design system: knows colours' names and keyboards, not courses.
//!
//! Every component renders on the server and works without script. They take plain data: labels as text already in the
//! reader's language ([`Text`] where a label may be absent), pictures and extra parts as [`Slot`]s. Class names and the
//! layout classes around them are listed in `style/README.md`; [`gallery`] shows everything in every state.

mod accordion;
mod avatar;
mod badge;
mod button;
mod card;
mod chart;
mod choice;
mod cover;
mod empty;
mod fault;
mod field;
mod form;
mod frame;
pub mod gallery;
mod glyph;
mod icon;
mod landscape;
mod loaded;
mod media;
mod menu;
mod money;
mod notice;
mod outline;
mod plan_card;
mod progress;
mod prose;
mod rating;
mod refused;
mod slot;
mod switches;
mod table;
mod tabs;

pub use accordion::{Accordion, Fold};
pub use avatar::{Avatar, AvatarSize, Person};
pub use badge::{Badge, Chip, Tone};
pub use button::{Button, ButtonLink, IconButton, IconLink, Kind, OneButton, Size};
pub use card::{Card, CardRow, Figure};
pub use chart::Columns;
pub use choice::{Checkbox, ChipChoice, Choices, Radio, RadioCard, Switch};
pub use cover::{Cover, CoverShape};
pub use empty::EmptyState;
pub use fault::FaultView;
pub use field::{Answer, Field, LinkField, Select, TextArea};
pub use form::{ErrorSummary, FormActions, SearchForm};
pub use frame::{Footer, FooterColumn, Header, NavLink, SideNav, SkipLink, TabBar};
pub use glyph::Glyph;
pub use icon::Icon;
pub use landscape::Landscape;
pub use loaded::loaded;
pub use media::{AudioFrame, MediaFrame};
pub use menu::{AvatarMenu, Menu, MenuLink};
pub use money::{Amount, Price, When};
pub use notice::Notice;
pub use outline::{LessonRow, LessonState, Outline, OutlineChapter};
pub use plan_card::PlanCard;
pub use progress::Progress;
pub use prose::{DataBlock, Prose};
pub use rating::{Rating, RatingBars, StarInput, Stars};
pub use refused::{Mistakes, Refused, wrong};
pub use slot::{Slot, Text, slot};
pub use switches::{LanguageSwitch, ThemeSwitch};
pub use table::{Column, Table};
pub use tabs::{Breadcrumb, Crumb, Pager, Tab, Tabs};
