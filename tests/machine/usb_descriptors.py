"""Descriptors as USB devices send them (USB 2.0, chapter 9.6; HID 1.11, 6.2; HID POS 1.02)."""

import struct
from dataclasses import dataclass

CONTROL, BULK, INTERRUPT = 0, 2, 3
FULL_SPEED, HIGH_SPEED = 1, 2  # as usbredir numbers them
HID_CLASS, PRINTER_CLASS = 3, 7
REPORT_DESCRIPTOR = 0x2200


@dataclass(frozen=True)
class Endpoint:
    address: int
    kind: int
    packet: int
    interval: int = 0

    def bytes(self):
        return struct.pack("<BBBBHB", 7, 5, self.address, self.kind, self.packet, self.interval)


@dataclass(frozen=True)
class Interface:
    usb_class: int
    subclass: int
    protocol: int
    endpoints: tuple
    extra: bytes = b""  # class descriptors

    def bytes(self):
        head = bytes([9, 4, 0, 0, len(self.endpoints), self.usb_class, self.subclass,
                      self.protocol, 0])
        return head + self.extra + b"".join(endpoint.bytes() for endpoint in self.endpoints)


@dataclass(frozen=True)
class Identity:
    vendor: int
    product: int
    maker: str
    name: str
    serial: str
    speed: int = FULL_SPEED


def device(identity):
    return struct.pack("<BBHBBBBHHHBBBB", 18, 1, 0x0200, 0, 0, 0, 64, identity.vendor,
                       identity.product, 0x0100, 1, 2, 3, 1)


def configuration(interface):
    body = interface.bytes()
    return struct.pack("<BBHBBBBB", 9, 2, 9 + len(body), 1, 1, 0, 0x80, 50) + body


def string(text):
    units = text.encode("utf-16le")
    return bytes([2 + len(units), 3]) + units


def strings(identity):
    """By the value that a request for them has."""
    return {0x0300: bytes([4, 3, 9, 4]), 0x0301: string(identity.maker),
            0x0302: string(identity.name), 0x0303: string(identity.serial)}


def hid(report_descriptor):
    return struct.pack("<BBHBBBH", 9, 0x21, 0x0111, 0, 1, 0x22, len(report_descriptor))


# Items of report descriptors (HID 1.11, 6.2.2): a prefix byte and its value.
_PAGE, _USAGE, _USAGE_LEAST, _USAGE_MOST = 0x05, 0x09, 0x19, 0x29
_LEAST, _MOST, _MOST_OF_TWO_BYTES = 0x15, 0x25, 0x26
_SIZE, _COUNT, _REPORT = 0x75, 0x95, 0x85
_COLLECTION, _INPUT = 0xA1, 0x81
_END = bytes([0xC0])
_APPLICATION, _LOGICAL = 1, 2
_ARRAY, _CONSTANT, _VARIABLE = 0, 1, 2


def _items(*words):
    return bytes(words)


SCANNER_DATA = 56  # bytes of a scan in one report

SCANNER_REPORTS = (
    _items(_PAGE, 0x8C, _USAGE, 0x02, _COLLECTION, _APPLICATION, _REPORT, 2, _LEAST, 0,
           _MOST_OF_TWO_BYTES, 0xFF, 0x00, _SIZE, 8)
    # How many bytes are data, then the three characters of the symbology identifier.
    + _items(_PAGE, 0x01, _USAGE, 0x3B, _COUNT, 1, _INPUT, _VARIABLE, _PAGE, 0x8C)
    + b"".join(_items(_USAGE, usage, _INPUT, _VARIABLE) for usage in (0xFB, 0xFC, 0xFD))
    # Decoded data, as buffered bytes, which takes an item with two bytes.
    + _items(_USAGE, 0xFE, _COUNT, SCANNER_DATA, 0x82, 0x02, 0x01)
    # Whether the next report goes on with the same scan; padding.
    + _items(_USAGE, 0xFF, _MOST, 1, _SIZE, 1, _COUNT, 1, _INPUT, _VARIABLE)
    + _items(_SIZE, 7, _INPUT, _CONSTANT) + _END)


def _choice(collection, least, most):
    """One byte that names one of several usages, counting from 1."""
    return (_items(_USAGE, collection, _COLLECTION, _LOGICAL, _USAGE_LEAST, least, _USAGE_MOST,
                   most, _LEAST, 1, _MOST, most - least + 1, _SIZE, 8, _COUNT, 1, _INPUT, _ARRAY)
            + _END)


SCALE_REPORTS = (
    _items(_PAGE, 0x8D, _USAGE, 0x20, _COLLECTION, _APPLICATION, _REPORT, 3)
    + _choice(0x70, 0x71, 0x78)  # status
    + _choice(0x50, 0x51, 0x5C)  # unit
    + _items(_USAGE, 0x41, _LEAST, 0x81, _MOST, 0x7F, _SIZE, 8, _COUNT, 1, _INPUT, _VARIABLE)
    + _items(_USAGE, 0x40, _LEAST, 0, 0x27, 0xFF, 0xFF, 0, 0, _SIZE, 16, _INPUT, _VARIABLE)
    + _END)
