"""Writes what a run gives to files and stdout: everything, or nothing where something cannot be written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from equityrules.cli.common import USAGE, fail


def is_stdout(file: Path | None) -> bool:
    """Whether text goes to stdout: no file is named, or a hyphen."""
    return file is None or str(file) == "-"


def refuse_twice(files: Sequence[Path | None]) -> None:
    """Exit 2 where two reports would go to one place."""
    seen: set[Path | None] = set()
    for file in files:
        place = None if file is None or is_stdout(file) else _target(file)
        if place in seen:
            name = "standard output" if place is None else file
            fail(f"{name} is named twice; give each report a file of its own", USAGE)
        seen.add(place)


def write(content: str | bytes, file: Path | None = None) -> None:
    """Write text or bytes to a file, whole or not at all, or to stdout."""
    write_all([(content, file)])


def write_all(outputs: Sequence[tuple[str | bytes, Path | None]]) -> None:
    """Write everything to its file or to stdout; no file is changed before all of it stands on the disk."""
    files = [(_bytes(content), file) for content, file in outputs if file is not None and not is_stdout(file)]
    staged: list[tuple[Path, Path]] = []
    try:
        for content, file in files:
            if not _is_special(file):
                _stage(content, file, staged)
        for content, file in files:
            if _is_special(file):
                _write_straight(content, file)
        for temporary, file in staged:
            with _refusing(file):
                temporary.replace(_target(file))
    finally:
        for temporary, _ in staged:
            temporary.unlink(missing_ok=True)
    for shown, place in outputs:
        if is_stdout(place):
            click.echo(shown, nl=False)


def _bytes(content: str | bytes) -> bytes:
    return content.encode("utf-8", "replace") if isinstance(content, str) else content


def _is_special(file: Path) -> bool:
    """Whether something stands there that is no regular file: a pipe, a device, or a folder, which then refuses."""
    return file.exists() and not file.is_file()


def _target(file: Path) -> Path:
    """Return the file itself where a link is named."""
    try:
        return file.resolve()
    except (OSError, RuntimeError):
        return file.absolute()


def _stage(content: bytes, file: Path, staged: list[tuple[Path, Path]]) -> None:
    """Write bytes to a temporary file beside the one whose place it is to take."""
    with _refusing(file):
        handle, name = tempfile.mkstemp(dir=_target(file).parent, prefix=".equityrules-")
        staged.append((Path(name), file))
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(name).chmod(0o666 & ~_umask())


def _write_straight(content: bytes, file: Path) -> None:
    with _refusing(file), file.open("wb") as stream:
        stream.write(content)


@contextmanager
def _refusing(file: Path) -> Iterator[None]:
    """Exit 2 where the system refuses to write a file."""
    try:
        yield
    except OSError as error:
        advice = "check the folder and that no program has the file open"
        fail(f"{file}: cannot be written ({error.strerror}); {advice}", USAGE)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
