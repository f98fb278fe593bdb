//! Stories of people who sign in with a key of their device.

use super::device::{Device, Says};
use super::{begin_entering, begin_making, enter, make, passkeys, remove, rename, tidy_ceremonies};
use crate::accounts::{self, SignedIn};
use crate::app::Settings;
use crate::audit_trail;
use crate::events::{Happening, Occasion};
use crate::testing::School;
use crate::{Error, Member, Visitor};
use model::identity::Setback;
use model::passkeys::{MakePasskey, RemovePasskey, RenamePasskey, UsePasskey};
use model::time::minutes;
use model::{Fault, Lang, Refusal};
use std::sync::Arc;
use store::{Db, on_both};

/// A school that is reached over https.
async fn school(db: Db) -> School {
    let mut school = School::open(db).await;
    school.app.settings = Arc::new(Settings { public_url: "https://lectern.test".into(), ..(*school.app.settings).clone() });
    school
}

fn stranger() -> Visitor {
    Visitor { network: "a network".into(), ..Visitor::stranger(Lang::En) }
}

async fn at_home(school: &School, member: &Member) -> Result<Visitor, Error> {
    let app = &school.app;
    let secret = app.db.write(async |tx| accounts::open_session(app, tx, &member.id, "home").await).await?;
    holding(school, secret.reveal()).await
}

async fn holding(school: &School, secret: &str) -> Result<Visitor, Error> {
    let session = accounts::who_has(&school.app, secret).await?.expect("a live session");
    Ok(Visitor { me: Some(session.me), session: Some(session.hash), proven_at: Some(session.proven_at), ..stranger() })
}

/// The same person, who has not shown for a while who they are.
fn unproven(here: &Visitor) -> Visitor {
    Visitor { proven_at: None, ..here.clone() }
}

/// The member has a key on this device.
async fn has_a_key(school: &School, member: &Member, name: &str) -> Result<(Visitor, Device), Error> {
    let here = at_home(school, member).await?;
    let mut device = Device::new(name);
    let asked = begin_making(&school.app, &here).await?;
    make(&school.app, &here, &device.makes(&asked, &Says::default())).await?;
    Ok((here, device))
}

async fn enters(school: &School, device: &Device, says: &Says) -> Result<SignedIn, Error> {
    let asked = begin_entering(&school.app, &stranger()).await?;
    enter(&school.app, &stranger(), &device.enters(&asked, says)).await
}

fn setback(outcome: &Result<impl Sized, Error>) -> Setback {
    match outcome {
        Err(Error::Fault(Fault::Conflict(Refusal::Identity(setback)))) => *setback,
        Err(other) => panic!("another refusal: {other:?}"),
        Ok(_) => panic!("not refused"),
    }
}

on_both!(a_key_that_was_made_lets_its_owner_in_without_a_word, async |db: Db| -> Result<(), Error> {
    let school = school(db).await;
    let (_, device) = has_a_key(&school, &school.grace(), "laptop").await?;
    let arrived = enters(&school, &device, &Says::default()).await?;
    assert_eq!((arrived.account, arrived.is_new), (school.grace().id, false));
    let page = passkeys(&school.app, &school.grace()).await?;
    assert!(page.possible);
    assert_eq!((page.keys.len(), page.keys[0].name.as_str(), page.keys[0].synced), (1, "Laptop", false));
    assert!(page.keys[0].used.is_some());
    let told = school.announced(Happening::MailDue).await;
    assert_eq!(told.iter().map(|event| event.subject.as_str()).collect::<Vec<_>>(), [Occasion::WayInAdded.as_str()]);
    Ok(())
});

on_both!(sec_l5_a_ceremony_is_good_once_for_its_purpose_and_for_five_minutes, async |db: Db| -> Result<(), Error> {
    let school = school(db).await;
    let app = &school.app;
    let (here, device) = has_a_key(&school, &school.grace(), "laptop").await?;
    let asked = begin_entering(app, &stranger()).await?;
    let signed = device.enters(&asked, &Says::default());
    enter(app, &stranger(), &signed).await?;
    assert_eq!(setback(&enter(app, &stranger(), &signed).await), Setback::Stale, "once");
    let asked = begin_entering(app, &stranger()).await?;
    school.after(minutes(5));
    assert_eq!(setback(&enter(app, &stranger(), &device.enters(&asked, &Says::default())).await), Setback::Stale, "too late");
    let invented = Says { challenge: Some("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".into()), ..Says::default() };
    assert_eq!(setback(&enters(&school, &device, &invented).await), Setback::Stale, "a challenge that was never made");
    let making = begin_making(app, &here).await?;
    let other = Says { challenge: Some(making.challenge), ..Says::default() };
    assert_eq!(setback(&enters(&school, &device, &other).await), Setback::Stale, "a challenge for another deed");
    tidy_ceremonies(app).await
});

on_both!(sec_l5_what_is_bent_lets_nobody_in, async |db: Db| -> Result<(), Error> {
    let school = school(db).await;
    let (_, device) = has_a_key(&school, &school.sam(), "key of staff").await?;
    let fine = Says::default();
    for (what, says) in [
        ("another page", Says { origin: "https://lectern.test.evil.example".into(), ..fine.clone() }),
        ("another name", Says { rp_id: "evil.example".into(), ..fine.clone() }),
        ("another deed", Says { deed: Some("webauthn.create"), ..fine.clone() }),
        ("nobody touched it", Says { flags: 0x04, ..fine.clone() }),
        ("the device was not sure of the person", Says { flags: 0x01, ..fine.clone() }),
        ("copied, and may not be", Says { flags: 0x15, ..fine.clone() }),
        ("may be copied since", Says { flags: 0x0d, ..fine.clone() }),
        ("a key that is not there", Says { flags: 0x45, ..fine.clone() }),
        ("extensions that are not there", Says { flags: 0x85, ..fine.clone() }),
    ] {
        assert_eq!(setback(&enters(&school, &device, &says).await), Setback::UnknownKey, "{what}");
    }
    let bend = |change: fn(&mut UsePasskey)| {
        let (school, device) = (&school, &device);
        async move {
            let asked = begin_entering(&school.app, &stranger()).await?;
            let mut signed = device.enters(&asked, &Says::default());
            change(&mut signed);
            enter(&school.app, &stranger(), &signed).await
        }
    };
    type Bend = fn(&mut UsePasskey);
    let bent: [(&str, Bend); 6] = [
        ("a key nobody has", |signed| signed.credential = "bm9ib2R5".into()),
        ("another signature", |signed| signed.signature = signed.client_data.clone()),
        ("no signature", |signed| signed.signature.clear()),
        ("somebody else's name", |signed| signed.user_handle = "Z3JhY2U".into()),
        ("nobody's name", |signed| signed.user_handle.clear()),
        ("no base64", |signed| signed.authenticator_data = "!".into()),
    ];
    for (what, change) in bent {
        assert_eq!(setback(&bend(change).await), Setback::UnknownKey, "{what}");
    }
    let other = Device::that_passes_for(&device);
    assert_eq!(setback(&enters(&school, &other, &fine).await), Setback::UnknownKey, "another device with the same name");
    assert_eq!(setback(&enter(&school.app, &stranger(), &UsePasskey::default()).await), Setback::NoKey);
    enters(&school, &device, &fine).await?;
    Ok(())
});

on_both!(sec_l5_a_count_that_does_not_go_up_is_told_and_not_let_in, async |db: Db| -> Result<(), Error> {
    let school = school(db).await;
    let (_, device) = has_a_key(&school, &school.grace(), "laptop").await?;
    let counted = |counter| Says { counter, ..Says::default() };
    enters(&school, &device, &counted(7)).await?;
    enters(&school, &device, &counted(8)).await?;
    for copied in [8, 3, 0] {
        assert_eq!(setback(&enters(&school, &device, &counted(copied)).await), Setback::CopiedKey, "{copied}");
    }
    enters(&school, &device, &counted(9)).await?;
    let told = school.announced(Happening::MailDue).await;
    assert_eq!(told.iter().filter(|event| event.subject == Occasion::KeyCopied.as_str()).count(), 3);
    let mut conn = school.app.db.read().await?;
    let trail = audit_trail::of(&mut conn, &[school.grace().id.to_string()]).await?;
    assert_eq!(trail.iter().filter(|done| done.action == "account.passkey_copied").count(), 3);
    Ok(())
});

on_both!(a_key_is_made_by_who_has_shown_who_they_are_in_the_session_that_began, async |db: Db| -> Result<(), Error> {
    let school = school(db).await;
    let app = &school.app;
    let here = at_home(&school, &school.grace()).await?;
    assert!(matches!(begin_making(app, &unproven(&here)).await, Err(Error::Fault(Fault::Confirm))));
    assert!(begin_making(app, &stranger()).await.is_err());
    let elsewhere = at_home(&school, &school.grace()).await?;
    let sam = at_home(&school, &school.sam()).await?;
    for other in [&elsewhere, &sam] {
        let asked = begin_making(app, &here).await?;
        let outcome = make(app, other, &Device::new("laptop").makes(&asked, &Says::default())).await;
        assert_eq!(setback(&outcome), Setback::Stale);
    }
    for (what, says) in [
        ("another page", Says { origin: "https://evil.example".into(), ..Says::default() }),
        ("another name", Says { rp_id: "evil.example".into(), ..Says::default() }),
        ("another deed", Says { deed: Some("webauthn.get"), ..Says::default() }),
        ("the device was not sure of the person", Says { flags: 0x01, ..Says::default() }),
    ] {
        let asked = begin_making(app, &here).await?;
        let outcome = make(app, &here, &Device::new("laptop").makes(&asked, &says)).await;
        assert_eq!(setback(&outcome), Setback::UnknownKey, "{what}");
    }
    // without script nothing was made; "is it you?" is asked all the same
    let plain = MakePasskey { name: "Laptop".into(), ..MakePasskey::default() };
    assert!(matches!(make(app, &unproven(&here), &plain).await, Err(Error::Fault(Fault::Confirm))));
    assert_eq!(setback(&make(app, &here, &plain).await), Setback::NoKey);
    assert!(passkeys(app, &school.grace()).await?.keys.is_empty());
    Ok(())
});

on_both!(a_key_is_one_person_s, async |db: Db| -> Result<(), Error> {
    let school = school(db).await;
    let (here, mut device) = has_a_key(&school, &school.grace(), "laptop").await?;
    let asked = begin_making(&school.app, &here).await?;
    assert_eq!(asked.exclude.len(), 1, "the device is told not to make a second one");
    assert_eq!(setback(&make(&school.app, &here, &device.makes(&asked, &Says::default())).await), Setback::KnownKey);
    let sam = at_home(&school, &school.sam()).await?;
    let asked = begin_making(&school.app, &sam).await?;
    assert!(asked.exclude.is_empty());
    assert_eq!(setback(&make(&school.app, &sam, &device.makes(&asked, &Says::default())).await), Setback::KnownKey);
    Ok(())
});

on_both!(keys_are_named_and_removed_by_their_owner, async |db: Db| -> Result<(), Error> {
    let school = school(db).await;
    let app = &school.app;
    let (here, device) = has_a_key(&school, &school.grace(), "laptop").await?;
    let sam = at_home(&school, &school.sam()).await?;
    let passkey = passkeys(app, &school.grace()).await?.keys[0].id.to_string();
    let named = |name: &str| RenamePasskey { passkey: passkey.clone(), name: name.into() };
    rename(app, &school.grace(), &named("Work")).await?;
    assert_eq!(passkeys(app, &school.grace()).await?.keys[0].name, "Work");
    assert!(matches!(rename(app, &school.sam(), &named("Mine")).await, Err(Error::Fault(Fault::NotFound))));
    assert!(matches!(rename(app, &school.grace(), &named(" ")).await, Err(Error::Fault(Fault::Invalid(_)))));
    let gone = RemovePasskey { passkey: passkey.clone() };
    assert!(matches!(remove(app, &sam, &gone).await, Err(Error::Fault(Fault::NotFound))));
    assert!(matches!(remove(app, &unproven(&here), &gone).await, Err(Error::Fault(Fault::Confirm))));
    let elsewhere = at_home(&school, &school.grace()).await?;
    remove(app, &here, &gone).await?;
    assert_eq!(setback(&enters(&school, &device, &Says::default()).await), Setback::UnknownKey);
    for (visitor, lives) in [(&here, true), (&elsewhere, false)] {
        let session = visitor.session.as_deref().expect("a session");
        let grace = school.grace().id;
        let found = accounts::queries::is_session_of(&mut app.db.read().await?, session, &grace).await?;
        assert_eq!(found, lives, "whoever came in by it is out");
    }
    Ok(())
});

on_both!(the_last_key_of_somebody_without_a_password_stays, async |db: Db| -> Result<(), Error> {
    let school = school(db).await;
    let app = &school.app;
    let kay = school.learner("kay").await;
    let here = at_home(&school, &kay).await?;
    let mut device = Device::new("phone");
    // who has no password has signed in a moment ago
    let asked = begin_making(app, &here).await?;
    make(app, &here, &device.makes(&asked, &Says::default())).await?;
    let passkey = passkeys(app, &kay).await?.keys[0].id.to_string();
    let gone = RemovePasskey { passkey };
    assert_eq!(setback(&remove(app, &here, &gone).await), Setback::LastWayIn);
    school.after(minutes(6));
    assert!(matches!(remove(app, &here, &gone).await, Err(Error::Fault(Fault::Confirm))));
    enters(&school, &device, &Says::default()).await?;
    school.suspend(&kay).await;
    assert_eq!(setback(&enters(&school, &device, &Says::default()).await), Setback::Closed);
    Ok(())
});

on_both!(where_browsers_make_no_keys_none_is_offered, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    assert!(!passkeys(&school.app, &school.grace()).await?.possible);
    assert!(matches!(begin_entering(&school.app, &stranger()).await, Err(Error::Fault(Fault::NotFound))));
    Ok(())
});

on_both!(a_key_that_is_refused_stands_in_its_owner_s_log, async |db: Db| -> Result<(), Error> {
    let school = school(db).await;
    let (here, device) = has_a_key(&school, &school.grace(), "laptop").await?;
    let bent = Says { rp_id: "evil.example".into(), ..Says::default() };
    assert_eq!(setback(&enters(&school, &device, &bent).await), Setback::UnknownKey);
    let log = accounts::security(&school.app, &here).await?.log;
    assert_eq!(log.first().map(|line| line.kind), Some(model::accounts::LoggedKind::SignInFailed));
    Ok(())
});

on_both!(who_may_not_begin_is_told_why, async |db: Db| -> Result<(), Error> {
    let school = school(db).await;
    let nothing = UsePasskey::default();
    assert_eq!(setback(&enter(&school.app, &stranger(), &nothing).await), Setback::NoKey, "a browser without script");
    while begin_entering(&school.app, &stranger()).await.is_ok() {}
    let outcome = enter(&school.app, &stranger(), &nothing).await;
    assert!(matches!(outcome, Err(Error::Fault(Fault::TooOften { .. }))), "{outcome:?}");
    Ok(())
});

on_both!(keys_that_no_browser_can_use_here_are_no_way_in, async |db: Db| -> Result<(), Error> {
    let mut school = school(db).await;
    let ida = school.learner("ida").await;
    let (here, _) = has_a_key(&school, &ida, "laptop").await?;
    has_a_key(&school, &ida, "telephone").await?;
    // the school is reached at an address for which browsers make no keys
    school.app.settings = Arc::new(Settings { public_url: "http://192.0.2.1".into(), ..(*school.app.settings).clone() });
    let first = passkeys(&school.app, &ida).await?.keys[0].id.to_string();
    let outcome = remove(&school.app, &here, &RemovePasskey { passkey: first }).await;
    assert_eq!(setback(&outcome), Setback::LastWayIn);
    Ok(())
});
