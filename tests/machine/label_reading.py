"""What is on a label: the dots of a print job, read back by this reader of ZPL's ^GF and by zbar,
which share no code with Packbench."""

import base64
import binascii
import re
import subprocess
import tempfile
import zlib
from dataclasses import dataclass

_FIELD = re.compile(rb"\^FO(\d+),(\d+)\^GFA,(\d+),(\d+),(\d+),([^^]*)\^FS")
_COUNTS = {**{chr(ord("G") + i): i + 1 for i in range(19)},
           **{chr(ord("g") + i): 20 * (i + 1) for i in range(20)}}


class NotALabel(Exception):
    """The job is not one whole label of ours."""


@dataclass(frozen=True)
class PrintedLabel:
    waybill: str  # of the bar code
    small_code: str  # PB1 <bench> L <waybill> L <attempt> <check character>
    attempt: int


def _unpacked(data, row_digits):
    """Rows of hexadecimal digits from the guide's :Z64: form: base64 of zlib, and a CRC-16 of that."""
    _, form, text, check = data.split(b":")
    if form != b"Z64" or binascii.crc_hqx(text, 0) != int(check, 16):
        raise NotALabel("the packed dots have another checksum")
    digits = zlib.decompress(base64.b64decode(text, validate=True)).hex().upper()
    return [digits[i:i + row_digits] for i in range(0, len(digits), row_digits)]


def _rows(data, row_digits):
    """Rows of hexadecimal digits, unpacked as the ZPL II Programming Guide has it."""
    if data.startswith(b":"):
        return _unpacked(data.strip(), row_digits)
    rows, row, count = [], "", 0
    for character in data.decode("ascii"):
        if character in _COUNTS:
            count += _COUNTS[character]
        elif character == ",":
            row = row.ljust(row_digits, "0")
        elif character == "!":
            row = row.ljust(row_digits, "F")
        elif character == ":":
            if row or not rows:
                raise NotALabel("a row is repeated where there is none")
            row = rows[-1]
        elif character in "0123456789ABCDEFabcdef":
            row += character * max(count, 1)
            count = 0
        elif not character.isspace():
            raise NotALabel(f"{character!r} within the dots")
        if len(row) > row_digits:
            raise NotALabel("a row is too long")
        if len(row) == row_digits:
            rows.append(row)
            row = ""
    return rows


def picture_of(job):
    """The label as a PBM file."""
    size = re.match(rb"\^XA.*?\^PW(\d+)\^LL(\d+)", job, re.DOTALL)
    if not size or job.count(b"^XA") != 1 or not job.rstrip().endswith(b"^XZ"):
        raise NotALabel("no frame around the label")
    width, height = int(size[1]), int(size[2])
    row_bytes = (width + 7) // 8
    dots = bytearray(row_bytes * height)
    for field in _FIELD.finditer(job):
        top, row_digits = int(field[2]), 2 * int(field[5])
        data = bytes.fromhex("".join(_rows(field[6], row_digits)))
        if row_digits != 2 * row_bytes or len(data) != int(field[4]):
            raise NotALabel("dots are missing")
        dots[top * row_bytes:top * row_bytes + len(data)] = data
    if len(dots) != row_bytes * height or not any(dots):
        raise NotALabel("not one page of dots")
    return b"P4\n%d %d\n" % (width, height) + bytes(dots)


def read_label(job):
    with tempfile.NamedTemporaryFile(suffix=".pbm") as file:
        file.write(picture_of(job))
        file.flush()
        shown = subprocess.run(["zbarimg", "-q", file.name], capture_output=True, text=True)
    found = dict(line.split(":", 1) for line in shown.stdout.splitlines() if ":" in line)
    small = found.get("QR-Code", "")
    parts = re.fullmatch(r"PB1[^L]+L([^L]+)L(\d+).", small)
    if not parts or "CODE-128" not in found:
        raise NotALabel(f"its codes cannot be read: {found}")
    return PrintedLabel(found["CODE-128"], small, int(parts[2]))
