//! Stories of registering.

use super::*;

on_both!(who_registers_is_signed_in_and_announced, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let arrived = join(&school.app, &stranger("a"), &sign_up("Kay O’Hara", "Kay@Example.com", SENTENCE)).await?;
    assert!(arrived.is_new);
    let visitor = holding(&school, arrived.session.reveal()).await?;
    let me = visitor.member()?;
    assert_eq!(me.me.name.as_str(), "Kay O’Hara");
    let profile = accounts::profile(&school.app, &me).await?;
    assert_eq!((profile.email.as_str(), profile.handle.as_str()), ("kay@example.com", "kay-o-hara"));
    assert_eq!(school.announced(Happening::MemberJoined).await.len(), 1);
    Ok(())
});

on_both!(two_people_of_one_name_get_two_handles_and_no_handle_tells_the_address, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let mut handles = Vec::new();
    for (name, email) in [("Kay", "k1@example.com"), ("Kay", "k2@example.com"), ("林小满", "secret@example.com")] {
        let arrived = join(&school.app, &stranger("a"), &sign_up(name, email, SENTENCE)).await?;
        let me = holding(&school, arrived.session.reveal()).await?.member()?;
        handles.push(accounts::profile(&school.app, &me).await?.handle.to_string());
    }
    assert_eq!(handles[0], "kay");
    assert!(handles[1].starts_with("kay-"), "{handles:?}");
    assert!(handles[2].starts_with("reader-"), "{handles:?}");
    Ok(())
});

on_both!(registering_twice_with_the_same_password_signs_in_and_makes_one_account, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let form = sign_up("Kay", "kay@example.com", SENTENCE);
    let first = join(&school.app, &stranger("a"), &form).await?;
    let again = join(&school.app, &stranger("b"), &form).await?;
    assert_eq!(first.account, again.account);
    assert!(!again.is_new);
    Ok(())
});

on_both!(registering_at_the_same_time_makes_one_account, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let form = sign_up("Kay", "kay@example.com", SENTENCE);
    let here = stranger("a");
    let tries = (0..4).map(|_| join(&school.app, &here, &form));
    let arrived: Vec<_> = futures::future::try_join_all(tries).await?;
    assert_eq!(arrived.iter().filter(|arrived| arrived.is_new).count(), 1);
    assert!(arrived.iter().all(|someone| someone.account == arrived[0].account));
    assert_eq!(school.announced(Happening::MemberJoined).await.len(), 1);
    Ok(())
});

on_both!(sec_l2_a_stranger_with_a_known_address_gets_the_same_answer_and_its_owner_one_letter_a_day, async |db: Db| -> Result<
    (),
    Error,
> {
    let school = School::open(db).await;
    let knock = async |password: &str| {
        let before = school.app.hashing.worked();
        let form = sign_up("Eve", "grace@lectern.example", password);
        let outcome = accounts::sign_up(&school.app, &stranger("a"), &form).await?;
        assert_eq!(school.app.hashing.worked() - before, 1, "as much work as for a new address");
        let Arrival::Outside(nothing) = outcome else { panic!("let in: {outcome:?}") };
        assert!(accounts::who_has(&school.app, nothing.reveal()).await?.is_none(), "the secret opens nothing");
        assert_eq!(nothing.reveal().len(), 64, "and looks like one that does");
        Ok::<_, Error>(())
    };
    knock("one sentence").await?;
    knock("another sentence").await?;
    assert_eq!(school.announced(Happening::MailDue).await.len(), 1);
    school.after(days(2));
    knock(SENTENCE).await?;
    assert_eq!(school.announced(Happening::MailDue).await.len(), 2);
    Ok(())
});

on_both!(sec_l3_registering_is_no_second_door_for_guessers, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    for nth in 0..5 {
        let form = sign_up("Eve", "grace@lectern.example", &format!("guess number {nth} of many"));
        accounts::sign_up(&school.app, &stranger(&format!("network {nth}")), &form).await?;
    }
    let right = accounts::sign_up(&school.app, &stranger("home"), &sign_up("Grace", "grace@lectern.example", PASSWORD)).await?;
    assert!(matches!(right, Arrival::Outside(_)), "the password is not looked at any more");
    let arrived = enter(&school.app, &stranger("home"), &sign_in("grace@lectern.example", PASSWORD)).await?;
    let log = accounts::security(&school.app, &holding(&school, arrived.session.reveal()).await?).await?.log;
    assert_eq!(log.iter().filter(|line| line.kind == LoggedKind::SignInFailed).count(), 6, "their owner sees each");
    Ok(())
});

on_both!(a_password_everybody_tries_is_refused, async |db: Db| -> Result<(), Error> {
    let school = School::open(db).await;
    let outcome = join(&school.app, &stranger("a"), &sign_up("Kay", "kay@example.com", "Password1")).await;
    assert_eq!(problem(outcome, "password"), Problem::TooCommon);
    Ok(())
});
