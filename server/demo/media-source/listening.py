"""The six listening pieces, made of arithmetic alone. Each is (name, length, en title, zh title, play, cues)."""
import math


def intervals():
    names = [("octave", "八度", 2), ("fifth", "纯五度", 3 / 2), ("fourth", "纯四度", 4 / 3), ("major third", "大三度", 5 / 4), ("minor third", "小三度", 6 / 5),
             ("major second", "大二度", 9 / 8)]
    cues = []
    for k, (en, zh, _) in enumerate(names):
        cues += [(k * 7 + 0.2, k * 7 + 3.6, "Low, then high. Which distance is it?", "先低后高，听听有多远。"),
                 (k * 7 + 3.6, k * 7 + 7, f"Together: this is the {en}.", f"一起响：这是{zh}。")]

    def play(tape):
        for k, (_, _, ratio) in enumerate(names):
            tape.pluck(k * 7 + 0.2, 220, 2, 0.25)
            tape.pluck(k * 7 + 1.7, 220 * ratio, 2, 0.25)
            tape.tone(k * 7 + 3.6, 220, 2.8, 0.12)
            tape.tone(k * 7 + 3.6, 220 * ratio, 2.8, 0.12)

    return "intervals", 42, "Six intervals, low to high and together", "六个音程：先后与同时", play, cues


def breathing():
    cues = []
    for k in range(4):
        cues += [(k * 10, k * 10 + 4, "Rising: breathe in.", "音高上行：吸气。"), (k * 10 + 4, k * 10 + 10, "Falling: breathe out, slowly.", "音高下行：慢慢呼气。")]

    def play(tape):
        for k in range(4):
            tape.glide(k * 10, 130.8, 196, 4, 0.2)
            tape.glide(k * 10 + 4, 196, 130.8, 6, 0.17)

    return "breathing", 40, "Four breaths with a tone", "跟着一个音呼吸四次", play, cues


def pulse():
    parts = [(1, "One click to the beat.", "每拍一下。"), (2, "Two: say one-and, two-and.", "每拍两下：念“哒哒”。"), (3, "Three: even, not rushed.", "每拍三下：匀，不要赶。"),
             (4, "Four: keep the first one heavier.", "每拍四下：第一下略重。")]
    cues = [(k * 9, k * 9 + 9, en, zh) for k, (_, en, zh) in enumerate(parts)]

    def play(tape):
        for k, (cut, _, _) in enumerate(parts):
            for beat in range(12):
                for sub in range(cut):
                    tape.click(k * 9 + beat * 0.75 + sub * 0.75 / cut, 1600 if sub == 0 and beat % 4 == 0 else 1200 if sub == 0 else 800, 0.5 if sub == 0 else 0.28)

    return "pulse", 36, "Cutting the beat in one, two, three and four", "把一拍分成一、二、三、四份", play, cues


def beating():
    steps = [(6, "Six hertz apart: a fast flutter.", "相差六赫兹：急促的颤动。"), (3, "Three hertz apart: slower.", "相差三赫兹：慢下来了。"), (1, "One hertz: one swell a second.", "相差一赫兹：每秒起伏一次。"),
             (0, "The same pitch: it stands still. In tune.", "完全同高：静止不动，准了。")]
    cues = [(k * 8, k * 8 + 8, en, zh) for k, (_, en, zh) in enumerate(steps)]

    def play(tape):
        for k, (gap, _, _) in enumerate(steps):
            tape.tone(k * 8 + 0.2, 220, 7.4, 0.2, 0.3)
            tape.tone(k * 8 + 0.2, 220 + gap, 7.4, 0.2, 0.3)

    return "beating", 32, "Tuning by the beats between two tones", "听两个音之间的拍来调音", play, cues


def counting():
    cues = [(0, 4, "Four pitches stand for eight, four, two and one. Lowest is eight.", "四个音高代表八、四、二、一，最低的是八。"),
            (4, 20, "Counting from zero to seven: listen to the top note blink.", "从零数到七：听最高的音一闪一闪。"),
            (20, 36, "Eight to fifteen: the low note stays. All four at once is fifteen.", "从八到十五：最低音一直在；四个音齐响就是十五。")]
    pitches = {8: 196, 4: 246.9, 2: 293.7, 1: 392}

    def play(tape):
        for k, bit in enumerate((8, 4, 2, 1)):
            tape.pluck(0.3 + k * 0.8, pitches[bit], 1.2, 0.2)
        for n in range(16):
            tape.click(4 + n * 2, 900, 0.12)
            for bit, pitch in pitches.items():
                if n & bit:
                    tape.tone(4 + n * 2 + 0.05, pitch, 1.5, 0.11)

    return "counting", 36, "Counting in binary, by ear", "用耳朵听二进制计数", play, cues


def series():
    """Twenty-eight days of sales as pitch; the last week has one mistake in it."""
    days = [50 + 1.1 * d + 14 * math.sin(2 * math.pi * d / 7) for d in range(28)]
    days[23] = 8
    cues = [(0, 9, "Four weeks of sales, one note a day. Higher is more.", "四周的销售额，一天一个音，越高卖得越多。"),
            (9, 19, "You can hear the week come round, and the slow climb.", "听得出每周的起落，还有缓缓的上升。"),
            (19, 22, "Did you hear the bad day?", "听到那个出错的日子了吗？"),
            (22, 31, "Once more, with the mistake marked by a click.", "再来一遍最后一周，错误处加了一声响。")]

    def play(tape):
        pitch = lambda v: 130.8 * 2 ** (v / 50)
        for d, v in enumerate(days):
            tape.pluck(0.4 + d * 0.65, pitch(v), 1.0, 0.22)
        for d in range(21, 28):
            if d == 23:
                tape.click(22.5 + (d - 21) * 1.1, 1500, 0.6)
            tape.pluck(22.5 + (d - 21) * 1.1, pitch(days[d]), 1.3, 0.24)

    return "series", 31, "A month of sales as a melody", "把一个月的销售听成旋律", play, cues


PIECES = [intervals, breathing, pulse, beating, counting, series]
