"""Prints as JSON what pypdf, strict about every offset, makes of a PDF file."""

import json
import sys

from pypdf import PdfReader

reader = PdfReader(sys.argv[1], strict=True)
print(json.dumps({
    "title": reader.metadata.title, "author": reader.metadata.author,
    "created": reader.metadata.creation_date.strftime("%Y-%m-%dT%H:%M:%SZ"),
    "language": reader.trailer["/Root"]["/Lang"],
    "pages": [page.extract_text() for page in reader.pages],
    "fonts": sorted({str(font["/BaseFont"]) for page in reader.pages
                     for font in page["/Resources"]["/Font"].values()}),
}))
