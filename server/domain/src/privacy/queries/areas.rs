//! What of every table is about a person, told to that person: one statement for each file of the archive. Secrets and their hashes
//! stay here, and so does what is about others.

use store::{Sql, sql};

/// A file of the archive.
pub struct Area {
    /// Its name, and the table it is mostly from.
    pub name: &'static str,
    /// The tables it tells of, for the walk through all of them.
    #[cfg(test)]
    pub tables: &'static [&'static str],
    /// Takes the person's id.
    pub rows: Sql,
}

macro_rules! areas {
    ($($name:literal [$($table:literal),*] $rows:literal)+) => {
        /// Every one, in the order of the archive's page.
        pub fn all() -> Vec<Area> {
            vec![$(Area { name: $name, #[cfg(test)] tables: &[$($table),*], rows: sql!($rows) }),+]
        }
    };
}

areas! {
    "profile" ["accounts"] "SELECT id, email, email_verified_at, handle, name, headline, bio, lang, created_at FROM accounts WHERE id = $1"
    "roles" ["account_roles"] "SELECT role, granted_at FROM account_roles WHERE account_id = $1 ORDER BY granted_at"
    "interests" ["account_interests"] "SELECT topic, chosen_at FROM account_interests WHERE account_id = $1 ORDER BY topic"
    "choices" ["account_choices"] "SELECT theme, personal, letters, feed_studied, feed_looked, feed_interests FROM account_choices WHERE account_id = $1"
    "consents" ["consents"] "SELECT purpose, version, given, lang, at FROM consents WHERE account_id = $1 ORDER BY at, id"
    "notice_choices" ["notice_choices"] "SELECT kind, mail, inside FROM notice_choices WHERE account_id = $1 ORDER BY kind"
    "notices" ["notices"] "SELECT kind, title, page, at, read_at FROM notices WHERE account_id = $1 ORDER BY at, id"
    "letters" ["letters"] "SELECT address, lang, subject, body, state, created_at, sent_at FROM letters WHERE account_id = $1 ORDER BY created_at, id"
    "sessions" ["sessions"] "SELECT created_at, seen_at, proven_at, expires_at, user_agent, network FROM sessions WHERE account_id = $1 ORDER BY created_at"
    "security_log" ["security_log"] "SELECT at, kind, user_agent, network, country FROM security_log WHERE account_id = $1 ORDER BY at, id"
    "linked_providers" ["identities"] "SELECT provider, issuer, subject, email, created_at, used_at FROM identities WHERE account_id = $1 ORDER BY created_at"
    "passkeys" ["passkeys"] "SELECT name, algorithm, synced, created_at, used_at FROM passkeys WHERE account_id = $1 ORDER BY created_at"
    "second_factor" ["second_factors"] "SELECT created_at, confirmed_at FROM second_factors WHERE account_id = $1"
    "recovery_codes" ["recovery_codes"] "SELECT created_at, used_at FROM recovery_codes WHERE account_id = $1 ORDER BY created_at"
    "links_sent" ["account_links"] "SELECT purpose, email, created_at, expires_at, used_at FROM account_links WHERE account_id = $1 ORDER BY created_at"
    "keys_for_programs" ["api_tokens"] "SELECT name, scopes, created_at, expires_at, used_at, ended_at FROM api_tokens WHERE account_id = $1 ORDER BY created_at"
    "calls_by_programs" ["rest_calls"] "SELECT route, status, at FROM rest_calls WHERE account_id = $1 ORDER BY at"
    "rights_to_courses" ["grants"] "SELECT course_id, source, source_id, state, granted_at, expires_at, ended_at FROM grants WHERE account_id = $1 ORDER BY granted_at, id"
    "membership_passes" ["passes"] "SELECT state, granted_at, expires_at, suspended FROM passes WHERE account_id = $1 ORDER BY granted_at, id"
    "course_progress" ["course_progress"] "SELECT p.course_id, c.title, p.last_lesson_id, p.last_at, p.finished_at FROM course_progress p JOIN courses c ON c.id = p.course_id WHERE p.account_id = $1 ORDER BY p.last_at"
    "lesson_progress" ["lesson_progress"] "SELECT p.lesson_id, l.title, p.course_id, p.ranges, p.watched, p.position, p.position_at, p.ticked, p.ticked_at, p.done, p.finished_at FROM lesson_progress p JOIN lessons l ON l.id = p.lesson_id WHERE p.account_id = $1 ORDER BY p.course_id, l.position"
    "study" ["study_events"] "SELECT lesson_id, kind, position, ranges, happened_at, received_at FROM study_events WHERE account_id = $1 ORDER BY happened_at, id"
    "suggestions_use" ["interactions"] "SELECT course_id, kind, weight, at FROM interactions WHERE account_id = $1 ORDER BY at"
    "hidden_courses" ["dismissals"] "SELECT course_id, at FROM dismissals WHERE account_id = $1 ORDER BY at"
    "reviews" ["reviews"] "SELECT r.course_id, c.title, r.stars, r.body, r.created_at FROM reviews r JOIN courses c ON c.id = r.course_id WHERE r.account_id = $1 ORDER BY r.created_at"
    "cart" ["carts"] "SELECT coupon, use_wallet, changed_at FROM carts WHERE account_id = $1"
    "cart_items" ["cart_items"] "SELECT kind, item_id, seen_price, currency, added_at FROM cart_items WHERE account_id = $1 ORDER BY added_at"
    "checkouts" ["checkouts"] "SELECT id, currency, coupon, use_wallet, list_amount, total, gift_part, cash_part, created_at FROM checkouts WHERE account_id = $1 ORDER BY created_at"
    "checkout_lines" ["checkout_lines"] "SELECT l.checkout_id, l.position, l.kind, l.item_id, l.quantity, l.title, l.price, l.coupon FROM checkout_lines l JOIN checkouts c ON c.id = l.checkout_id WHERE c.account_id = $1 ORDER BY l.checkout_id, l.position"
    "orders" ["orders"] "SELECT id, state, refund_state, dispute_state, currency, total, gift_part, cash_part, due, refunded, lang, placed_at, paid_at, closed_at FROM orders WHERE account_id = $1 ORDER BY placed_at, id"
    "order_lines" ["order_lines"] "SELECT l.order_id, l.position, l.kind, l.item_id, l.quantity, l.title, l.currency, l.list_amount, l.discount, l.net, l.tax FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE o.account_id = $1 ORDER BY l.order_id, l.position"
    "payments" ["attempts"] "SELECT a.reference AS order_id, a.provider, a.state, a.currency, a.amount, a.captured, a.created_at, a.changed_at FROM attempts a JOIN orders o ON o.id = a.reference WHERE o.account_id = $1 ORDER BY a.created_at, a.id"
    "known_to_providers" ["payer_names"] "SELECT provider, application, name, told_at FROM payer_names WHERE account_id = $1 ORDER BY provider, application"
    "refunds" ["refunds"] "SELECT r.order_id, r.cause, r.state, r.currency, r.amount, r.due, r.cash, r.gift, r.reason, r.destination, r.created_at, r.changed_at FROM refunds r JOIN orders o ON o.id = r.order_id WHERE o.account_id = $1 ORDER BY r.created_at, r.id"
    "disputes" ["disputes"] "SELECT d.order_id, d.state, d.currency, d.amount, d.opened_at, d.changed_at FROM disputes d JOIN orders o ON o.id = d.order_id WHERE o.account_id = $1 ORDER BY d.opened_at"
    "receipts" ["receipts"] "SELECT r.series, r.number, r.order_id, r.issued_at, r.document FROM receipts r JOIN orders o ON o.id = r.order_id WHERE o.account_id = $1 ORDER BY r.issued_at"
    "credit_notes" ["credit_notes"] "SELECT n.series, n.number, n.order_id, n.issued_at, n.document FROM credit_notes n JOIN orders o ON o.id = n.order_id WHERE o.account_id = $1 ORDER BY n.issued_at"
    "invoices" ["invoices"] "SELECT id, series, number, state, title_kind, invoice_kind, title, tax_number, email, bank, address, currency, amount, red_amount, asked_at, issued_at, tax_office_number, red_number, red_at, reason FROM invoices WHERE account_id = $1 ORDER BY asked_at, id"
    "invoice_orders" ["invoice_orders"] "SELECT i.invoice_id, i.order_id, i.amount, i.live FROM invoice_orders i JOIN invoices v ON v.id = i.invoice_id WHERE v.account_id = $1 ORDER BY i.invoice_id, i.order_id"
    "coupons_used" ["redemptions"] "SELECT code, order_id, state, amount, currency, created_at, changed_at FROM redemptions WHERE account_id = $1 ORDER BY created_at, id"
    "memberships" ["subscriptions"] "SELECT id, product, plan_id, state, cancels, pauses, zone, anchor, period_starts, period_ends, lang, created_at, ended_at FROM subscriptions WHERE account_id = $1 ORDER BY created_at, id"
    "membership_periods" ["subscription_periods"] "SELECT p.subscription_id, p.number, p.starts_at, p.ends_at, p.currency, p.value FROM subscription_periods p JOIN subscriptions s ON s.id = p.subscription_id WHERE s.account_id = $1 ORDER BY p.subscription_id, p.number"
    "membership_invoices" ["subscription_invoices"] "SELECT i.subscription_id, i.number, i.kind, i.state, i.order_id, i.currency, i.amount, i.created_at, i.closed_at FROM subscription_invoices i JOIN subscriptions s ON s.id = i.subscription_id WHERE s.account_id = $1 ORDER BY i.created_at, i.id"
    "membership_reminders" ["subscription_reminders"] "SELECT r.subscription_id, r.number, r.currency, r.amount, r.charge_at, r.sent_at FROM subscription_reminders r JOIN subscriptions s ON s.id = r.subscription_id WHERE s.account_id = $1 ORDER BY r.sent_at, r.id"
    "membership_charges" ["subscription_charges"] "SELECT c.subscription_id, c.number, c.hard, c.at FROM subscription_charges c JOIN subscriptions s ON s.id = c.subscription_id WHERE s.account_id = $1 ORDER BY c.at"
    "membership_consents" ["subscription_consents"] "SELECT c.subscription_id, c.price_id, c.charge_at, c.lang, c.at FROM subscription_consents c JOIN subscriptions s ON s.id = c.subscription_id WHERE s.account_id = $1 ORDER BY c.at"
    "trials" ["trials"] "SELECT product, at FROM trials WHERE account_id = $1 ORDER BY at"
    "saved_ways_to_pay" ["agreements"] "SELECT provider, state, created_at, ended_at FROM agreements WHERE account_id = $1 ORDER BY created_at, id"
    "wallet" ["ledger_accounts", "transfers", "balances"] "SELECT t.seq, t.debit_account, t.credit_account, t.currency, t.amount, t.kind, t.phase, t.order_id, t.refund_id, t.created_at FROM transfers t WHERE t.debit_account IN (SELECT id FROM ledger_accounts WHERE owner_id = $1) OR t.credit_account IN (SELECT id FROM ledger_accounts WHERE owner_id = $1) ORDER BY t.seq"
    "gifts_given" ["vouchers"] "SELECT kind, state, course_id, amount, currency, recipient, sender, message, created_at, issued_at, expires_at, claimed_at FROM vouchers WHERE giver_id = $1 ORDER BY created_at, id"
    "codes_claimed" ["vouchers"] "SELECT kind, course_id, amount, currency, claimed_at FROM vouchers WHERE claimed_by = $1 ORDER BY claimed_at, id"
    "seats_bought" ["seat_pools"] "SELECT id, course_id, state, purchased, assigned, currency, amount, created_at FROM seat_pools WHERE account_id = $1 ORDER BY created_at, id"
    "seats_taken" ["seats"] "SELECT p.course_id, s.state, s.email, s.assigned_at, s.claimed_at, s.freed_at FROM seats s JOIN seat_pools p ON p.id = s.pool_id WHERE s.account_id = $1 ORDER BY s.assigned_at, s.id"
    "recommending" ["affiliates"] "SELECT code, created_at FROM affiliates WHERE account_id = $1"
    "recommended_by_somebody" ["referrals"] "SELECT touched_at FROM referrals WHERE account_id = $1"
    "shares_for_recommending" ["affiliate_shares"] "SELECT currency, amount, reversed, state, earned_at, due_at FROM affiliate_shares WHERE affiliate_id = $1 ORDER BY earned_at"
    "courses_taught" ["courses"] "SELECT id, slug, state, kind, level, language, topic, title, promise, about_html, price, currency, published_at, updated_at FROM courses WHERE instructor_id = $1 ORDER BY published_at, id"
    "drafts" ["drafts"] "SELECT course_id, state, slug, kind, level, language, title, promise, about, topic, tags, learn, suits, not_for, price, currency, created_at, updated_at FROM drafts WHERE owner_id = $1 ORDER BY created_at, course_id"
    "draft_chapters" ["draft_chapters"] "SELECT c.course_id, c.position, c.title FROM draft_chapters c JOIN drafts d ON d.course_id = c.course_id WHERE d.owner_id = $1 ORDER BY c.course_id, c.position"
    "draft_lessons" ["draft_lessons"] "SELECT l.course_id, l.position, l.title, l.kind, l.body, l.media_id, l.preview, l.seconds, l.updated_at FROM draft_lessons l JOIN drafts d ON d.course_id = l.course_id WHERE d.owner_id = $1 ORDER BY l.course_id, l.position, l.id"
    "files" ["media"] "SELECT id, kind, name, content_type, bytes, seconds, width, height, digest, created_at FROM media WHERE owner_id = $1 ORDER BY created_at, id"
    "captions" ["media_captions"] "SELECT c.media_id, c.lang, c.body FROM media_captions c JOIN media m ON m.id = c.media_id WHERE m.owner_id = $1 ORDER BY c.media_id, c.lang"
    "uploads" ["uploads"] "SELECT name, purpose, bytes, received, created_at, expires_at FROM uploads WHERE owner_id = $1 ORDER BY created_at, id"
    "coupons_made" ["promotions"] "SELECT id, name, kind, percent_bp, amount, currency, scope, used, starts_at, ends_at, created_at FROM promotions WHERE instructor_id = $1 OR created_by = $1 ORDER BY created_at, id"
    "bundles" ["bundles"] "SELECT id, slug, title, promise, state, price, currency, created_at FROM bundles WHERE instructor_id = $1 ORDER BY created_at, id"
    "shares_agreed" ["course_shares"] "SELECT course_id, share_bp FROM course_shares WHERE account_id = $1 ORDER BY course_id"
    "sales" ["order_line_parts"] "SELECT course_id, title, net, share_bp, share FROM order_line_parts WHERE instructor_id = $1 ORDER BY line_id, position"
    "shares_of_sales" ["line_shares"] "SELECT course_id, amount FROM line_shares WHERE account_id = $1 ORDER BY line_id, course_id"
    "earnings" ["share_holds"] "SELECT source, course_id, title, currency, net, pool, amount, taken_pending, taken_payable, released, earned_at, due_at FROM share_holds WHERE account_id = $1 ORDER BY earned_at, id"
    "bank_accounts" ["payout_accounts"] "SELECT masked, live, set_at, usable_at FROM payout_accounts WHERE account_id = $1 ORDER BY set_at, id"
    "payouts" ["payouts"] "SELECT state, currency, amount, reference, problem, created_at, changed_at, paid_at FROM payouts WHERE account_id = $1 ORDER BY created_at, id"
    "code_batches_made" ["voucher_batches"] "SELECT name, count, created_at, expires_at FROM voucher_batches WHERE created_by = $1 ORDER BY created_at, id"
    "former_addresses" ["address_changes"] "SELECT former, changed_at, open_until, undone_at FROM address_changes WHERE account_id = $1 ORDER BY changed_at"
    "suspensions" ["account_suspensions"] "SELECT reason, suspended_at, restored_at, restore_reason FROM account_suspensions WHERE account_id = $1 ORDER BY suspended_at"
    "roles_asked_for" ["role_requests"] "SELECT role, change, reason, state, asked_at, expires_at, decided_at FROM role_requests WHERE account_id = $1 ORDER BY asked_at"
    "looked_at_by_staff" ["seen_as"] "SELECT reason, started_at, until, ended_at FROM seen_as WHERE account_id = $1 ORDER BY started_at"
    "wrong_codes" ["wrong_codes"] "SELECT kind, at FROM wrong_codes WHERE account_id = $1 ORDER BY at"
    "deeds" ["audit_entries"] "SELECT at, action, subject_kind, subject_id, detail FROM audit_entries WHERE actor_id = $1 OR (subject_kind = 'account' AND subject_id = $1) ORDER BY at, id"
    "events" ["events"] "SELECT kind, subject_id, detail, at FROM events WHERE account_id = $1 ORDER BY seq"
    "archives" ["archives"] "SELECT state, asked_at, bytes, ready_at, expires_at FROM archives WHERE account_id = $1 ORDER BY asked_at"
    "departure" ["departures"] "SELECT asked_at, due_at, keeps_reviews, waives FROM departures WHERE account_id = $1"
}
