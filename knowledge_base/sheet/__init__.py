"""The guidance as a workbook (xlsx) that editors can work in, and back into the sources."""
