"""Makes every media file. Usage: make.py OUT [name ...] (names: scenes, pieces or PDFs; none means all)."""
import pathlib
import subprocess
import sys
import tempfile

from canvas import PAPER, RATE, Canvas
from listening import PIECES
from scenes import SCENES
from sound import Tape

HERE = pathlib.Path(__file__).parent
SHEETS = [("engine-table", "en", "How to read an engine's table"), ("decision-journal", "en", "A decision journal"),
          ("argument-sheet", "zh", "论证拆解工作单"), ("data-questions", "zh", "看数据之前的十二个问题")]
CAPTIONS = {True: '["zh", "en"]', False: "[]"}
QUIET = ["ffmpeg", "-hide_banner", "-loglevel", "error", "-y"]


def captions(out, base, cues):
    stamp = lambda t: f"{int(t // 3600):02d}:{int(t // 60 % 60):02d}:{t % 60:06.3f}"
    for column, language in ((2, "en"), (3, "zh")):
        body = "\n\n".join(f"{stamp(c[0])} --> {stamp(c[1])}\n{c[column]}" for c in cues)
        (out / f"{base}.{language}.vtt").write_text(f"WEBVTT\n\n{body}\n")


def video(out, work, scene, language):
    base = f"{scene.name}-{language}"
    canvas = Canvas(scene.length)
    scene.paint(canvas, language)
    (work / "v.ass").write_text(canvas.text())
    wav = work / f"{scene.name}.wav"
    if not wav.exists():
        tape = Tape(scene.length)
        scene.play(tape)
        tape.save(wav)
    subprocess.run(QUIET + ["-f", "lavfi", "-i", f"color=c=0x{PAPER}:s=640x360:r={RATE}:d={scene.length}", "-i", wav, "-vf", f"ass={work}/v.ass,format=yuv420p",
                            "-c:v", "libx264", "-preset", "slow", "-crf", str(scene.crf), "-tune", "animation", "-profile:v", "main", "-g", "100", "-c:a", "aac", "-b:a", "13k", "-ac", "1",
                            "-t", str(scene.length), "-movflags", "+faststart", "-map_metadata", "-1", "-fflags", "+bitexact", out / f"{base}.mp4"], check=True)
    subprocess.run(QUIET + ["-ss", str(scene.poster), "-i", out / f"{base}.mp4", "-frames:v", "1", "-q:v", "4", "-update", "1", out / f"{base}.jpg"], check=True)
    captions(out, base, scene.cues)


def audio(out, work, name, length, play, cues):
    tape = Tape(length)
    play(tape)
    tape.save(work / "a.wav")
    subprocess.run(QUIET + ["-i", work / "a.wav", "-c:a", "aac", "-b:a", "12k", "-ac", "1", "-movflags", "+faststart", "-fflags", "+bitexact", out / f"{name}.m4a"], check=True)
    captions(out, name, cues)


def sheet(out, name):
    subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={out}/{name}.pdf", f"file://{HERE}/{name}.html"],
                   check=True, stderr=subprocess.DEVNULL)


def table(out):
    rows = []
    for make in SCENES:
        s = make()
        for language in ("en", "zh"):
            base = f"{s.name}-{language}"
            rows.append((f"{base}.mp4", "video", s.length, 640, 360, True, f"{base}.jpg", s.titles["zh"], s.titles["en"], language))
    for make in PIECES:
        name, length, en, zh, *_ = make()
        rows.append((f"{name}.m4a", "audio", length, 0, 0, True, "", zh, en, ""))
    for name, language, title in SHEETS:
        rows.append((f"{name}.pdf", "pdf", 0, 0, 0, False, "", title, title, language))
    text = "# Written by make-media.sh; do not edit.\n"
    for file, kind, seconds, width, height, captioned, poster, zh, en, language in rows:
        text += (f'\n[[media]]\nfile = "{file}"\nkind = "{kind}"\nseconds = {round(seconds)}\nwidth = {width}\nheight = {height}\n'
                 f'captions = {CAPTIONS[captioned]}\nposter = "{poster}"\ntitle_zh = "{zh}"\ntitle_en = "{en}"\n')
    (out / "media.toml").write_text(text)


def main():
    out = pathlib.Path(sys.argv[1]).resolve()
    wanted = set(sys.argv[2:])
    out.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        for make in SCENES:
            scene = make()
            if not wanted or scene.name in wanted:
                for language in ("en", "zh"):
                    video(out, work, scene, language)
        for make in PIECES:
            name, length, _, _, play, cues = make()
            if not wanted or name in wanted:
                audio(out, work, name, length, play, cues)
        for name, _, _ in SHEETS:
            if not wanted or name in wanted:
                sheet(out, name)
    table(out)


main()
