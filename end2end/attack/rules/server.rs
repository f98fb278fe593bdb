// What the rules of server.yaml must find, and what they must leave alone. Nobody compiles this.

fn compares(given: &Proof, kept: &Proof) -> bool {
    // ruleid: secret-compared-openly
    given.signature == kept.signature
        // ruleid: secret-compared-openly
        || given.token.as_bytes() != kept.token.as_bytes()
        // ok: secret-compared-openly
        || bool::from(given.signature.as_bytes().ct_eq(kept.signature.as_bytes()))
        // ok: secret-compared-openly
        || given.kind == kept.kind
}

async fn asks(db: &Pool, name: &str) {
    // ruleid: sql-beside-the-store
    sqlx::query(&format!("SELECT 1 FROM accounts WHERE name = '{name}'")).execute(db).await;
    // ruleid: sql-beside-the-store
    run(AssertSqlSafe(name)).await;
    // ok: sql-beside-the-store
    tx.query(sql!("SELECT 1 FROM accounts WHERE name = $1")).bind(name).execute().await;
}

fn leads(form: Form) -> Response {
    // ruleid: redirect-to-anywhere
    let anywhere = Redirect::to(&form.next);
    // ruleid: redirect-to-anywhere
    let there = Next(form.next.clone());
    // ok: redirect-to-anywhere
    Next(routes::home(lang))
}

fn logs(email: &Email, id: &AccountId) {
    // ruleid: personal-data-in-the-log
    tracing::info!(%email, "signed in");
    // ruleid: personal-data-in-the-log
    tracing::warn!(
        account = %id,
        token = %secret,
        "refused"
    );
    // ok: personal-data-in-the-log
    tracing::info!(account = %id, "a new password was set");
}

// ruleid: secret-that-can-be-printed
#[derive(Debug, Clone)]
pub struct Settings {
    pub url: String,
    pub secret: String,
}

// ok: secret-that-can-be-printed
#[derive(Debug, Clone)]
pub struct Careful {
    pub url: String,
    pub secret: Hidden,
}

async fn reads(body: Body) {
    // ruleid: body-without-an-end
    let all = axum::body::to_bytes(body, usize::MAX).await;
    // ok: body-without-an-end
    let some = axum::body::to_bytes(body, LARGEST).await;
}

fn starts(file: &Path) {
    // ruleid: shell-between
    Command::new("sh").arg("-c").arg(format!("ffprobe {file}"));
    // ok: shell-between
    Command::new("ffprobe").arg(file);
}

fn trusts(builder: ClientBuilder) {
    // ruleid: certificate-not-looked-at
    builder.danger_accept_invalid_certs(true).build();
    // ok: certificate-not-looked-at
    builder.https_only(true).build();
}

fn shows(text: String) -> SafeHtml {
    // ruleid: html-called-safe
    SafeHtml::sanitised(text)
}

fn mints() -> u64 {
    // ruleid: chance-beside-the-port
    let mut chance = rand::rng();
    // ok: chance-beside-the-port
    app.ports.chance.fill(&mut bytes);
}

fn opens(router: Router) -> Router {
    // ruleid: other-origins-let-in
    router.layer(CorsLayer::permissive())
}
