#!/usr/bin/env python3
"""Makes the two fonts of our papers from Noto Sans CJK (Debian: fonts-noto-cjk; pip: fonttools brotli).

    python3 subset.py /usr/share/fonts/opentype/noto

Regular covers every Han character of GB 18030's first level (U+4E00 to U+9FA5), so that nearly every name can be written; Bold
covers GB 2312. Both hold Latin with its accents and the punctuation of both languages. Shaping tables are left out: a receipt
needs neither ligatures nor vertical writing. The results are kept as Brotli, a third smaller than in the open.
"""
import io, pathlib, sys
import brotli
from fontTools import subset
from fontTools.ttLib import TTFont

SC = 2  # the place of Noto Sans CJK SC in its collection
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2028), 0x2030, 0x2032, 0x2033, 0x203B, 0x20A9, 0x20AC,
         0x2116, 0x2122, 0x2190, 0x2192, 0x2212, 0x25A1, 0x3013]


def gb2312():
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                yield ord(bytes([row, cell]).decode("gb2312"))
            except UnicodeDecodeError:
                pass


def make(source, characters, target):
    options = subset.Options(layout_features=[], hinting=False, name_IDs=["*"], name_legacy=True,
                             drop_tables=["GPOS", "GSUB", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG"])
    # the time of making is not written, so that the same source makes the same bytes
    font = TTFont(source, fontNumber=SC, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    whole = io.BytesIO()
    font.save(whole)
    pathlib.Path(target).write_bytes(brotli.compress(whole.getvalue(), quality=11))


if __name__ == "__main__":
    fonts, here = pathlib.Path(sys.argv[1]), pathlib.Path(__file__).parent
    han = set(gb2312())
    make(fonts / "NotoSansCJK-Regular.ttc", {*LATIN, *han, *range(0x4E00, 0x9FA6)}, here / "regular.otf.br")
    make(fonts / "NotoSansCJK-Bold.ttc", {*LATIN, *han}, here / "bold.otf.br")
