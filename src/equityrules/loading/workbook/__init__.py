"""Evidence workbooks: a sheet is a tidy table under friendlier headings, read by the importer that reads CSV."""
