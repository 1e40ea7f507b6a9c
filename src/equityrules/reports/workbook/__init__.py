"""Evidence workbooks to fill in, generated from the vocabulary: a new framework's workbook needs no code."""
