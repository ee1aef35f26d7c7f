"""Writes the papers of a release: NOTICE, with every part and its licence, and CHANGES.md.

usage: python scripts/release_papers.py PARTS DIST
To be run in an environment that holds the packages of the product alone. PARTS is the list of the
single file's parts that its builder left (PKG-00.toc).
"""

import ast
import re
import subprocess
import sys
from collections import Counter
from importlib.metadata import Distribution, distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEAD = """{licence}

What contains what
------------------
The wheel contains InterviewRelay, fonts, htmx, icons, voices and a word list. The licences of the
latter lie beside them. The packages below are installed by pip. The single file contains all of
this, Python, and the start program of PyInstaller (GPL-2.0 or later, with an exception that permits
any use of the programs that it builds).

Parts under the LGPL
--------------------
{lgpl}

They are used unchanged. Where the wheel is installed, replace them like any other package. For the
single file, put another version into requirements.lock and run scripts/binary.

Packages
--------
{packages}

Shared libraries in the single file, from the system that built it
------------------------------------------------------------------
{libraries}
"""


def read_license(package: Distribution) -> str:
    """The package's licence in a few words."""
    told = package.metadata.get("License-Expression") or package.metadata.get("License") or ""
    classes = [
        line.split("::")[-1].strip()
        for line in package.metadata.get_all("Classifier") or ()
        if line.startswith("License ::")
    ]
    short = told.strip() if 0 < len(told.strip()) <= 60 else ""
    return short or " / ".join(classes) or "see below"


def read_texts(package: Distribution) -> str:
    """Licence files of a package, one after the other."""
    names = re.compile(r"(^|/)(licen[cs]e|copying|notice|copyright)[^/]*$", re.IGNORECASE)
    files = [file for file in package.files or () if names.search(str(file))]
    texts = [
        Path(str(file.locate())) for file in files if not str(file).endswith((".py", ".pyc"))
    ]
    return "\n\n".join(
        path.read_text(encoding="utf-8", errors="replace").strip()
        for path in texts
        if path.is_file()
    )


def read_parts(parts: Path) -> list[tuple[str, Path, str]]:
    """What the single file holds: name, where it was when the file was built, and kind."""
    found = ast.literal_eval(parts.read_text(encoding="utf-8"))
    entries = next(item for item in found if isinstance(item, list))
    return [(name, Path(source), kind) for name, source, kind in entries]


def print_sizes(parts: list[tuple[str, Path, str]], most: int = 12) -> None:
    """What takes the room in the single file, before compression."""
    sizes: Counter[str] = Counter()
    for name, source, kind in parts:
        if source.is_file():
            top = "Python modules" if kind == "PYZ" else re.split(r"[/.]", name)[0]
            sizes[top] += source.stat().st_size
    print(f"Parts of the single file, {sizes.total() / 1e6:.1f} MB before compression:")
    for name, size in sizes.most_common(most):
        print(f"{size / 1e6:8.1f} MB  {name}")


def find_debian_package(library: Path) -> str | None:
    """Debian's package of a library; None where there is no Debian."""
    for path in (library, Path("/usr") / library.relative_to("/"), library.resolve()):
        try:
            done = subprocess.run(
                ["dpkg", "-S", str(path)], capture_output=True, text=True, check=False
            )
        except FileNotFoundError:
            return None
        if done.returncode == 0:
            return done.stdout.split(":")[0]
    return None


def find_glibc(binaries: list[Path]) -> str:
    """The oldest C library that has all that the single file needs, such as 2.36."""
    told = subprocess.run(
        ["objdump", "-T", *map(str, binaries)], capture_output=True, text=True, check=False
    ).stdout
    return max(
        re.findall(r"GLIBC_([0-9.]+)", told),
        key=lambda version: [int(n) for n in version.split(".")],
    )


def write_notice(binaries: list[Path], dist: Path) -> None:
    packages = sorted(distributions(), key=lambda package: package.name.lower())
    rows = {
        package.name: f"{package.name} {package.version}: {read_license(package)}"
        for package in packages
    }
    lgpl = [
        row
        for row in rows.values()
        if re.search(r"LGPL|Lesser General Public", row, re.IGNORECASE)
    ]
    own = [
        path for path in binaries if path.is_relative_to("/lib") or path.is_relative_to("/usr")
    ]
    by_package: dict[str, list[str]] = {}
    for path in own:
        by_package.setdefault(find_debian_package(path) or path.name, []).append(path.name)
    notice = HEAD.format(
        licence=(ROOT / "LICENSE").read_text(encoding="utf-8").strip(),
        lgpl="\n".join(lgpl),
        packages="\n".join(rows.values()),
        libraries="\n".join(
            f"{name}: {', '.join(files)}" for name, files in by_package.items()
        ),
    )
    texts = {package.name: read_texts(package) for package in packages}
    for name in by_package:
        paper = Path("/usr/share/doc") / name / "copyright"
        texts[name] = paper.read_text(errors="replace") if paper.is_file() else ""
    for name, text in texts.items():
        if text:
            notice += f"\n\n{'=' * 78}\n{name}\n{'=' * 78}\n\n{text}\n"
    (dist / "NOTICE").write_text(notice, encoding="utf-8")


def write_changes(glibc: str, dist: Path) -> None:
    """The newest section of the changelog that says anything."""
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    sections = re.split(r"^(?=## )", changelog, flags=re.MULTILINE)[1:]
    newest = next(section for section in sections if len(section.strip().splitlines()) > 1)
    needs = f"The single file runs on Linux on x86-64 with glibc {glibc} or newer.\n"
    (dist / "CHANGES.md").write_text(f"{newest.strip()}\n\n{needs}", encoding="utf-8")
    print(needs, end="")


def main() -> None:
    parts, dist = Path(sys.argv[1]), Path(sys.argv[2])
    held = read_parts(parts)
    print_sizes(held)
    binaries = [source for _, source, kind in held if kind in ("BINARY", "EXTENSION")]
    write_notice(binaries, dist)
    write_changes(find_glibc(binaries), dist)


main()
