"""Prints what markdown-it makes of each text of a JSON list, HTML switched off, as a JSON list."""

import json
import sys

from markdown_it import MarkdownIt

parser = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False})
with open(sys.argv[1], encoding="utf-8") as file:
    print(json.dumps([parser.render(text) for text in json.load(file)]))
