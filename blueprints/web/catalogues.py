"""Translations as gettext wants them: compiled when the app starts, so that nobody can forget it."""

from __future__ import annotations

import logging
import os
import secrets
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

logger = logging.getLogger(__name__)


def compile_catalogues(directory: Path) -> None:
    """Write each .mo that is missing or older than its .po. Processes that start together write the same file, each
    into its place at one stroke. A folder that may not be written to must have been compiled before (`make
    translations`); where it was not, a warning says which language will read English."""
    for source in sorted(directory.glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        try:
            _compile(source, compiled)
        except OSError as error:
            logger.warning("%s cannot be written (%s)", compiled, error.strerror)


def _compile(source: Path, compiled: Path) -> None:
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parent.parent.name)
    aside = compiled.with_name(f"{compiled.name}.{secrets.token_hex(4)}")
    with aside.open("wb") as file:
        write_mo(file, catalogue)
    os.replace(aside, compiled)
