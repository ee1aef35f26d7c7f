"""Locale data of the languages that pages and interviews have; all of it would take 32 MB."""

from pathlib import Path

from PyInstaller.utils.hooks import collect_data_files

LANGUAGES = ("root", "ar", "de", "en", "es", "fr", "nl")

hiddenimports = ["babel.dates"]
datas = [
    (source, folder)
    for source, folder in collect_data_files("babel")
    if Path(folder).name != "locale-data" or Path(source).stem.split("_")[0] in LANGUAGES
]
