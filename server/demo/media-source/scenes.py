"""The eight video scenes. Each returns a Scene; words come in two languages, `en` and `zh`."""
import math
from dataclasses import dataclass

from canvas import *
from sound import Tape


@dataclass
class Scene:
    name: str
    length: float
    titles: dict
    cues: list      # (start, end, en, zh)
    paint: object   # paint(canvas, language)
    play: object    # play(tape)
    poster: float
    crf: int = 34   # higher where much moves in every frame


def pick(language, en, zh):
    return en if language == "en" else zh


def steps_bar(c, language, cues, y=318):
    """The current step, in words, under the picture."""
    for start, end, en, zh in cues:
        c.words(start + 0.05, end, 320, y, pick(language, en, zh), 15, INK2)


# --- programming: binary search -------------------------------------------------------------------------------------
VALUES = [3, 8, 11, 15, 19, 24, 28, 33, 37, 42, 48, 55, 61, 70, 78, 86]
LOOKS = [(3, 0, 15, 7), (8, 8, 15, 11), (13, 8, 10, 9), (18, 8, 8, 8)]   # start, first, last, middle


def search():
    short = [
        (0.4, 3, "Sixteen sorted numbers. Where is 37?", "十六个排好序的数，37 在哪里？"),
        (3, 8, "Look in the middle: 33 is too small. Drop the left half.", "看正中：33 太小，左半边全部排除。"),
        (8, 13, "Middle of what is left: 55 is too large. Drop the right.", "再看剩下的正中：55 太大，排除右边。"),
        (13, 18, "42 is too large as well.", "42 还是太大。"),
        (18, 25.6, "Found in four looks, not sixteen. A million would need twenty.", "四次就找到，而不是十六次；一百万个数也只要二十次。"),
    ]

    def paint(c, lang):
        c.heading(pick(lang, "ALGORITHMS IN PICTURES", "图解算法"), pick(lang, "Halving the problem", "每次砍掉一半"), AZURITE)
        base, left, step = 268, 64, 32

        def frame(t, shape):
            for i, value in enumerate(VALUES):
                grow = ease((t - 0.3 - i * 0.05) / 0.7)
                gone = 0.0
                colour = AZURITE_SOFT
                for start, first, last, middle in LOOKS:
                    if t >= start and first <= i <= last:
                        colour = AZURITE_SOFT
                        if i == middle:
                            hot = BAMBOO if VALUES[i] == 37 else GAMBOGE
                            colour = blend(AZURITE_SOFT, hot, ease((t - start) / 0.5))
                            if VALUES[i] != 37:
                                gone = max(gone, ease((t - start - 2.6) / 0.8))
                        elif start < 18:
                            out = (i <= middle) if VALUES[middle] < 37 else (i >= middle)
                            if out:
                                gone = max(gone, ease((t - start - 2.6) / 0.8))
                    elif t >= start:
                        gone = 1.0
                colour = blend(colour, SUNKEN, gone)
                height = (18 + value * 1.55) * grow
                shape(box(left + i * step, base - height, 24, height, 3), colour)
            for start, first, last, middle in LOOKS:
                if start <= t < start + 5 or (start == 18 and t >= 18):
                    a, b = left + first * step, left + last * step + 24
                    shape(box(a, base + 26, b - a, 3, 1.5), AZURITE)
                    x = left + middle * step + 12
                    lift = 3 * math.sin(t * 4)
                    top = base - (18 + VALUES[middle] * 1.55) - 10 + lift
                    shape(poly([(x - 7, top - 9), (x + 7, top - 9), (x, top)]), CINNABAR if VALUES[middle] != 37 else BAMBOO, 4)

        c.each_frame(0, 25.6, frame)
        for i, value in enumerate(VALUES):
            c.words(0.6, 25.6, left + i * step + 12, base + 13, str(value), 13, BAMBOO if value == 37 else INK3, bold=value == 37)
        steps_bar(c, lang, short)

    def play(tape):
        for start, pitch in ((0.4, 220), (3, 330), (8, 277.2), (13, 293.7), (18, 392), (18.25, 493.9), (18.5, 587.3)):
            tape.pluck(start, pitch, 2.2)
        for k in range(16):
            tape.pluck(0.5 + k * 0.05, 220 + 20 * k, 0.4, 0.05)

    return Scene("search", 25.6, {"en": "Binary search in pictures", "zh": "图解二分查找"}, short, paint, play, 15.5)


# --- data: a line through points ------------------------------------------------------------------------------------
POINTS = [(0.06, 0.17), (0.12, 0.10), (0.18, 0.27), (0.24, 0.19), (0.31, 0.34), (0.37, 0.29), (0.44, 0.47), (0.5, 0.36),
          (0.57, 0.52), (0.63, 0.58), (0.7, 0.5), (0.77, 0.68), (0.84, 0.62), (0.9, 0.78)]
ODD = (0.94, 0.06)


def line_of(points):
    n = len(points)
    mx, my = sum(p[0] for p in points) / n, sum(p[1] for p in points) / n
    slope = sum((x - mx) * (y - my) for x, y in points) / sum((x - mx) ** 2 for x, _ in points)
    return slope, my - slope * mx


def fit():
    short = [
        (0.4, 5, "Fourteen days: hours of sun, cold drinks sold.", "十四天的记录：日照时数与卖出的冷饮。"),
        (5, 10, "Try a line. The dashes are what it gets wrong.", "试着画一条线，短竖线是它错了多少。"),
        (10, 15, "The best line makes the squared errors smallest.", "最好的线，让误差的平方和最小。"),
        (15, 20.5, "Now one odd day. See how far the line moves.", "加进一个反常的日子，看线偏了多少。"),
        (20.5, 25.6, "Look at the points before you trust the line.", "先看点，再信线。"),
    ]

    def paint(c, lang):
        c.heading(pick(lang, "DATA IN PICTURES", "图解数据"), pick(lang, "A line through the points", "穿过这些点的线"), AZURITE)
        x0, y0, w, h = 96, 282, 470, 186
        put = lambda p: (x0 + p[0] * w, y0 - p[1] * h)
        c.shape(0, 25.6, box(x0, y0, w, 1.5), INK3)
        c.shape(0, 25.6, box(x0 - 1.5, y0 - h, 1.5, h + 1.5), INK3)
        c.words(0, 25.6, x0 + w, y0 + 6, pick(lang, "hours of sun", "日照（小时）"), 12, INK3, anchor=9, fade=0)
        c.words(0, 25.6, x0 - 8, y0 - h, pick(lang, "sold", "销量"), 12, INK3, anchor=9, fade=0)
        good, bad = line_of(POINTS), line_of(POINTS + [ODD])

        def frame(t, shape):
            for i, p in enumerate(POINTS):
                born = ease((t - 0.6 - i * 0.25) / 0.4)
                x, y = put(p)
                if born > 0:
                    shape(disc(x, y - 30 * (1 - born), 6 * born), AZURITE, 4)
            if t > 15:
                born = ease((t - 15.3) / 0.6)
                x, y = put(ODD)
                shape(disc(x, y, 7 * born), CINNABAR, 4)
                if t < 17:
                    shape(disc(x, y, 7 + 16 * ease((t - 15.6) / 1.2)), CINNABAR, 3, 0.55 + 0.45 * ease((t - 15.6) / 1.2))
            if t > 5:
                show = ease((t - 5) / 1)
                slope, off = mix(0.1, good[0], ease((t - 10) / 2)), mix(0.36, good[1], ease((t - 10) / 2))
                if t > 16.5:
                    k = ease((t - 16.5) / 1.6)
                    slope, off = mix(good[0], bad[0], k), mix(good[1], bad[1], k)
                    shape(stroke([put((0, good[1])), put((1, good[0] + good[1]))], 2), AZURITE_SOFT, 2)
                points = POINTS + ([ODD] if t > 16.5 else [])
                for p in points:
                    (x, y), (_, z) = put(p), put((p[0], slope * p[0] + off))
                    if abs(y - z) > 1:
                        shape(box(x - 1, min(y, z), 2, abs(y - z) * show), "e5a898", 1)
                shape(stroke([put((0, off)), put((show, slope * show + off))], 3.5), GAMBOGE if t < 16.5 else CINNABAR, 3)

        c.each_frame(0, 25.6, frame)
        steps_bar(c, lang, short, 322)

    def play(tape):
        for i, p in enumerate(POINTS):
            tape.pluck(0.6 + i * 0.25, 220 * 2 ** (p[1] * 1.5), 0.9, 0.13)
        for at, pitch in ((5, 196), (10, 261.6), (12, 392), (15.3, 138.6), (16.5, 185), (20.5, 220), (21, 330)):
            tape.pluck(at, pitch, 2.2)

    return Scene("fit", 25.6, {"en": "A line through the points", "zh": "穿过这些点的线"}, short, paint, play, 13.6)


# --- business: break-even -------------------------------------------------------------------------------------------
def even():
    short = [
        (0.4, 5, "Rent is due before the first sale: fixed cost.", "还没开张，租金就要付：固定成本。"),
        (5, 9.5, "Each item adds a little cost, and more revenue.", "每卖一件，成本添一点，收入添得更多。"),
        (9.5, 14.5, "Where the lines cross, you stop losing money.", "两线相交之处，从此不再亏钱。"),
        (14.5, 20, "Cheaper rent: the point comes sooner.", "租金便宜一点，这一点就来得更早。"),
        (20, 25.6, "A better price moves it more. Know both levers.", "单价提高一点，影响更大。两根杠杆都要心里有数。"),
    ]

    def paint(c, lang):
        c.heading(pick(lang, "BUSINESS IN PICTURES", "图解商业"), pick(lang, "The point where it pays", "保本点在哪里"), BAMBOO)
        x0, y0, w, h = 96, 282, 450, 186
        put = lambda x, y: (x0 + x * w, y0 - y * h)
        c.shape(0, 25.6, box(x0, y0, w + 20, 1.5), INK3)
        c.shape(0, 25.6, box(x0 - 1.5, y0 - h, 1.5, h + 1.5), INK3)
        c.words(0, 25.6, x0 + w + 20, y0 + 6, pick(lang, "items sold", "销量"), 12, INK3, anchor=9, fade=0)
        c.words(0, 25.6, x0 - 8, y0 - h, pick(lang, "money", "金额"), 12, INK3, anchor=9, fade=0)

        def frame(t, shape):
            fixed = mix(0.34, 0.22, ease((t - 15) / 2))
            price = mix(0.86, 1.0, ease((t - 20.5) / 2))
            unit = 0.24
            cross = fixed / (price - unit)
            a = ease((t - 0.8) / 1.6)
            b = ease((t - 5.2) / 2)
            if t > 9.7:
                k = ease((t - 9.7) / 1.2)
                shape(poly([put(0, 0), put(cross, price * cross), put(0, fixed)]), CINNABAR_SOFT, 1, 1 - k)
                shape(poly([put(cross, price * cross), put(1, price), put(1, fixed + unit)]), BAMBOO_SOFT, 1, 1 - k)
            if a > 0:
                shape(stroke([put(0, fixed), put(a, fixed)], 2), LINE if b > 0 else CINNABAR, 2)
            if b > 0:
                shape(stroke([put(0, fixed), put(b, fixed + unit * b)], 3.5), CINNABAR, 3)
                shape(stroke([put(0, 0), put(b, price * b)], 3.5), BAMBOO, 3)
            if t > 9.7:
                x, y = put(cross, price * cross)
                shape(disc(x, y, 8 + 1.2 * math.sin(t * 4)), GAMBOGE, 4)
                for k in range(int((y0 - y) // 10)):
                    shape(box(x - 0.75, y + 12 + k * 10, 1.5, 5), INK3, 2)

        c.each_frame(0, 25.6, frame)
        x, y = put(1, 0.34 + 0.24)
        c.words(7, 15, x + 8, y, pick(lang, "cost", "成本"), 14, CINNABAR, anchor=4, bold=True)
        x, y = put(1, 0.86)
        c.words(7, 20.3, x + 8, y, pick(lang, "revenue", "收入"), 14, BAMBOO, anchor=4, bold=True)
        x, y = put(1, 0.22 + 0.24)
        c.words(17, 25.6, x + 8, y, pick(lang, "cost", "成本"), 14, CINNABAR, anchor=4, bold=True)
        x, y = put(1, 1)
        c.words(22.5, 25.6, x + 8, y, pick(lang, "revenue", "收入"), 14, BAMBOO, anchor=4, bold=True)
        steps_bar(c, lang, short, 322)

    def play(tape):
        for at, pitch in ((0.8, 146.8), (5.2, 220), (5.7, 293.7), (9.7, 370), (10.1, 440), (15, 329.6), (20.5, 392), (21, 493.9), (21.5, 587.3)):
            tape.pluck(at, pitch, 2.4)

    return Scene("even", 25.6, {"en": "The point where it pays", "zh": "保本点在哪里"}, short, paint, play, 13.2)


# --- humanities: an argument as a map -------------------------------------------------------------------------------
def argument():
    short = [
        (0.4, 5, "Start with the claim: what are we asked to accept?", "先找主张：它要我们同意什么？"),
        (5, 10, "Then the reasons that are given for it.", "再找理由：它凭什么这么说？"),
        (10, 15, "Ask what each reason takes for granted.", "追问每条理由默认了什么。"),
        (15, 20, "Write down the strongest objection, not the weakest.", "写下最有力的反对意见，而不是最弱的。"),
        (20, 25.6, "A claim is as firm as its reply.", "主张站不站得住，看它怎样回应。"),
    ]

    def paint(c, lang):
        c.heading(pick(lang, "READING CLOSELY", "细读"), pick(lang, "The map of an argument", "给论证画一张地图"), CINNABAR)
        boxes = {
            "claim": (0.6, 215, 88, 210, 44, AZURITE, "ffffff", pick(lang, "Close Main Street to cars", "老街应当禁行机动车")),
            "one": (5.4, 60, 168, 200, 40, AZURITE_SOFT, INK, pick(lang, "Walkers stop and buy", "行人会停下来买东西")),
            "two": (6.6, 380, 168, 200, 40, AZURITE_SOFT, INK, pick(lang, "The air gets cleaner", "空气会变好")),
            "ground": (10.5, 60, 242, 200, 40, GAMBOGE_SOFT, INK, pick(lang, "Assumed: people will come", "默认：人还会来")),
            "but": (15.4, 380, 242, 200, 40, CINNABAR_SOFT, INK, pick(lang, "But: shops need deliveries", "但是：店铺要进货")),
            "reply": (20.4, 270, 242, 100, 40, BAMBOO_SOFT, INK, pick(lang, "Before ten", "十点前放行")),
        }
        for born, x, y, w, h, fill, ink, words in boxes.values():
            c.each_frame(born, born + 0.4, lambda t, shape, x=x, y=y, w=w, h=h, fill=fill, born=born: shape(
                box(x + w / 2 * (1 - ease((t - born) / .4)) * .3, y + 6 * (1 - ease((t - born) / .4)), w * (0.7 + 0.3 * ease((t - born) / .4)), h, 8), fill, 3, 1 - ease((t - born) / .4)))
            c.shape(born + 0.4, 25.6, box(x, y, w, h, 8), fill, 3)
            c.words(born + 0.2, 25.6, x + w / 2, y + h / 2, words, 15, ink, bold=fill == AZURITE)
        links = [(5.9, (160, 168), (160, 150), (320, 150), (320, 132)), (7.1, (480, 168), (480, 150), (320, 150), (320, 132)),
                 (11.0, (160, 242), (160, 225), (160, 215), (160, 208)), (15.9, (480, 242), (480, 225), (480, 215), (480, 208)),
                 (20.9, (370, 262), (374, 262), (377, 262), (380, 262))]

        def frame(t, shape):
            for born, *points in links:
                k = ease((t - born) / 0.7) * 3
                if k <= 0:
                    continue
                for i in range(3):
                    part = min(1, max(0, k - i))
                    (ax, ay), (bx, by) = points[i], points[i + 1]
                    if part > 0 and (ax, ay) != (bx, by):
                        ex, ey = mix(ax, bx, part), mix(ay, by, part)
                        shape(box(min(ax, ex) - 1, min(ay, ey) - 1, abs(ex - ax) + 2, abs(ey - ay) + 2), INK3, 2)

        c.each_frame(5, 25.6, frame)
        steps_bar(c, lang, short)

    def play(tape):
        for at, pitch in ((0.6, 196), (5.4, 246.9), (6.6, 293.7), (10.5, 220), (15.4, 174.6), (20.4, 261.6), (20.8, 329.6), (21.2, 392)):
            tape.pluck(at, pitch, 2.6)

    return Scene("argument", 25.6, {"en": "The map of an argument", "zh": "给论证画一张地图"}, short, paint, play, 24)


# --- music: a string and its parts ----------------------------------------------------------------------------------
MODES = [(1, 1, 6.5), (2, 6.5, 12), (3, 12, 17.5), (4, 17.5, 23)]


def string():
    short = [
        (0.4, 6.5, "One string, one arc: this is the ground note.", "一根弦，一个弧：这是基音。"),
        (6.5, 12, "In two halves it sings twice as fast: an octave.", "分成两段，振动快一倍：高八度。"),
        (12, 17.5, "In three: against the octave, three to two, a fifth.", "分成三段：与八度相比是三比二，纯五度。"),
        (17.5, 23, "In four: against the third, four to three, a fourth.", "分成四段：与三段相比是四比三，纯四度。"),
        (23, 28, "Every plucked string sounds all of them at once.", "每拨一次弦，它们其实同时在响。"),
    ]

    def paint(c, lang):
        c.heading(pick(lang, "SOUND IN PICTURES", "图解声音"), pick(lang, "A string and its parts", "一根弦里的许多音"), GAMBOGE)
        mid, x0, w = 188, 84, 472
        names = {1: pick(lang, "1 : 1 ground note", "1 : 1　基音"), 2: pick(lang, "2 : 1 octave", "2 : 1　八度"),
                 3: pick(lang, "3 : 2 fifth", "3 : 2　纯五度"), 4: pick(lang, "4 : 3 fourth", "4 : 3　纯四度")}

        def wave_at(x, n, t, size):
            return size * math.sin(math.pi * n * x) * math.cos(t * (6 + 2 * n))

        def frame(t, shape):
            shape(disc(x0, mid, 6), INK, 4)
            shape(disc(x0 + w, mid, 6), INK, 4)
            size, n = 0.0, 1
            for mode, start, end in MODES:
                if start <= t < end:
                    n, size = mode, 62 / (mode ** 0.5) * ease((t - start) / 0.25) * math.exp(-0.28 * (t - start))
            grid = [i / 90 for i in range(91)]
            if t >= 23:
                fall = 30 * math.exp(-0.3 * (t - 23)) * ease((t - 23) / .3)
                line = [(x0 + x * w, mid + sum(wave_at(x, k, t, fall / k ** .6) for k in (1, 2, 3, 4))) for x in grid]
            else:
                edge = [(x0 + x * w, mid - size * math.sin(math.pi * n * x)) for x in grid]
                back = [(x, 2 * mid - y) for x, y in edge]
                shape(poly(edge + back[::-1]), GAMBOGE_SOFT, 1)
                line = [(x0 + x * w, mid + wave_at(x, n, t, size)) for x in grid]
                for k in range(1, n):
                    shape(disc(x0 + w * k / n, mid, 4.5), CINNABAR, 4)
            shape(stroke(line, 3), INK, 3)

        c.each_frame(0, 28, frame)
        for mode, start, end in MODES:
            c.words(start, end, 320, 276, names[mode], 20, INK, SERIF, bold=True)
        c.words(23, 28, 320, 276, "1 + 2 + 3 + 4", 20, INK, SERIF, bold=True)
        steps_bar(c, lang, short, 318)

    def play(tape):
        for mode, start, _ in MODES:
            if mode > 1:
                tape.pluck(start + 0.05, 165 * (mode - 1), 2.0, 0.16)
                tape.pluck(start + 1.2, 165 * mode, 2.2, 0.2)
                tape.pluck(start + 2.6, 165 * (mode - 1), 2.6, 0.13)
                tape.pluck(start + 2.6, 165 * mode, 2.6, 0.13)
            else:
                tape.pluck(start + 0.05, 165, 2.6, 0.25)
                tape.pluck(start + 2.7, 165, 2.6, 0.25)
        for k in (1, 2, 3, 4):
            tape.pluck(23, 165 * k, 4.5, 0.16 / k ** .5)

    return Scene("string", 28, {"en": "A string and its parts", "zh": "一根弦里的许多音"}, short, paint, play, 14.04, 35)


# --- health: one slow breath after another ----------------------------------------------------------------------------
def breath():
    short = [(0, 10, "In through the nose for four, out for six.", "鼻吸四拍，慢呼六拍。"),
             (10, 20, "Let the shoulders stay where they are.", "肩膀放着不动。"),
             (20, 30, "The longer breath out does the work.", "起作用的是更长的那一口呼气。")]

    def paint(c, lang):
        c.heading(pick(lang, "A MINUTE FOR YOURSELF", "留给自己一分钟"), pick(lang, "Four in, six out", "吸四呼六"), BAMBOO)

        def size(t):
            u = t % 10
            return ease(u / 4) if u < 4 else 1 - ease((u - 4) / 6)

        def frame(t, shape):
            s = size(t)
            for k, (extra, colour) in enumerate(((34, "eef6f0"), (19, "dfefe4"), (0, blend("9fcdb0", BAMBOO, s * 0.75)))):
                shape(disc(320, 192, 38 + 42 * s + extra * (0.35 + 0.65 * s)), colour, 1 + k)
            u = (t % 10) / 10
            steps = max(2, int(60 * u))
            arc = [(320 + 112 * math.sin(2 * math.pi * u * i / steps), 192 - 112 * math.cos(2 * math.pi * u * i / steps)) for i in range(steps + 1)]
            shape(stroke(arc, 2.5), GAMBOGE, 4)

        c.each_frame(0, 30, frame)
        for k in range(3):
            for i in range(4):
                c.words(k * 10 + i, k * 10 + i + 1, 320, 184, pick(lang, "in", "吸"), 19, "ffffff" if i > 1 else INK, SERIF, bold=True, fade=0)
                c.words(k * 10 + i, k * 10 + i + 1, 320, 206, str(i + 1), 14, "ffffff" if i > 1 else INK, fade=0)
            for i in range(6):
                light = i < 3
                c.words(k * 10 + 4 + i, k * 10 + 5 + i, 320, 184, pick(lang, "out", "呼"), 19, "ffffff" if light else INK, SERIF, bold=True, fade=0)
                c.words(k * 10 + 4 + i, k * 10 + 5 + i, 320, 206, str(i + 1), 14, "ffffff" if light else INK, fade=0)
        steps_bar(c, lang, short, 332)

    def play(tape):
        for k in range(3):
            tape.glide(k * 10, 130.8, 196, 4, 0.13)
            tape.glide(k * 10 + 4, 196, 130.8, 6, 0.11)
            tape.glide(k * 10, 261.6, 392, 4, 0.03)
            tape.glide(k * 10 + 4, 392, 261.6, 6, 0.025)

    return Scene("breath", 30, {"en": "Four in, six out", "zh": "吸四呼六"}, short, paint, play, 13.4, 35)


# --- design: from a heap to a page ----------------------------------------------------------------------------------
def page():
    short = [
        (0.4, 5, "The same seven pieces, thrown on the table.", "同样的七块东西，随手扔在桌上。"),
        (5, 10, "Align: give every edge a neighbour.", "对齐：让每条边都有伴。"),
        (10, 15, "Group: near means related, far means separate.", "分组：近的相关，远的无关。"),
        (15, 20, "Rank: one thing is largest, and only one.", "分级：最大的只有一个。"),
        (20, 25.6, "One accent, where the hand should go.", "一处强调，放在手该去的地方。"),
    ]
    # for each piece: five places (heap, aligned, grouped, ranked, final) as x, y, w, h
    picture = [(395, 108, 120, 78), (210, 96, 220, 66), (210, 96, 220, 70), (210, 88, 220, 92), (210, 88, 220, 92)]
    title = [(150, 210, 140, 16), (210, 172, 140, 16), (210, 176, 140, 16), (210, 190, 200, 24), (210, 190, 200, 24)]
    lines = [[(250 + 40 * (i % 2), 118 + 31 * i, 150 - 22 * i, 9), (210, 198 + 19 * i, 150 - 22 * i, 9), (210, 199 + 13 * i, 190 - 24 * i, 7),
              (210, 222 + 12 * i, 205 - 28 * i, 6), (210, 222 + 12 * i, 205 - 28 * i, 6)] for i in range(3)]
    button = [(330, 240, 92, 26), (210, 258, 92, 22), (210, 258, 92, 24), (210, 264, 92, 24), (210, 264, 92, 24)]
    mark = [(172, 128, 34, 34), (396, 258, 34, 22), (396, 258, 34, 24), (406, 264, 24, 24), (406, 264, 24, 24)]

    def paint(c, lang):
        c.heading(pick(lang, "DESIGN IN PICTURES", "图解设计"), pick(lang, "From a heap to a page", "从一堆到一页"), CINNABAR)
        c.shape(0, 25.6, box(192, 80, 256, 218, 10), "ffffff", 1)
        moves = [5.2, 10.2, 15.2, 20.2]

        def place(spots, t, delay):
            at = spots[0]
            for start, spot in zip(moves, spots[1:]):
                k = ease((t - start - delay) / 1.2)
                at = tuple(mix(a, b, k) for a, b in zip(at, spot))
            return at

        def frame(t, shape):
            shape(box(*place(picture, t, 0), 5), blend("b9c4cc", AZURITE_SOFT, ease((t - 20.4) / 1)), 2)
            x, y, w, h = place(picture, t, 0)
            shape(poly([(x + w * .12, y + h * .85), (x + w * .38, y + h * .4), (x + w * .55, y + h * .66), (x + w * .7, y + h * .48), (x + w * .9, y + h * .85)]), "9fb0ba", 3)
            shape(box(*place(title, t, 0.1), 3), INK, 3)
            for i, spots in enumerate(lines):
                shape(box(*place(spots, t, 0.2 + 0.08 * i), 3), "b5b9bd", 3)
            shape(box(*place(button, t, 0.45), 6), blend("8a9199", CINNABAR, ease((t - 20.6) / 0.8)), 4)
            x, y, w, h = place(mark, t, 0.5)
            shape(box(x, y, w, h, w / 2), "d9d6ce", 3)

        c.each_frame(0, 25.6, frame)
        for start, en, zh in ((5.2, "align", "对齐"), (10.2, "group", "分组"), (15.2, "rank", "分级"), (20.2, "accent", "强调")):
            y = 110 + (start - 5.2) / 5 * 46
            c.words(start, 25.6, 482, y, f"{round((start - .2) / 5)}", 24, CINNABAR, SERIF, 4, True)
            c.words(start, 25.6, 506, y, pick(lang, en, zh), 17, INK2, SERIF, 4)
        steps_bar(c, lang, short, 326)

    def play(tape):
        for at, pitch in ((0.5, 207.7), (1.1, 233.1), (5.2, 261.6), (10.2, 329.6), (15.2, 392), (20.2, 261.6), (20.4, 329.6), (20.6, 392), (20.8, 523.3)):
            tape.pluck(at, pitch, 2.2)

    return Scene("page", 25.6, {"en": "From a heap to a page", "zh": "从一堆到一页"}, short, paint, play, 23.5)


# --- science: equal areas in equal times ----------------------------------------------------------------------------
def orbit():
    short = [
        (0.4, 6, "A planet goes round on an ellipse, the Sun at a focus.", "行星沿椭圆运行，太阳在一个焦点上。"),
        (6, 13, "Near the Sun it hurries; far away it lingers.", "离太阳近时快，离得远时慢。"),
        (13, 20, "Cut the year into twelve equal times.", "把一年分成十二段相等的时间。"),
        (20, 28, "Every slice has the same area. That is Kepler's law.", "每一片面积都相等：开普勒第二定律。"),
    ]
    a, e, cx, cy, period = 170, 0.55, 320, 190, 14.0
    b = a * math.sqrt(1 - e * e)
    sun = (cx + a * e, cy)

    def at(t):
        """The planet's place at time t, by Kepler's equation."""
        mean = 2 * math.pi * (t % period) / period
        x = mean
        for _ in range(12):
            x -= (x - e * math.sin(x) - mean) / (1 - e * math.cos(x))
        return cx + a * math.cos(x), cy - b * math.sin(x) * 0.72

    def paint(c, lang):
        c.heading(pick(lang, "THE SKY IN PICTURES", "图解天空"), pick(lang, "Equal times, equal areas", "相等的时间，相等的面积"), AZURITE)
        ring = [(cx + a * math.cos(2 * math.pi * i / 120), cy - b * 0.72 * math.sin(2 * math.pi * i / 120)) for i in range(121)]
        c.shape(0, 28, stroke(ring, 1.8), LINE, 2)
        for k in range(12):
            born = 13.5 + k * 0.5
            slice_ = poly([sun] + [at(period * (k + j / 14) / 12) for j in range(15)])
            c.shape(born, 28, slice_, (AZURITE_SOFT, GAMBOGE_SOFT)[k % 2], 1, fade=0.4)

        def frame(t, shape):
            for extra, colour, layer in ((11, "fbf0d3", 2), (0, GAMBOGE, 4)):
                shape(disc(*sun, 14 + extra + (math.sin(t * 2) if extra else 0)), colour, layer)
            for k in range(14):
                x, y = at(t - 0.07 * (14 - k))
                shape(disc(x, y, 1 + k * 0.25), blend(PAPER, AZURITE, 0.15 + k * 0.035), 3)
            shape(disc(*at(t), 8), AZURITE, 5)

        c.each_frame(0, 28, frame)
        steps_bar(c, lang, short, 322)

    def play(tape):
        for k in range(28):
            x, y = at(k)
            tape.pluck(k, 146.8 * 2 ** (1.5 * (1 - math.hypot(x - sun[0], y - sun[1]) / (a * (1 + e)))), 1.4, 0.15)

    return Scene("orbit", 28, {"en": "Equal times, equal areas", "zh": "相等的时间，相等的面积"}, short, paint, play, 21.5)


SCENES = [search, fit, even, argument, string, breath, page, orbit]
