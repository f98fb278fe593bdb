//! People, the audit trail, signals and the books, as staff see them.

mod api;
mod audit_page;
mod done;
mod people_page;
mod person_page;
mod person_parts;
mod roles_page;
mod seeing_page;
mod signals_page;
mod trail_page;

pub use audit_page::AuditPage;
pub use people_page::PeoplePage;
pub use person_page::PersonPage;
pub use roles_page::RolesPage;
pub use seeing_page::SeeingPage;
pub use signals_page::SignalsPage;
pub use trail_page::TrailPage;

#[cfg(feature = "ssr")]
use model::admin::{ADMINS, STEWARDS};
#[cfg(feature = "ssr")]
use wire::{Form, Who};

/// The forms of these pages.
#[cfg(feature = "ssr")]
pub const FORMS: &[Form] = &[
    Form {
        page: "/admin/users/{id}",
        name: "end_sessions",
        who: Who::Roles(STEWARDS),
        act: |filled| Box::pin(async move { api::end_sessions(filled.param("id")?, filled.read()?).await }),
    },
    Form {
        page: "/admin/users/{id}",
        name: "ask_role",
        who: Who::Roles(STEWARDS),
        act: |filled| Box::pin(async move { api::ask_role(filled.param("id")?, filled.read()?).await }),
    },
    Form {
        page: "/admin/users/{id}",
        name: "suspend",
        who: Who::Roles(STEWARDS),
        act: |filled| Box::pin(async move { api::suspend(filled.param("id")?, filled.read()?).await }),
    },
    Form {
        page: "/admin/users/{id}",
        name: "restore",
        who: Who::Roles(STEWARDS),
        act: |filled| Box::pin(async move { api::restore(filled.param("id")?, filled.read()?).await }),
    },
    Form {
        page: "/admin/users/{id}",
        name: "see_as",
        who: Who::Roles(STEWARDS),
        act: |filled| Box::pin(async move { api::see_as(filled.param("id")?, filled.read()?).await }),
    },
    Form {
        page: "/admin/see-as",
        name: "end",
        who: Who::Roles(STEWARDS),
        act: |_| Box::pin(async move { api::end_seeing().await }),
    },
    Form {
        page: "/admin/roles",
        name: "approve",
        who: Who::Roles(ADMINS),
        act: |filled| Box::pin(async move { api::approve_role(filled.read()?).await }),
    },
    Form {
        page: "/admin/roles",
        name: "reject",
        who: Who::Roles(ADMINS),
        act: |filled| Box::pin(async move { api::reject_role(filled.read()?).await }),
    },
    Form {
        page: "/admin/roles",
        name: "withdraw",
        who: Who::Roles(STEWARDS),
        act: |filled| Box::pin(async move { api::withdraw_role(filled.read()?).await }),
    },
    Form {
        page: "/admin/trail",
        name: "export",
        who: Who::Roles(ADMINS),
        act: |filled| Box::pin(async move { api::export_trail(filled.read()?).await }),
    },
    Form {
        page: "/admin/signals",
        name: "mark",
        who: Who::Roles(STEWARDS),
        act: |filled| Box::pin(async move { api::mark_signal(filled.read()?).await }),
    },
];
