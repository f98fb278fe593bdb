//! Things whose own verbs would need another house, a device or a long upload.

use domain::testing::School;
use domain::{Member, media};
use model::ids::{IdentityId, MediaId, PasskeyId};
use model::media::MediaKind;
use store::sql;

/// A provider linked to somebody's account.
pub async fn identity(school: &School, who: &Member) -> String {
    let (app, id) = (&school.app, school.app.new_id::<IdentityId>());
    app.db
        .write(async |tx| {
            tx.query(sql!(
                "INSERT INTO identities (id, account_id, provider, issuer, subject, created_at, used_at)
                 VALUES ($1, $2, 'campus', 'https://campus.test', $2, 0, 0)"
            ))
            .bind(id.as_str())
            .bind(who.id.as_str())
            .execute()
            .await
        })
        .await
        .expect("an identity");
    id.to_string()
}

/// A key of somebody's device.
pub async fn passkey(school: &School, who: &Member) -> String {
    let (app, id) = (&school.app, school.app.new_id::<PasskeyId>());
    app.db
        .write(async |tx| {
            tx.query(sql!(
                "INSERT INTO passkeys (id, account_id, credential, algorithm, public_key, counter, synced, name, created_at)
                 VALUES ($1, $2, $1, 'ES256', $3, 0, $4, 'Her key', 0)"
            ))
            .bind(id.as_str())
            .bind(who.id.as_str())
            .bind(vec![4u8; 65])
            .bind(false)
            .execute()
            .await
        })
        .await
        .expect("a passkey");
    id.to_string()
}

/// A file of somebody's library.
pub async fn film(school: &School, owner: &Member) -> String {
    let (app, id) = (&school.app, school.app.new_id::<MediaId>());
    let new = media::NewMedia {
        id: id.clone(),
        owner: owner.id.clone(),
        kind: MediaKind::Video,
        name: "A film.mp4".into(),
        content_type: "video/mp4".into(),
        bytes: 10,
        seconds: 300,
        width: 640,
        height: 360,
        file_key: id.to_string(),
        poster_key: None,
        digest: id.to_string(),
    };
    let path = school.folder.path().join(id.as_str());
    std::fs::write(&path, b"0123456789").expect("a file");
    app.ports.files.keep(id.as_str(), path).await.expect("it is kept");
    app.db.write(async |tx| media::add(tx, &new, app.now()).await).await.expect("a film");
    id.to_string()
}
