"""Make static/fonts from npm's packages: `python scripts/vendor_fonts.py` (needs npm)."""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "static" / "fonts"
LATIN = (
    "latin",
    "latin-ext",
    "vietnamese",
    "greek",
    "greek-ext",
    "cyrillic",
    "cyrillic-ext",
)


@dataclass(frozen=True)
class Face:
    """One TTF to be made: its name, where it comes from, and what is kept of it."""

    name: str
    package: str
    slices: tuple[str, ...]
    weight: int = 400
    layout: bool = True  # keep GSUB/GPOS, for scripts that HarfBuzz shapes
    only: tuple[tuple[int, int], ...] = ()  # keep these characters only, inclusive ranges
    whole: str = ""  # in place of slices: the one file that has it all
    licence: str = "OFL-1.1"

    @property
    def npm(self) -> str:
        return self.package if self.whole else f"@fontsource/{self.package}"

    @property
    def licence_file(self) -> str:
        return f"{'OFL' if self.licence == 'OFL-1.1' else 'LICENSE'}-{self.package}.txt"


def _script(word: str, title: str) -> Face:
    return Face(f"NotoSans{title}-Regular", f"noto-sans-{word}", (word,))


ARROWS_AND_MATHS = ((0x2070, 0x209F), (0x2100, 0x23FF), (0x27C0, 0x27FF), (0x2900, 0x2AFF))

# The order is the order in which a character looks for a face.
FACES = (
    Face("NotoSans-Regular", "noto-sans", LATIN),
    Face("NotoSans-SemiBold", "noto-sans", LATIN, weight=600),
    _script("arabic", "Arabic"),
    _script("hebrew", "Hebrew"),
    _script("thai", "Thai"),
    _script("lao", "Lao"),
    _script("khmer", "Khmer"),
    _script("myanmar", "Myanmar"),
    _script("devanagari", "Devanagari"),
    _script("bengali", "Bengali"),
    _script("tamil", "Tamil"),
    _script("telugu", "Telugu"),
    _script("kannada", "Kannada"),
    _script("malayalam", "Malayalam"),
    _script("gujarati", "Gujarati"),
    _script("gurmukhi", "Gurmukhi"),
    _script("sinhala", "Sinhala"),
    _script("ethiopic", "Ethiopic"),
    _script("armenian", "Armenian"),
    _script("georgian", "Georgian"),
    Face("NotoSansSC-Regular", "noto-sans-sc", ("chinese-simplified",), layout=False),
    Face("NotoSansTC-Regular", "noto-sans-tc", ("chinese-traditional",), layout=False),
    Face("NotoSansJP-Regular", "noto-sans-jp", ("japanese",), layout=False),
    Face("NotoSansKR-Regular", "noto-sans-kr", ("korean",), layout=False),
    Face("NotoEmoji-Regular", "noto-emoji", ("emoji",)),
    Face(
        "NotoSansMath-Regular",
        "noto-sans-math",
        ("latin",),
        layout=False,
        only=ARROWS_AND_MATHS,
    ),
    Face("NotoSansSymbols-Regular", "noto-sans-symbols", ("symbols",), layout=False),
    Face("NotoSansSymbols2-Regular", "noto-sans-symbols-2", ("symbols",), layout=False),
    # The last resort: the signs and scripts that none of the slices above has.
    Face(
        "DejaVuSans-Rest",
        "dejavu-fonts-ttf",
        (),
        layout=False,
        whole="ttf/DejaVuSans.ttf",
        licence="Bitstream-Vera",
    ),
)


def main() -> int:
    """Write the TTF files, their licences, coverage.json and README.md; 0 when all is done."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    FONTS.mkdir(parents=True, exist_ok=True)
    rows: list[str] = []
    coverage: dict[str, list[list[int]]] = {}
    known: set[int] = set()
    with tempfile.TemporaryDirectory() as folder:
        packages = _installed(sorted({face.npm for face in FACES}), Path(folder))
        for face in FACES:
            source = packages / face.npm
            target = FONTS / f"{face.name}.ttf"
            made = _made(face, source, known)
            made.save(target)
            coverage[face.name] = _ranges(made.getBestCmap())
            known |= set(made.getBestCmap())
            shutil.copyfile(source / "LICENSE", FONTS / face.licence_file)
            rows.append(_row(face, source, target))
            print(f"{target.name}: {target.stat().st_size:,} bytes")
    (FONTS / "coverage.json").write_text(json.dumps(coverage, separators=(",", ":")) + "\n")
    (FONTS / "README.md").write_text(_readme(rows))
    return 0


def _installed(packages: list[str], folder: Path) -> Path:
    """Install the packages by name; the folder that holds them."""
    (folder / "package.json").write_text('{"name": "fonts", "private": true}\n')
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(["npm", "install", *quiet, *packages], cwd=folder, check=True)
    return folder / "node_modules"


def _made(face: Face, source: Path, known: set[int]) -> TTFont:
    """The slices of a face put together again, without what a PDF has no use for."""
    files = [
        source / "files" / f"{face.package}-{part}-{face.weight}-normal.woff2"
        for part in face.slices
    ] or [source / face.whole]
    with tempfile.TemporaryDirectory() as folder:
        plain = [_unpacked(file, Path(folder)) for file in files]
        # Kept from the sources: saving must not depend on the day it is done.
        font = Merger().merge(plain) if len(plain) > 1 else TTFont(plain[0])
        font.recalcTimestamp = False
        font["head"].created = font["head"].modified = TTFont(plain[0])["head"].created
        _strip(font, face, known if face.whole else set())
    return font


def _unpacked(file: Path, folder: Path) -> str:
    font = TTFont(file, recalcTimestamp=False)
    font.flavor = None
    target = folder / f"{file.stem}.ttf"
    font.save(target)
    return str(target)


def _strip(font: TTFont, face: Face, known: set[int]) -> None:
    options = Options()
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.layout_features = ["*"] if face.layout else []
    wanted = set(font.getBestCmap()) - known | {0x20}
    if face.only:
        wanted = {
            code for code in wanted if code == 0x20 or any(a <= code <= b for a, b in face.only)
        }
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)


def _ranges(codes: Iterable[int]) -> list[list[int]]:
    """The codes as inclusive ranges, in order."""
    ranges: list[list[int]] = []
    for code in sorted(codes):
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return ranges


def _row(face: Face, source: Path, target: Path) -> str:
    version = json.loads((source / "package.json").read_text())["version"]
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    return (
        f"| {target.name} | {face.npm} | {version} | {face.licence} "
        f"({face.licence_file}) | `{digest}` |"
    )


def _readme(rows: list[str]) -> str:
    return "\n".join(
        [
            "# Fonts",
            "",
            "The fonts used in PDFs. The Noto fonts are by the Noto Project Authors and Google, under",
            "the SIL Open Font License 1.1. DejaVu is by Bitstream and the DejaVu authors, under the",
            "Bitstream Vera licence. The licence of each font is in this folder.",
            "`python scripts/vendor_fonts.py` builds the fonts from npm packages. It merges the slices",
            "of each font and removes hinting and glyph names. No glyph is redrawn.",
            "`coverage.json` lists the characters of each font as inclusive ranges. The first font in",
            "the list that has a character is used for it.",
            "",
            "| file | npm package | version | licence | sha256 |",
            "|---|---|---|---|---|",
            *rows,
            "",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
