"""A vector canvas that writes ASS events; libass then draws every frame. Sizes are in pixels of a 640x360 picture, times in seconds."""
import math

WIDTH, HEIGHT, RATE = 640, 360, 20
PAPER, SUNKEN, LINE, INK, INK2, INK3 = "fbfaf7", "efece5", "d9d6ce", "1a2028", "474e57", "737a82"
AZURITE, GAMBOGE, BAMBOO, CINNABAR = "11628b", "ecb33c", "286d45", "bb351f"
AZURITE_SOFT, BAMBOO_SOFT, CINNABAR_SOFT, GAMBOGE_SOFT = "cfe5f2", "d3ebdb", "f8dcd4", "faeac4"
SERIF, SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"


def ease(x):
    """Smooth 0..1."""
    x = min(1.0, max(0.0, x))
    return x * x * (3 - 2 * x)


def mix(a, b, x):
    return a + (b - a) * x


def blend(a, b, x):
    """A colour between two RRGGBB colours."""
    return "".join(f"{round(mix(int(a[i:i+2], 16), int(b[i:i+2], 16), x)):02x}" for i in (0, 2, 4))


def poly(points):
    head, *rest = points
    return f"m {head[0]:.1f} {head[1]:.1f} l " + " ".join(f"{x:.1f} {y:.1f}" for x, y in rest)


def box(x, y, w, h, r=0):
    if r <= 0:
        return poly([(x, y), (x + w, y), (x + w, y + h), (x, y + h)])
    r = min(r, w / 2, h / 2)
    k = r * 0.448
    return (f"m {x+r:.1f} {y:.1f} l {x+w-r:.1f} {y:.1f} b {x+w-k:.1f} {y:.1f} {x+w:.1f} {y+k:.1f} {x+w:.1f} {y+r:.1f} "
            f"l {x+w:.1f} {y+h-r:.1f} b {x+w:.1f} {y+h-k:.1f} {x+w-k:.1f} {y+h:.1f} {x+w-r:.1f} {y+h:.1f} "
            f"l {x+r:.1f} {y+h:.1f} b {x+k:.1f} {y+h:.1f} {x:.1f} {y+h-k:.1f} {x:.1f} {y+h-r:.1f} "
            f"l {x:.1f} {y+r:.1f} b {x:.1f} {y+k:.1f} {x+k:.1f} {y:.1f} {x+r:.1f} {y:.1f}")


def disc(x, y, r):
    return box(x - r, y - r, 2 * r, 2 * r, r)


def stroke(points, width):
    """A line of the given width through the points, as a filled outline."""
    left, right = [], []
    for i, (x, y) in enumerate(points):
        ax, ay = points[max(0, i - 1)]
        bx, by = points[min(len(points) - 1, i + 1)]
        length = math.hypot(bx - ax, by - ay) or 1.0
        nx, ny = -(by - ay) / length * width / 2, (bx - ax) / length * width / 2
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    return poly(left + right[::-1])


def clock(t):
    cs = round(t * 100)
    return f"{cs // 360000}:{cs // 6000 % 60:02d}:{cs // 100 % 60:02d}.{cs % 100:02d}"


class Canvas:
    def __init__(self, length):
        self.length, self.events = length, []

    def _add(self, layer, start, end, tags, body):
        self.events.append(f"Dialogue: {layer},{clock(start)},{clock(end)},S,,0,0,0,,{{{tags}}}{body}")

    def shape(self, start, end, path, colour, layer=1, fade=0.0, alpha=0.0):
        tags = f"\\an7\\pos(0,0)\\bord0\\shad0\\1c{self._bgr(colour)}\\1a&H{round(alpha*255):02X}&"
        if fade:
            tags += f"\\fad({round(fade*1000)},0)"
        self._add(layer, start, end, tags + "\\p1", path)

    def words(self, start, end, x, y, text, size=16, colour=INK, font=SANS, anchor=5, bold=False, layer=5, fade=0.25, alpha=0.0):
        tags = (f"\\an{anchor}\\pos({x:.1f},{y:.1f})\\bord0\\shad0\\fn{font}\\fs{size}\\b{int(bold)}\\1c{self._bgr(colour)}"
                f"\\1a&H{round(alpha*255):02X}&")
        if fade:
            tags += f"\\fad({round(fade*1000)},{round(fade*600)})"
        self._add(layer, start, end, tags, text)

    def each_frame(self, start, end, draw):
        """Calls draw(t, shape) for every frame; shape(path, colour, layer) draws for that frame only."""
        for k in range(round(start * RATE), round(end * RATE)):
            a, b = k / RATE, (k + 1) / RATE
            draw(a, lambda path, colour, layer=2, alpha=0.0: self.shape(a, b, path, colour, layer, alpha=alpha))

    def heading(self, label, title, accent):
        self.shape(0, self.length, box(32, 31, 4, 40, 2), accent, 3)
        self.words(0, self.length, 46, 28, label, 13, INK3, SANS, 7, fade=0)
        self.words(0, self.length, 46, 44, title, 25, INK, SERIF, 7, bold=True, fade=0)

    @staticmethod
    def _bgr(c):
        return f"&H{c[4:6]}{c[2:4]}{c[0:2]}&".upper()

    def text(self):
        head = ("[Script Info]\nScriptType: v4.00+\nPlayResX: 640\nPlayResY: 360\nWrapStyle: 2\nScaledBorderAndShadow: yes\n\n[V4+ Styles]\n"
                "Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, "
                "ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding\n"
                f"Style: S,{SANS},16,&H0,&H0,&H0,&H0,0,0,0,0,100,100,0,0,1,0,0,7,0,0,0,1\n\n[Events]\n"
                "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n")
        return head + "\n".join(self.events) + "\n"
