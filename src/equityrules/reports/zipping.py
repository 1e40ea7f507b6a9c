"""Office files without the time they were written at, so that two runs give the same bytes."""

from __future__ import annotations

import io
import zipfile

_BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can hold."""


def without_times(data: bytes) -> bytes:
    """Return a zip file with the same parts in the same order, every one of them dated 1 January 1980."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for part in given.infolist():
            info = zipfile.ZipInfo(part.filename, _BEGINNING)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            written.writestr(info, given.read(part))
    return out.getvalue()
