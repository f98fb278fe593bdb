//! From marks on sheets to a PDF file.

use crate::face::{Faces, Strength};
use crate::layout::{Ink, Mark, SHEET};
use crate::setting::{Type, written};
use crate::{About, NotDrawn};
use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::text::KrillaGlyph;

impl Ink {
    fn color(self) -> rgb::Color {
        match self {
            Ink::Black => rgb::Color::new(26, 32, 40),
            Ink::Grey => rgb::Color::new(99, 106, 114),
            Ink::Line => rgb::Color::new(214, 209, 200),
            Ink::Azurite => rgb::Color::new(17, 98, 139),
            Ink::Cinnabar => rgb::Color::new(187, 53, 31),
        }
    }
    fn fill(self) -> Fill {
        Fill { paint: self.color().into(), opacity: NormalizedF32::ONE, rule: Default::default() }
    }
}

pub fn pdf(about: &About, sheets: &[Vec<Mark>], faces: &Faces) -> Result<Vec<u8>, NotDrawn> {
    let mut document = Document::new();
    for sheet in sheets {
        let Some(settings) = PageSettings::from_wh(SHEET.0, SHEET.1) else { continue };
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for mark in sheet {
            draw(&mut surface, mark, faces);
        }
        surface.finish();
        page.finish();
    }
    document.set_metadata(metadata(about));
    document.finish().map_err(|reason| NotDrawn::File(format!("{reason:?}")))
}

fn metadata(about: &About) -> Metadata {
    let made = DateTime::new(about.made.year)
        .month(about.made.month)
        .day(about.made.day)
        .hour(about.made.hour)
        .minute(about.made.minute)
        .second(0)
        .utc_offset_hour(about.made.zone)
        .utc_offset_minute(0);
    Metadata::new()
        .title(about.title.clone())
        .language(about.lang.clone())
        .authors(vec![about.author.clone()])
        .creator("Lectern".into())
        .creation_date(made)
        .document_id(about.id.clone())
}

fn draw(surface: &mut Surface<'_>, mark: &Mark, faces: &Faces) {
    match mark {
        Mark::Text { x, y, kind, ink, text } => {
            surface.set_stroke(None);
            surface.set_fill(Some(ink.fill()));
            set(surface, (*x, *y), *kind, text, faces);
        }
        Mark::Rule { x, to, y, thick, ink } => {
            surface.set_stroke(None);
            surface.set_fill(Some(ink.fill()));
            path(surface, Rect::from_xywh(*x, *y, to - x, *thick));
        }
        Mark::Frame { x, y, wide, high, thick, ink } => {
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke { paint: ink.color().into(), width: *thick, ..Stroke::default() }));
            path(surface, Rect::from_xywh(*x, *y, *wide, *high));
        }
    }
}

fn path(surface: &mut Surface<'_>, rect: Option<Rect>) {
    let mut builder = PathBuilder::new();
    if let Some(rect) = rect {
        builder.push_rect(rect);
    }
    if let Some(path) = builder.finish() {
        surface.draw_path(&path);
    }
}

/// One line of text, a run for each change of font.
fn set(surface: &mut Surface<'_>, (mut x, y): (f32, f32), kind: Type, text: &str, faces: &Faces) {
    let all = written(faces, text, kind.strength);
    let mut rest = all.as_slice();
    while let Some((from, _, first, _)) = rest.first() {
        let length = rest.iter().take_while(|(_, _, letter, _)| letter.strength == first.strength).count();
        let (run, later) = rest.split_at(length);
        let end = later.first().map_or(text.len(), |(at, ..)| *at);
        let part = &text[*from..end];
        let glyphs: Vec<KrillaGlyph> = run
            .iter()
            .map(|(at, c, letter, advance)| KrillaGlyph {
                glyph_id: letter.glyph,
                text_range: at - from..at - from + c.len_utf8(),
                x_advance: *advance,
                x_offset: 0.0,
                y_offset: 0.0,
                y_advance: 0.0,
                location: None,
            })
            .collect();
        let strength: Strength = first.strength;
        surface.draw_glyphs(Point::from_xy(x, y), &glyphs, faces.face(strength).font.clone(), part, kind.size, false);
        x += run.iter().map(|(.., advance)| advance).sum::<f32>() * kind.size;
        rest = later;
    }
}
