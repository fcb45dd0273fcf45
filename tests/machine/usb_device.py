"""A USB device that this program emulates and a QEMU machine uses, over the usbredir protocol
(version 0.7, docs/usb-redirection-protocol.md of its project). To the guest's kernel it is plugged
into the emulated host controller: everything above the wire is the guest's own."""

import socket
import struct
import threading
from dataclasses import dataclass

import usb_descriptors as descriptors

(_HELLO, _CONNECT, _DISCONNECT, _RESET, _INTERFACES, _ENDPOINTS, _SET_CONFIGURATION,
 _GET_CONFIGURATION, _CONFIGURATION, _SET_SETTING, _GET_SETTING, _SETTING) = range(12)
_START_INTERRUPT, _STOP_INTERRUPT, _INTERRUPT_STATUS = 15, 16, 17
_CANCEL, _CONTROL, _BULK, _INTERRUPT = 21, 100, 101, 103

_SUCCESS, _CANCELLED, _STALL = 0, 1, 4

# What both sides have to know beyond the first version: packet sizes of endpoints, the device's
# version, 64 bit ids, 32 bit lengths.
_CONNECT_VERSION, _PACKET_SIZES, _LONG_IDS, _LONG_BULK = 1 << 1, 1 << 4, 1 << 5, 1 << 6
_ABLE = _CONNECT_VERSION | _PACKET_SIZES | _LONG_IDS | _LONG_BULK

_GET_STATUS, _CLEAR_FEATURE, _GET_DESCRIPTOR = 0, 1, 6


@dataclass
class OutTransfer:
    """Bytes that the guest is sending. They are the device's as it takes them."""
    number: int
    endpoint: int
    data: bytes
    taken: int = 0


def _index(address):
    """The place of an endpoint in the tables of usbredir."""
    return (address & 0x80) >> 3 | (address & 0x0F)


class UsbDevice:
    """Plugged in, it serves the guest on a thread of its own. Everything below happens under
    `lock`."""

    def __init__(self, identity, interface, more_descriptors=None):
        self.identity = identity
        self.lock = threading.RLock()
        self.listened_to = threading.Event()  # the guest reads its interrupt endpoint
        self._interface = interface
        self._descriptors = {0x0100: descriptors.device(identity),
                             0x0200: descriptors.configuration(interface),
                             **descriptors.strings(identity), **(more_descriptors or {})}
        self._connection = None
        self._long_ids = False
        self._reads = {}  # endpoint -> [(number, length)] that wait for data
        self._answers = {}  # endpoint -> bytes that wait to be read
        self._reports = 0

    # ---- what a kind of device adds

    def request(self, request_type, request, value, index, data):
        """Class and vendor requests: bytes, or None for a stall."""
        return None

    def sent(self, transfer):
        """The guest sends; the device takes it when it likes and says so with `finish`."""
        self.finish(transfer)

    def withdrawn(self, transfer_number):
        """The guest has given up sending; how many bytes were taken."""
        return 0

    def left(self):
        """It was unplugged, or the machine it was plugged into has gone."""

    # ---- plugging in and out

    def plug(self, place):
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(place)
        with self.lock:
            self._connection = connection
            self._long_ids = False
            self._send(_HELLO, 0, b"packbench tests".ljust(64, b"\0") + struct.pack("<I", _ABLE))
        threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def unplug(self):
        with self.lock:
            connection = self._connection
            if connection is not None:
                connection.shutdown(socket.SHUT_RDWR)
                self._forget(connection)

    def _forget(self, connection):
        if self._connection is not connection:
            return
        self._connection = None
        self._reads.clear()
        self._answers.clear()
        self.listened_to.clear()
        self.left()

    # ---- data to the guest

    def report(self, endpoint, data):
        """On an interrupt endpoint; nobody hears it who does not listen."""
        with self.lock:
            if self.listened_to.is_set():
                self._reports += 1
                self._send(_INTERRUPT, self._reports,
                           struct.pack("<BBH", endpoint, _SUCCESS, len(data)) + data)

    def answer(self, endpoint, data):
        """On a bulk endpoint; kept until it is read."""
        with self.lock:
            self._answers[endpoint] = self._answers.get(endpoint, b"") + data
            self._serve_reads(endpoint)

    def _serve_reads(self, endpoint):
        waiting = self._reads.get(endpoint, [])
        while waiting and self._answers.get(endpoint):
            number, length = waiting.pop(0)
            data = self._answers[endpoint]
            self._answers[endpoint] = data[length:]
            self._end_bulk(number, endpoint, _SUCCESS, len(data[:length]), data[:length])

    def finish(self, transfer):
        self._end_bulk(transfer.number, transfer.endpoint, _SUCCESS, transfer.taken)

    def _end_bulk(self, number, endpoint, status, length, data=b""):
        self._send(_BULK, number, struct.pack("<BBHIH", endpoint, status, length & 0xFFFF, 0,
                                              length >> 16) + data)

    # ---- the protocol

    def _send(self, kind, number, data):
        if self._connection is None:
            return
        form = "<IIQ" if self._long_ids else "<III"
        try:
            self._connection.sendall(struct.pack(form, kind, len(data), number) + data)
        except OSError:
            pass  # the machine has gone, which the reading side notices

    def _serve(self, connection):
        stream = connection.makefile("rb")
        try:
            while True:
                size = 16 if self._long_ids else 12
                header = stream.read(size)
                if len(header) < size:
                    break
                kind, length, number = struct.unpack("<IIQ" if size == 16 else "<III", header)
                data = stream.read(length)
                if len(data) < length:
                    break
                with self.lock:
                    if self._connection is not connection:
                        break
                    self._take(kind, number, data)
        except OSError:
            pass
        with self.lock:
            self._forget(connection)
        connection.close()

    def _take(self, kind, number, data):
        if kind == _HELLO:
            self._long_ids = bool(struct.unpack_from("<I", data, 64)[0] & _LONG_IDS)
            self._introduce()
        elif kind == _CONTROL:
            self._control(number, data)
        elif kind == _BULK:
            self._bulk(number, data)
        elif kind == _CANCEL:
            self._cancel(number)
        elif kind == _SET_CONFIGURATION:
            self._send(_CONFIGURATION, number, bytes([_SUCCESS, data[0]]))
        elif kind == _GET_CONFIGURATION:
            self._send(_CONFIGURATION, number, bytes([_SUCCESS, 1]))
        elif kind == _SET_SETTING:
            self._send(_SETTING, number, bytes([_SUCCESS, data[0], data[1]]))
        elif kind == _GET_SETTING:
            self._send(_SETTING, number, bytes([_SUCCESS, data[0], 0]))
        elif kind in (_START_INTERRUPT, _STOP_INTERRUPT):
            self._send(_INTERRUPT_STATUS, number, bytes([_SUCCESS, data[0]]))
            if kind == _START_INTERRUPT:
                self.listened_to.set()
            else:
                self.listened_to.clear()

    def _introduce(self):
        interface = self._interface
        one = [bytes([value]).ljust(32, b"\0") for value in
               (0, interface.usb_class, interface.subclass, interface.protocol)]
        self._send(_INTERFACES, 0, struct.pack("<I", 1) + b"".join(one))
        kinds, intervals, sizes = [255] * 32, [0] * 32, [0] * 32
        for address in (0x00, 0x80):
            kinds[_index(address)], sizes[_index(address)] = descriptors.CONTROL, 64
        for endpoint in interface.endpoints:
            place = _index(endpoint.address)
            kinds[place], intervals[place] = endpoint.kind, endpoint.interval
            sizes[place] = endpoint.packet
        self._send(_ENDPOINTS, 0, bytes(kinds) + bytes(intervals) + bytes(32)
                   + struct.pack("<32H", *sizes))
        identity = self.identity
        self._send(_CONNECT, 0, struct.pack("<BBBBHHH", identity.speed, 0, 0, 0, identity.vendor,
                                            identity.product, 0x0100))

    def _control(self, number, packet):
        endpoint, request, request_type, _, value, index, length = struct.unpack_from(
            "<BBBBHHH", packet)
        answer = self._answer(request_type, request, value, index, packet[10:])
        reads = bool(request_type & 0x80)
        status = _STALL if answer is None else _SUCCESS
        data = (answer or b"")[:length] if reads else b""
        moved = 0 if answer is None else len(data) if reads else length
        self._send(_CONTROL, number, struct.pack("<BBBBHHH", endpoint, request, request_type,
                                                 status, value, index, moved) + data)

    def _answer(self, request_type, request, value, index, data):
        if request == _GET_DESCRIPTOR and request_type in (0x80, 0x81):
            return self._descriptors.get(value)
        if request == _GET_STATUS and request_type & 0x60 == 0:
            return bytes(2)
        if request == _CLEAR_FEATURE and request_type & 0x60 == 0:
            return b""
        return self.request(request_type, request, value, index, data)

    def _bulk(self, number, packet):
        endpoint, _, low, _, high = struct.unpack_from("<BBHIH", packet)
        length = high << 16 | low
        if endpoint & 0x80:
            self._reads.setdefault(endpoint, []).append((number, length))
            self._serve_reads(endpoint)
        else:
            self.sent(OutTransfer(number, endpoint, packet[10:]))

    def _cancel(self, number):
        for endpoint, waiting in self._reads.items():
            if any(number == read for read, _ in waiting):
                waiting[:] = [read for read in waiting if read[0] != number]
                self._end_bulk(number, endpoint, _CANCELLED, 0)
                return
        for endpoint in self._interface.endpoints:
            if endpoint.kind == descriptors.BULK and endpoint.address < 0x80:
                self._end_bulk(number, endpoint.address, _CANCELLED, self.withdrawn(number))
