//! What people have: a learner and an instructor with one thing of every kind, and others who have something of their own, so that
//! each can be tried with the names of what is another's.

mod rows;

use domain::orders;
use domain::promotions::{self, Maker};
use domain::testing::School;
use domain::testing::buying::{all_done, bought, paid, refunded};
use domain::uploads::{self, NewUpload, Purpose};
use domain::{Member, accounts, authoring, catalog, earnings, invoices, payouts, privacy, subscriptions, tokens, vouchers};
use model::accounts::Role;
use model::authoring::NewCourse;
use model::cart::NewBundle;
use model::earnings::{AskPayout, EditBank};
use model::ids::{CheckoutId, OrderId, PlanId};
use model::invoices::{InvoiceForm, IssueForm};
use model::orders::{Key, NextStep, PayRequest};
use model::payments::Payer;
use model::privacy::Archive;
use model::promotions::NewCoupon;
use model::refunds::AskRefund;
use model::subscriptions::Subscribe;
use model::text::Email;
use model::time::days;
use model::tokens::NewToken;
use model::vouchers::{AssignForm, SeatsForm};
use model::{Currency, Lang, Money};
use rows::{film, identity, passkey};
use std::collections::BTreeMap;

/// The names of somebody's things, by what they are: `order`, `checkout`, `lesson`…
pub type Things = BTreeMap<&'static str, String>;

/// Somebody, what they may be called in a message, and what they have.
pub struct Person {
    pub name: &'static str,
    /// None: whoever is not signed in.
    pub member: Option<Member>,
    pub things: Things,
}

/// Everybody: first the learner, then the instructor whose things the others are after.
pub async fn everybody(school: &School) -> Vec<Person> {
    let (grace, ada, lin) = (school.grace(), school.ada(), school.lin());
    let mary = with_roles(school, "mary", &[Role::Instructor]).await;
    let charles = with_roles(school, "charles", &[Role::Instructor]).await;
    // long ago, so that shares can be paid out and a refund is no longer promised
    let order = bought(school, &grace).await.expect("an order");
    let theirs = bought(school, &lin).await.expect("an order");
    let issued = invoice(school, &grace, &order, "issued").await;
    school.after(days(15));
    let of_ada = things_of_ada(school, &ada, &mary).await;
    let mut of_grace = things_of_grace(school, &grace, &order).await;
    of_grace.insert("issued", issued.0);
    of_grace.insert("file", issued.1);
    let of_lin = Things::from([
        ("order", theirs.to_string()),
        ("pool", pool(school, &lin, "algebra").await.0),
        ("issued", asked(school, &lin, &theirs, "lin").await),
    ]);
    let of_charles = things_of_charles(school, &charles).await;
    let mut all = vec![
        person("Grace", grace, of_grace),
        person("Ada", ada, of_ada),
        person("another learner", lin, of_lin),
        person("another instructor", charles, of_charles),
        person("a co-author who has a seat", mary, Things::new()),
        Person { name: "nobody", member: None, things: Things::new() },
    ];
    for (name, role) in STAFF {
        all.push(person(name, with_roles(school, name, &[role]).await, Things::new()));
    }
    all
}

/// Everybody of the staff has one role, and so no right of another's.
pub const STAFF: [(&str, Role); 4] =
    [("moderator", Role::Moderator), ("support", Role::Support), ("finance", Role::Finance), ("admin", Role::Admin)];

fn person(name: &'static str, member: Member, things: Things) -> Person {
    Person { name, member: Some(member), things }
}

/// Somebody new with these roles.
pub async fn with_roles(school: &School, handle: &str, roles: &[Role]) -> Member {
    let (app, mut member) = (&school.app, school.learner(handle).await);
    for role in roles {
        app.db.write(async |tx| accounts::add_role(app, tx, &member.id, *role).await).await.expect("a role");
    }
    member.me.roles = roles.to_vec();
    member
}

async fn things_of_grace(school: &School, grace: &Member, order: &OrderId) -> Things {
    let app = &school.app;
    let ask = AskRefund { reason: "Not for me".into(), idem: "ask".into(), ..AskRefund::default() };
    let refund = orders::ask_refund(app, grace, order, ask).await.expect("a request");
    let returned = checkout(school, grace, "algebra").await;
    let returned = paid(school, grace, &returned).await.expect("an order");
    refunded(school, &returned, "").await.expect("its money goes back");
    let (pool, order_of_pool) = pool(school, grace, "analytical-engines").await;
    let seat = AssignForm { email: "mary@lectern.example".into() };
    let seat = vouchers::assign(app, grace, &pool.parse().expect("a pool"), seat).await.expect("a seat");
    let waiting = checkout(school, grace, "harmony").await;
    let key = Key::parse("waiting").expect("a key");
    let request = PayRequest { provider: None, key, shown: None, payer: Payer::default() };
    orders::place(app, grace, Lang::En, &waiting, &request).await.expect("an order that waits");
    let waiting = orders::my_orders(app, grace).await.expect("orders")[0].id.to_string();
    let secret = app.db.write(async |tx| accounts::open_session(app, tx, &grace.id, "her telephone").await).await;
    let (subscription, plan) = membership(school, grace).await;
    let token = NewToken { name: "Shop".into(), scopes: vec!["orders:read".into()], days: String::new() };
    Things::from([
        ("order", order.to_string()),
        ("refund", refund.to_string()),
        ("returned", returned.to_string()),
        ("pool", pool),
        ("seat", seat.to_string()),
        ("waiting", waiting),
        ("checkout", checkout(school, grace, "rhythm").await.to_string()),
        ("invoice", asked(school, grace, &order_of_pool, "asked").await),
        ("subscription", subscription),
        ("plan", plan),
        ("session", secret.expect("a session").hash()[..16].to_owned()),
        ("token", tokens::issue(app, grace, token).await.expect("a token").id.to_string()),
        ("archive", archive(school, grace).await),
        ("identity", identity(school, grace).await),
        ("passkey", passkey(school, grace).await),
    ])
}

async fn things_of_ada(school: &School, ada: &Member, mary: &Member) -> Things {
    let app = &school.app;
    let bank = EditBank { holder: "Ada Lovelace".into(), bank: "ICBC".into(), number: "6222 0212 3456 7890".into() };
    payouts::set_bank(app, ada, bank).await.expect("a bank account");
    while earnings::work(app).await.expect("the shares") {}
    let payout = payouts::request(app, ada, &AskPayout { currency: Currency::Cny }).await.expect("a payout");
    let mut courses = Vec::new();
    for (slug, price) in [("algebra", 9_900), ("harmony", 5_000), ("rhythm", 7_000)] {
        courses.push(school.another_course(slug, price).await.to_string());
    }
    let bundle = NewBundle {
        title: "Both".into(),
        promise: "For less than their sum".into(),
        slug: "both".into(),
        course: courses[..2].to_vec(),
        price: "100".into(),
    };
    let bundle = catalog::bundled::create(app, ada, bundle).await.expect("a bundle");
    let coupon = NewCoupon { name: "Spring".into(), kind: "percent".into(), value: "10".into(), ..NewCoupon::default() };
    let coupon = promotions::create(app, Maker::Instructor(ada), coupon).await.expect("a coupon");
    let course = school.notes();
    let author = authoring::open(app, ada, &course).await.expect("her course");
    let email = Email::parse("mary@lectern.example").expect("an address");
    authoring::share_with(app, &author, &email, 1_000).await.expect("a co-author");
    let room = authoring::room(app, &author).await.expect("its room");
    let last_chapter = authoring::add_chapter(app, &author, "The last chapter").await.expect("a chapter");
    let upload = NewUpload {
        name: "sheet.pdf".into(),
        content_type: "application/pdf".into(),
        purpose: Purpose::Lesson,
        bytes: 100,
        metadata: String::new(),
    };
    Things::from([
        ("course", course.to_string()),
        ("chapter", room.chapters[0].id.to_string()),
        ("last_chapter", last_chapter.to_string()),
        ("lesson", school.notes_lessons()[0].to_string()),
        ("last_lesson", school.notes_lessons()[1].to_string()),
        ("media", film(school, ada).await),
        ("last_media", film(school, ada).await),
        ("upload", uploads::begin(app, ada, &upload).await.expect("an upload").id.to_string()),
        ("coupon", coupon.to_string()),
        ("bundle", bundle.to_string()),
        ("payout", payout.to_string()),
        ("coauthor", mary.id.to_string()),
    ])
}

async fn things_of_charles(school: &School, charles: &Member) -> Things {
    let app = &school.app;
    let form = NewCourse { title: "Sums by hand".into(), kind: "course".into(), language: "en".into() };
    let author = authoring::begin(app, charles, form, "The first chapter").await.expect("a course");
    let chapter = authoring::room(app, &author).await.expect("its room").chapters[0].id.clone();
    let lesson = authoring::add_lesson(app, &author, &chapter, "Carrying", "video").await.expect("a lesson");
    Things::from([
        ("course", author.course().to_string()),
        ("chapter", chapter.to_string()),
        ("lesson", lesson.to_string()),
        ("media", film(school, charles).await),
    ])
}

/// Everything about somebody in one file.
async fn archive(school: &School, who: &Member) -> String {
    let app = &school.app;
    privacy::ask_archive(app, &school.visit(who)).await.expect("it is asked for");
    while privacy::make_archive(app).await.expect("it is made") {}
    match privacy::data(app, who).await.expect("the page") {
        Archive::Ready { id, .. } => id,
        other => panic!("no archive but {other:?}"),
    }
}

async fn checkout(school: &School, buyer: &Member, slug: &str) -> CheckoutId {
    match orders::begin_checkout(&school.app, buyer, &slug.parse().expect("a slug")).await.expect("a checkout") {
        NextStep::Checkout(id) => id,
        other => panic!("not at the checkout but at {other:?}"),
    }
}

/// Seats for a course, paid: their pool and its order.
async fn pool(school: &School, buyer: &Member, slug: &str) -> (String, OrderId) {
    let form = SeatsForm { course: slug.into(), seats: "5".into() };
    let begun = orders::begin_seats(&school.app, buyer, form).await.expect("a checkout");
    let checkout = match begun {
        NextStep::Checkout(id) => id,
        other => panic!("not at the checkout but at {other:?}"),
    };
    let order = paid(school, buyer, &checkout).await.expect("an order");
    let desk = vouchers::seat_desk(&school.app, buyer, None, 1).await.expect("the desk");
    (desk.pools.items[0].id.to_string(), order)
}

/// An invoice that was asked for.
async fn asked(school: &School, buyer: &Member, order: &OrderId, key: &str) -> String {
    let form = InvoiceForm {
        order: vec![order.clone()],
        title_kind: "personal".into(),
        title: "Somebody".into(),
        email: "somebody@lectern.example".into(),
        idem: key.into(),
        ..InvoiceForm::default()
    };
    invoices::ask(&school.app, buyer, form).await.expect("an invoice").to_string()
}

/// An invoice that was issued, and its file.
async fn invoice(school: &School, buyer: &Member, order: &OrderId, key: &str) -> (String, String) {
    let id = asked(school, buyer, order, key).await;
    let invoice = id.parse().expect("an invoice");
    let file = "JVBERi0xLjcgYW4gaW52b2ljZQ==".to_owned();
    let issued = IssueForm { number: "25312000000012345678".into(), file, ..IssueForm::default() };
    invoices::issue(&school.app, &school.sam_at_work(), &invoice, issued).await.expect("it is issued");
    let shown = invoices::show(&school.app, buyer, &invoice).await.expect("the invoice");
    (id, shown.files[0].id.to_string())
}

/// In the trial of a membership; and another plan than theirs.
async fn membership(school: &School, who: &Member) -> (String, String) {
    let app = &school.app;
    let offered = async |months: u32, price: i64| -> PlanId {
        let price = Money::new(price, Currency::Cny);
        let plan = subscriptions::NewPlan { months, price, trial_days: 7, position: i64::from(months) };
        app.db.write(async |tx| subscriptions::put_plan(app, tx, plan).await).await.expect("a plan")
    };
    let (plan, year) = (offered(1, 3_000).await, offered(12, 30_000).await);
    let form = Subscribe {
        plan: plan.to_string(),
        trial: "yes".into(),
        price: "3000".into(),
        trial_days: "7".into(),
        consent: "yes".into(),
        idem: "trial".into(),
        ..Subscribe::default()
    };
    let zone = subscriptions::SCHOOL_ZONE;
    subscriptions::subscribe(app, who, Lang::En, zone, form, &Payer::default()).await.expect("a trial");
    all_done(school).await.expect("the provider has answered");
    let mine = subscriptions::my_membership(app, who).await.expect("the membership");
    (mine.subscription.expect("a subscription").id.to_string(), year.to_string())
}

/// What an app for codes reads from the key on the page.
pub fn secret_of(key: &str) -> Vec<u8> {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let digits = key.chars().filter(|sign| !sign.is_whitespace());
    let bits: String = digits.map(|sign| format!("{:05b}", ALPHABET.find(sign).expect("base32"))).collect();
    let bytes = bits.as_bytes().chunks_exact(8);
    bytes.map(|byte| u8::from_str_radix(std::str::from_utf8(byte).expect("bits"), 2).expect("a byte")).collect()
}
