//! The two fonts, and which glyph writes a character.

use krilla::text::{Font, GlyphId};
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use std::collections::HashMap;
use std::io::Read;
use std::sync::{Arc, LazyLock};

static REGULAR: &[u8] = include_bytes!("../fonts/regular.otf.br");
static BOLD: &[u8] = include_bytes!("../fonts/bold.otf.br");

/// What stands for a character that neither font has.
const STAND_IN: char = '□';

/// One font: its glyphs by character, with their widths.
pub struct Face {
    pub font: Font,
    /// Glyph and advance in ems.
    glyphs: HashMap<char, (GlyphId, f32)>,
}

impl Face {
    fn of(packed: &[u8]) -> Option<Self> {
        let mut bytes = Vec::new();
        brotli::Decompressor::new(packed, 64 * 1024).read_to_end(&mut bytes).ok()?;
        let bytes: Arc<Vec<u8>> = Arc::new(bytes);
        let read = FontRef::new(&bytes).ok()?;
        let (map, metrics): (Charmap<'_>, _) = (read.charmap(), read.glyph_metrics(Size::new(1.0), LocationRef::default()));
        let glyphs = map
            .mappings()
            .filter_map(|(code, glyph)| {
                let width = metrics.advance_width(glyph)?;
                Some((char::from_u32(code)?, (GlyphId::new(glyph.to_u32()), width)))
            })
            .collect();
        let font = Font::new(bytes.clone().into(), 0)?;
        Some(Self { font, glyphs })
    }
}

/// How strongly text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    Regular,
    Bold,
}

/// Both fonts.
pub struct Faces {
    regular: Face,
    bold: Face,
}

/// The fonts, unpacked once; none where they cannot be read.
pub fn faces() -> Option<&'static Faces> {
    static FACES: LazyLock<Option<Faces>> = LazyLock::new(|| Some(Faces { regular: Face::of(REGULAR)?, bold: Face::of(BOLD)? }));
    FACES.as_ref()
}

/// A character as it is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Written {
    /// The font it really comes from.
    pub strength: Strength,
    pub glyph: GlyphId,
    /// In ems.
    pub width: f32,
}

impl Faces {
    pub fn face(&self, strength: Strength) -> &Face {
        match strength {
            Strength::Regular => &self.regular,
            Strength::Bold => &self.bold,
        }
    }

    /// The glyph for a character: from the font asked for, else from the one with more characters, else the stand-in.
    pub fn write(&self, character: char, strength: Strength) -> Written {
        let from = |strength: Strength, character: char| {
            let (glyph, width) = *self.face(strength).glyphs.get(&character)?;
            Some(Written { strength, glyph, width })
        };
        from(strength, character)
            .or_else(|| from(Strength::Regular, character))
            .or_else(|| from(strength, STAND_IN))
            .unwrap_or(Written { strength, glyph: GlyphId::new(0), width: 1.0 })
    }
}
