#!/usr/bin/env python3
"""Makes server/domain/src/accounts/breached.bin: what the program knows of passwords that stand in published leaks.

    python3 server/domain/breached/make.py            makes the file anew
    python3 server/domain/breached/make.py --check    fails where the file is not what this would make

The lists come from two packages of fixed versions whose licences allow it, and from frequent.txt beside this file:

- @zxcvbn-ts/language-common 4.1.3 (MIT): some 49,000 passwords by frequency, as its authors gathered them from published leaks
- Django 5.2.19 (BSD-3-Clause): common-passwords.txt.gz, 20,000 passwords by frequency, gathered by Royce Williams
- frequent.txt: the 3,000 most frequent of at least eight characters in zxcvbn's list (MIT), with those frequent in China

The file holds no password: of each the first five bytes of its SHA-256, sorted, without repetition. A password that stands
in no list is taken for one of them with a chance of (number of entries) / 2^40.
"""

import gzip
import hashlib
import json
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import unicodedata
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
MADE = HERE.parent / "src" / "accounts" / "breached.bin"
# bytes of each hash that are kept
WIDTH = 5
# with up to four digits or marks behind it, this much is a password of eight characters
SHORTEST = 4

ZXCVBN = ("@zxcvbn-ts/language-common@4.1.3", "package/src/passwords.json", "f422773d94d630f27e08b26d7017e847bb1feb2a84809340e9c0b0c47b33e3f1")
DJANGO = ("django==5.2.19", "django/contrib/auth/common-passwords.txt.gz", "3c1baed62596de36860824eb3f436d5932d37ca8b06e59df78f5a44ec175afe4")


def known(content: bytes, digest: str, what: str) -> bytes:
    """The content, where it is the one that was looked at."""
    found = hashlib.sha256(content).hexdigest()
    if found != digest:
        sys.exit(f"{what}: not the list this was written for ({found})")
    return content


def of_zxcvbn(folder: pathlib.Path) -> list[str]:
    package, path, digest = ZXCVBN
    subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        return json.loads(known(archive.extractfile(path).read(), digest, package))


def of_django(folder: pathlib.Path) -> list[str]:
    package, path, digest = DJANGO
    subprocess.run(["pip", "download", "--quiet", "--no-deps", package], cwd=folder, check=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        return gzip.decompress(known(archive.read(path), digest, package)).decode().splitlines()


def folded(password: str) -> str:
    """As accounts/guessable.rs compares: one way to write each character, small letters."""
    return unicodedata.normalize("NFKC", password.strip()).lower()


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        listed = of_zxcvbn(folder) + of_django(folder)
    listed += (HERE / "frequent.txt").read_text("utf-8").splitlines()
    passwords = {word for word in map(folded, listed) if len(word) >= SHORTEST}
    hashes = sorted({hashlib.sha256(word.encode()).digest()[:WIDTH] for word in passwords})
    made = b"".join(hashes)
    print(f"{len(hashes)} entries, {len(made)} bytes; taken for one of them by chance: {len(hashes) / 2 ** (8 * WIDTH):.1e}")
    if "--check" not in sys.argv:
        MADE.write_bytes(made)
    elif MADE.read_bytes() != made:
        sys.exit(f"{MADE.name} is not what this makes")


if __name__ == "__main__":
    main()
