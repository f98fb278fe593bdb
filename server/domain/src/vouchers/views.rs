//! Gifts, codes and seats as their people see them.

use super::code::{Purpose, kept, link};
use super::queries::{self, CourseName, Voucher};
use crate::error::OrNotFound;
use crate::{App, Member, Result, Staff};
use model::Lang;
use model::ids::{EventId, SeatId, SeatPoolId, VoucherId};
use model::orders::Key;
use model::paging::Leaf;
use model::text::Slug;
use model::vouchers::{CodeDesk, GiftDesk, GivenCourse, GivenGift, PoolView, SeatDesk, SeatRow, SeatState, VoucherState};
use store::Conn;

/// How many gifts, packs or batches a page shows.
const PER_PAGE: u32 = 30;

/// The page where a gift is put together, of this course, with a page of what was given.
pub async fn gift_desk(app: &App, giver: &Member, lang: Lang, course: Option<&Slug>, page: u32) -> Result<GiftDesk> {
    let mut conn = app.db.read().await?;
    let leaf = Leaf::of(page, PER_PAGE, queries::count_given(&mut conn, &giver.id).await?);
    let given = queries::given(&mut conn, &giver.id, leaf).await?;
    Ok(GiftDesk {
        course: chosen(&mut conn, course).await?,
        sender: giver.me.name.to_string(),
        given: leaf.with(given.into_iter().map(|(voucher, title)| shown(app, lang, voucher, title)).collect()),
        key: new_key(app)?,
    })
}

fn new_key(app: &App) -> Result<Key> {
    let id: EventId = app.new_id();
    Ok(Key::parse(id.as_str())?)
}

/// A course that can be bought for somebody.
async fn chosen(conn: &mut Conn, slug: Option<&Slug>) -> Result<Option<GivenCourse>> {
    let Some(slug) = slug else { return Ok(None) };
    let found = queries::course_by_slug(conn, slug).await?.filter(|course| course.listed && !course.price.is_zero());
    Ok(found.map(|CourseName { id, slug, title, instructor, price, .. }| GivenCourse { id, slug, title, instructor, price }))
}

fn shown(app: &App, lang: Lang, voucher: Voucher, title: String) -> GivenGift {
    let good = voucher.state == VoucherState::Issued;
    let code = good.then(|| kept(app, Purpose::Voucher, voucher.id.as_str(), &voucher.code_hash)).flatten();
    GivenGift {
        id: voucher.id,
        title,
        card: voucher.card,
        state: voucher.state,
        link: code.as_ref().map(|code| link(app, lang, code)),
        code: code.map(|code| code.grouped()),
        issued_at: voucher.issued_at,
        expires_at: voucher.expires_at,
    }
}

/// The course of a gift, for letters.
pub async fn issued_gift(conn: &mut Conn, id: &VoucherId) -> Result<Option<String>> {
    let Some(course) = queries::voucher(conn, id).await?.and_then(|voucher| voucher.course) else { return Ok(None) };
    Ok(queries::course(conn, &course).await?.map(|course| course.title))
}

/// An invitation to a seat, for its letter.
pub struct Invitation {
    pub email: String,
    pub from: String,
    pub title: String,
    pub link: String,
}

/// The invitation of a seat; none where it was taken back meanwhile.
pub async fn invitation(app: &App, conn: &mut Conn, lang: Lang, id: &SeatId) -> Result<Option<Invitation>> {
    let Some(seat) = queries::seat(conn, id).await?.filter(|seat| seat.state == SeatState::Invited && seat.is_live) else {
        return Ok(None);
    };
    let Some(code) = kept(app, Purpose::Seat, id.as_str(), &seat.code_hash) else { return Ok(None) };
    Ok(Some(Invitation {
        from: queries::name(conn, &seat.owner).await?,
        title: queries::course(conn, &seat.course).await?.or_not_found()?.title,
        link: link(app, lang, &code),
        email: seat.email.to_string(),
    }))
}

/// Staff's page of codes.
pub async fn codes(app: &App, staff: &Staff, page: u32) -> Result<CodeDesk> {
    let mut conn = app.db.read().await?;
    let leaf = Leaf::of(page, PER_PAGE, queries::count_batches(&mut conn).await?);
    Ok(CodeDesk { batches: leaf.with(queries::batches(&mut conn, &staff.id, leaf).await?), key: new_key(app)? })
}

/// A page of a person's packs, and a course to buy seats of.
pub async fn seat_desk(app: &App, owner: &Member, course: Option<&Slug>, page: u32) -> Result<SeatDesk> {
    let mut conn = app.db.read().await?;
    let leaf = Leaf::of(page, PER_PAGE, queries::count_pools(&mut conn, &owner.id).await?);
    let pools = leaf.with(queries::pools_of(&mut conn, &owner.id, leaf).await?);
    Ok(SeatDesk { course: chosen(&mut conn, course).await?, pools })
}

/// One pack of the person's own, with its seats.
pub async fn show_pool(app: &App, owner: &Member, lang: Lang, id: &SeatPoolId) -> Result<PoolView> {
    let mut conn = app.db.read().await?;
    let (_, row) = queries::pool(&mut conn, id).await?.filter(|(whose, _)| *whose == owner.id).or_not_found()?;
    let now = app.now();
    let seats = queries::seats_of(&mut conn, id).await?;
    let seats = seats
        .into_iter()
        .map(|seat| SeatRow {
            link: Some(&seat)
                .filter(|seat| seat.state == SeatState::Invited && seat.is_live)
                .and_then(|seat| kept(app, Purpose::Seat, seat.id.as_str(), &seat.code_hash))
                .map(|code| link(app, lang, &code)),
            free_at: seat.free_at.filter(|at| seat.counted && *at > now),
            id: seat.id,
            email: seat.email,
            state: seat.state,
            name: seat.holder_name,
            assigned_at: seat.assigned_at,
        })
        .collect();
    Ok(PoolView { row, seats })
}
