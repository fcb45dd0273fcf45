"""The emulated scanner and the emulated scale: HID devices of the point of sale tables."""

import struct
import threading

import usb_descriptors as descriptors
from usb_device import UsbDevice

_IN = 0x81
_SET_IDLE, _SET_PROTOCOL = 0x0A, 0x0B


class _HidDevice(UsbDevice):
    def __init__(self, identity, reports, packet):
        endpoint = descriptors.Endpoint(_IN, descriptors.INTERRUPT, packet, 8)
        interface = descriptors.Interface(descriptors.HID_CLASS, 0, 0, (endpoint,),
                                          descriptors.hid(reports))
        super().__init__(identity, interface, {descriptors.REPORT_DESCRIPTOR: reports})

    def close(self):
        self.unplug()

    def request(self, request_type, request, value, index, data):
        if request_type == 0x21 and request in (_SET_IDLE, _SET_PROTOCOL):
            return b""
        return None


class Scanner(_HidDevice):
    """A HID POS scanner. Longer scans than fit into one report take several."""

    def __init__(self):
        super().__init__(descriptors.Identity(0x05E0, 0x1300, "Symbol Technologies",
                                              "Imaging Scanner", "S-0001"),
                         descriptors.SCANNER_REPORTS, 64)

    def scan(self, code, aim="]C0"):
        rest = code.encode()
        while True:
            part, rest = rest[:descriptors.SCANNER_DATA], rest[descriptors.SCANNER_DATA:]
            head = bytes([2, len(part)]) + aim.encode()
            self.report(_IN, head + part.ljust(descriptors.SCANNER_DATA, b"\0")
                        + bytes([1 if rest else 0]))
            if not rest:
                return


class Scale(_HidDevice):
    """A HID scale. It reports five times a second what lies on it, as scales do."""

    _STABLE_ZERO, _MOVING, _STABLE = 2, 3, 4  # places of the usages 0x71 and on
    _GRAM = 2
    _REPORTS_MOVING = 3

    def __init__(self):
        super().__init__(descriptors.Identity(0x0EB8, 0xF000, "Mettler Toledo", "PS60", "W-0001"),
                         descriptors.SCALE_REPORTS, 8)
        self._grams = 0
        self._moving = 0
        self._ended = threading.Event()
        threading.Thread(target=self._weigh, daemon=True).start()

    def put(self, grams):
        with self.lock:
            self._grams = grams
            self._moving = self._REPORTS_MOVING

    def _weigh(self):
        while not self._ended.wait(0.2):
            with self.lock:
                status = self._STABLE if self._grams else self._STABLE_ZERO
                if self._moving:
                    self._moving -= 1
                    status = self._MOVING
                self.report(_IN, struct.pack("<BBBbH", 3, status, self._GRAM, 0, self._grams))

    def close(self):
        self._ended.set()
        self.unplug()
