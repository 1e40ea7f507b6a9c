"""Reports as Word documents: headings, styles and tables that a reader can navigate and an editor can go on with.

Needs the extra `report`. The blocks come from elsewhere, so that a document says what the Markdown says.
"""

from __future__ import annotations

from equityrules.model.extras import brought_by

with brought_by("report", "Word reports"):
    from equityrules.reports.word.documents import part_of, render_docx, write_document
    from equityrules.reports.word.house import missing_styles

__all__ = ["missing_styles", "part_of", "render_docx", "write_document"]
