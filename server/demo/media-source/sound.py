"""Tones by arithmetic: mono, 16 bit. Times in seconds, pitch in hertz, loudness 0..1."""
import array
import math
import wave

SAMPLE_RATE = 22050


class Tape:
    def __init__(self, length):
        self.samples = array.array("d", bytes(8 * round(length * SAMPLE_RATE)))

    def pluck(self, at, pitch, length=1.6, loud=0.2):
        """A soft plucked note: three partials that die away, the higher ones sooner."""
        for partial, share in ((1, 1.0), (2, 0.32), (3, 0.12)):
            self._add(at, length, loud * share, lambda t: pitch * partial, lambda t: min(1, t / 0.012) * math.exp(-2.6 * partial * t))

    def tone(self, at, pitch, length, loud=0.15, rise=0.08):
        """A held note with soft edges and a faint octave."""
        shape = lambda t: min(1, t / rise, max(0, (length - t) / rise))
        self._add(at, length, loud, lambda t: pitch, shape)
        self._add(at, length, loud * 0.18, lambda t: 2 * pitch, shape)

    def glide(self, at, low, high, length, loud=0.12):
        """A tone that slides from one pitch to another and swells in between."""
        self._add(at, length, loud, lambda t: low + (high - low) * t / length, lambda t: math.sin(math.pi * t / length) ** 0.7)

    def click(self, at, pitch=1400, loud=0.25):
        self._add(at, 0.05, loud, lambda t: pitch, lambda t: min(1, t / 0.002) * math.exp(-90 * t))

    def _add(self, at, length, loud, pitch, shape):
        first, count, phase = round(at * SAMPLE_RATE), round(length * SAMPLE_RATE), 0.0
        for i in range(min(count, len(self.samples) - first)):
            t = i / SAMPLE_RATE
            phase += 2 * math.pi * pitch(t) / SAMPLE_RATE
            self.samples[first + i] += loud * shape(t) * math.sin(phase)

    def save(self, path):
        with wave.open(str(path), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(SAMPLE_RATE)
            out.writeframes(array.array("h", (round(max(-1, min(1, s)) * 32000) for s in self.samples)).tobytes())
