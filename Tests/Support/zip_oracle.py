"""Prints as JSON what Python's zipfile finds in an archive: each file's name, length, CRC-32, time and SHA-256, once it has
been read whole, and checked."""

import hashlib
import json
import sys
import zipfile

paths = [word for word in sys.argv[1:] if not word.startswith("--")]
with zipfile.ZipFile(paths[0]) as archive:
    bad = archive.testzip()
    files = archive.infolist()
    if "--names" in sys.argv:
        files = files[-1:]
    print(json.dumps({
        "bad": bad, "count": len(archive.namelist()),
        "files": [{"name": file.filename, "length": file.file_size, "crc": file.CRC, "time": list(file.date_time),
                   "offset": file.header_offset,
                   "sha256": hashlib.sha256(archive.read(file)).hexdigest()} for file in files[:100]]}))
