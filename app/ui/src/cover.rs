//! Pictures for courses that have none: six patterns in ten pigments, the same for the same id for ever.

use crate::{Slot, Text};
use leptos::prelude::*;

/// Where the cover stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CoverShape {
    /// On a card.
    #[default]
    Card,
    /// Beside a row; without the slip.
    Thumb,
    /// At the head of a page.
    Wide,
}

/// The uploaded picture, or a drawn one with a paper slip (题签) that carries a word or a short title.
#[component]
pub fn Cover(
    /// The course's id: chooses pigment and pattern.
    #[prop(into)]
    id: String,
    /// Address of the uploaded picture.
    #[prop(optional, into)]
    picture: Text,
    /// On the paper slip: the topic's name, or a title of a few words.
    #[prop(optional, into)]
    slip: Text,
    /// BCP 47 tag of the slip where it is not the page's language; Chinese is set vertically.
    #[prop(optional, into)]
    slip_lang: Text,
    #[prop(optional)] shape: CoverShape,
    /// A `Badge` with `on_picture`.
    #[prop(optional, into)]
    badge: Slot,
    /// The largest picture of the first screen: loaded first.
    #[prop(optional)]
    eager: bool,
) -> impl IntoView {
    let seed = mix(&id);
    let shape = match shape {
        CoverShape::Card => "",
        CoverShape::Thumb => " cover-thumb",
        CoverShape::Wide => " cover-wide",
    };
    let class = format!("cover p{}{shape}", (seed >> 20) % 10);
    let drawn = picture.as_deref().is_none();
    let inside = match picture.get() {
        Some(src) => {
            let (loading, priority) = if eager { ("eager", "high") } else { ("lazy", "auto") };
            view! { <img src=src alt="" width="640" height="360" loading=loading fetchpriority=priority/> }.into_any()
        }
        None => {
            let paths: Vec<_> = pattern(seed)
                .into_iter()
                .map(|stroke| view! { <path class=stroke.class opacity=stroke.opacity d=stroke.path></path> })
                .collect();
            view! { <svg viewBox="0 0 320 180" preserveAspectRatio="xMidYMid slice" aria-hidden="true">{paths}</svg> }.into_any()
        }
    };
    let slip = slip
        .get()
        .filter(|_| drawn)
        .map(|slip| view! { <span class="cover-slip" aria-hidden="true" lang=slip_lang.get()>{slip}</span> });
    view! {
        <span class=class>
            {inside}
            {slip}
            {badge.get().map(|badge| view! { <span class="cover-badge">{badge}</span> })}
        </span>
    }
}

/// One path: its class says the pigment (`g` ground, `d` deep, `m` middle, `l` light; with `s` as a stroke).
struct Stroke {
    class: &'static str,
    opacity: &'static str,
    path: String,
}

fn stroke(class: &'static str, opacity: &'static str, path: String) -> Stroke {
    Stroke { class, opacity, path }
}

/// A number from a text, the same on every machine (FNV-1a, then mixed).
pub(crate) fn mix(text: &str) -> u64 {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash ^ (hash >> 31)
}

/// Small whole numbers that look thrown.
struct Dice(u64);

impl Dice {
    fn between(&mut self, low: i64, high: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        low + ((self.0 >> 33) % (high - low + 1) as u64) as i64
    }
}

fn pattern(seed: u64) -> Vec<Stroke> {
    let mut dice = Dice(seed | 1);
    match seed % 6 {
        0 => mountains(&mut dice),
        1 => water(&mut dice),
        2 => moons(&mut dice),
        3 => bamboo(&mut dice),
        4 => round_window(&mut dice),
        _ => ripples(&mut dice),
    }
}

fn circle(x: i64, y: i64, r: i64) -> String {
    format!("M{} {y}a{r} {r} 0 1 0 {} 0a{r} {r} 0 1 0 -{} 0z", x - r, 2 * r, 2 * r)
}

/// A ridge from edge to edge, `height` above the foot, its peaks within `swing`.
fn ridge(dice: &mut Dice, height: i64, swing: i64) -> String {
    let mut path = format!("M-20 200V{}", 180 - height);
    let mut x = -20;
    let mut up = dice.between(0, 1) == 0;
    while x < 330 {
        let (run, rise) = (dice.between(26, 52), dice.between(swing / 3, swing));
        let peak = 180 - height + if up { -rise } else { rise / 2 };
        path.push_str(&format!("Q{} {peak} {} {}", x + run / 2, x + run, 180 - height + dice.between(-swing / 4, swing / 4)));
        x += run;
        up = !up;
    }
    path.push_str("V200z");
    path
}

fn mountains(dice: &mut Dice) -> Vec<Stroke> {
    let moon = circle(dice.between(190, 275), dice.between(36, 62), dice.between(13, 24));
    vec![
        stroke("l", ".9", moon),
        stroke("m", ".55", ridge(dice, 84, 46)),
        stroke("m", ".9", ridge(dice, 58, 40)),
        stroke("d", ".7", ridge(dice, 36, 34)),
        stroke("d", "1", ridge(dice, 14, 22)),
    ]
}

fn water(dice: &mut Dice) -> Vec<Stroke> {
    let (x, y) = (dice.between(150, 260), dice.between(52, 70));
    let mut lines = String::new();
    let mut at = 92;
    for step in 0..9 {
        let (run, rise) = (24 + 4 * step, 3 + step);
        lines.push_str(&format!("M{} {at}q{} -{rise} {run} 0", -dice.between(0, 60), run / 2));
        lines.push_str(&format!("t{run} 0").repeat((400 / run) as usize));
        at += 6 + step;
    }
    vec![
        stroke("l", ".92", circle(x, y, dice.between(22, 32))),
        stroke("d", ".5", "M0 90h320v90H0z".to_owned()),
        stroke("d", ".55", ridge(dice, 92, 16)),
        stroke("ls", ".42", lines),
    ]
}

fn moons(dice: &mut Dice) -> Vec<Stroke> {
    let (x, y) = (dice.between(170, 250), dice.between(70, 110));
    vec![
        stroke("m", ".6", circle(x - dice.between(70, 110), y + dice.between(20, 50), dice.between(80, 110))),
        stroke("d", ".5", circle(x + dice.between(50, 90), y - dice.between(0, 40), dice.between(70, 95))),
        stroke("l", ".85", circle(x, y, dice.between(30, 46))),
        stroke("d", ".35", circle(x + 16, y + dice.between(-14, 14), dice.between(30, 44))),
    ]
}

/// A leaf from (x, y) towards (dx, dy), pointed at both ends.
fn leaf(x: i64, y: i64, dx: i64, dy: i64) -> String {
    let (bend_x, bend_y) = (dy / 5, dx / 5);
    let (out_x, out_y) = (dx / 2 - bend_x, dy / 2 + bend_y);
    let (back_x, back_y) = (bend_x - dx / 2, -bend_y - dy / 2);
    format!("M{x} {y}q{out_x} {out_y} {dx} {dy}q{} {} {} {}z", back_x, back_y, -dx, -dy)
}

fn bamboo(dice: &mut Dice) -> Vec<Stroke> {
    let (mut far, mut near, mut leaves) = (String::new(), String::new(), String::new());
    let mut x = dice.between(104, 128);
    for count in 0..6 {
        let width = dice.between(4, 12);
        let stalk = if count % 2 == 0 { &mut near } else { &mut far };
        let mut top = -dice.between(4, 30);
        while top < 180 {
            let length = dice.between(44, 66);
            stalk.push_str(&format!("M{x} {top}h{width}v{length}h-{width}z"));
            top += length + 2;
        }
        let (y, side) = (dice.between(8, 110), if dice.between(0, 1) == 0 { -1 } else { 1 });
        for (dx, dy) in [
            (dice.between(26, 40), dice.between(4, 14)),
            (dice.between(18, 28), dice.between(22, 34)),
            (dice.between(2, 8), dice.between(28, 40)),
        ] {
            leaves.push_str(&leaf(x + width / 2, y, side * dx, dy));
        }
        x += dice.between(26, 44);
    }
    vec![stroke("m", ".55", far), stroke("d", ".8", near), stroke("d", ".92", leaves)]
}

fn round_window(dice: &mut Dice) -> Vec<Stroke> {
    let (x, y, r) = (dice.between(190, 226), 90, dice.between(58, 68));
    // the chord that is the ground seen through the window: 3-4-5 keeps its ends on the circle
    let (half, drop) = (r * 4 / 5, r * 3 / 5);
    let (left, ground) = (x - half, y + drop);
    let peak = dice.between(half / 2, half);
    vec![
        stroke("d", ".45", "M0 0h320v180H0z".to_owned()),
        stroke("ms", ".8", circle(x, y, r + 7)),
        stroke("l", "1", circle(x, y, r)),
        stroke("g", ".55", circle(x - dice.between(-22, 22), y - r / 3, r / 6)),
        stroke(
            "m",
            ".9",
            format!(
                "M{left} {ground}q{} -{} {peak} -{} q{} 8 {} {}z",
                peak / 2,
                drop / 3,
                drop + 8,
                (2 * half - peak) / 3,
                2 * half - peak,
                drop + 8
            ),
        ),
        stroke(
            "d",
            ".9",
            format!("M{left} {ground}q{} -{} {} -4t{half} 4A{r} {r} 0 0 1 {left} {ground}z", half / 2, drop / 2, half),
        ),
    ]
}

fn ripples(dice: &mut Dice) -> Vec<Stroke> {
    let (x, y) = (dice.between(180, 260), dice.between(60, 120));
    let mut rings = String::new();
    let mut r = 26;
    for step in 0..11 {
        rings.push_str(&circle(x, y, r));
        r += 14 + step;
    }
    vec![
        stroke("m", ".4", circle(x, y, 150)),
        stroke("m", ".45", circle(x, y, 84)),
        stroke("ls", ".45", rings),
        stroke("d", "1", circle(x, y, 13)),
    ]
}

#[cfg(test)]
mod tests {
    use super::{mix, pattern};

    #[test]
    fn a_cover_is_the_same_for_ever_and_small() {
        assert_eq!(mix("a"), mix("a"));
        assert_ne!(mix("a"), mix("b"));
        for seed in 0..600 {
            let bytes: usize = pattern(seed).iter().map(|stroke| stroke.path.len()).sum();
            assert!(bytes < 1500, "seed {seed} draws {bytes} bytes");
        }
    }
}
