"""The emulated label printer: class 7, both ways, ZPL. It has power of its own: what it has taken
it keeps and prints, whatever becomes of the machine that it is plugged into."""

import struct
import threading
import time

import usb_descriptors as descriptors
from usb_device import UsbDevice
from zpl_interpreter import ZplInterpreter

_OUT, _IN = 0x01, 0x82
_PACKET = 512
_GET_DEVICE_ID, _GET_PORT_STATUS, _SOFT_RESET = 0, 1, 2

_DEVICE_ID = b"MFG:Zebra Technologies ;CMD:ZPL;MDL:ZTC ZD421-203dpi ZPL;CLS:PRINTER;"

# The byte of GET_PORT_STATUS: 0x20 paper empty, 0x10 selected, 0x08 no error.
_PORT_WELL, _PORT_NO_PAPER = 0x18, 0x30


class Cut:
    """A moment of a job, as a share of the time from its first byte to the label in the tray. What
    is to happen then happens before the printer takes or says anything more."""

    _TAKEN, _PRINTED = 0.7, 0.9  # shares: by then all bytes are taken; by then the label is out

    def __init__(self, moment, action):
        self._moment = moment
        self._action = action
        self.happened = threading.Event()
        self.bytes_taken = 0
        self.job_bytes = 0

    @classmethod
    def at_last_byte(cls, action):
        """All bytes are taken, which the machine has not heard yet."""
        return cls(cls._TAKEN - 1e-9, action)

    def bytes_before(self, job_bytes):
        """How many bytes of the job the printer takes before; None: it comes later than that."""
        if self._moment >= self._TAKEN:
            return None
        return round(job_bytes * self._moment / self._TAKEN)

    def share_of_printing(self):
        """How much of the time between last byte and label passes; None: it comes before, or
        when the label is out."""
        if not self._TAKEN <= self._moment < self._PRINTED:
            return None
        return (self._moment - self._TAKEN) / (self._PRINTED - self._TAKEN)

    def happen(self, bytes_taken, job_bytes):
        self.bytes_taken, self.job_bytes = bytes_taken, job_bytes
        self._action()
        self.happened.set()


class LabelPrinter(UsbDevice):
    def __init__(self, bytes_per_second=40_000, seconds_per_label=0.8):
        endpoints = (descriptors.Endpoint(_OUT, descriptors.BULK, _PACKET),
                     descriptors.Endpoint(_IN, descriptors.BULK, _PACKET))
        interface = descriptors.Interface(descriptors.PRINTER_CLASS, 1, 2, endpoints)
        super().__init__(descriptors.Identity(0x0A5F, 0x0185, "Zebra Technologies", "ZTC ZD421",
                                              "P-0001", descriptors.HIGH_SPEED), interface)
        self.labels = []  # jobs whose label has come out, in their order
        self.interpreter = ZplInterpreter()
        self.asked = threading.Event()  # a status question came since it was plugged in
        self.stuck = threading.Event()  # it takes no data in the middle of a job
        self._seconds_per_byte = 1 / bytes_per_second
        self._seconds_per_label = seconds_per_label
        self._sent = []  # transfers under way
        self._waiting = []  # whole labels that are to be printed
        self._has_paper = True
        self._stops_after = None  # bytes of a job, at which it is stuck
        self._cut = None
        self._ready_at = 0.0  # for the next packet
        self._out_at = None  # the label in print
        self._cut_at = None  # where the cut comes while a label is in print
        self._ended = False
        self._changed = threading.Condition(self.lock)
        self._mechanism = threading.Thread(target=self._work, daemon=True)
        self._mechanism.start()

    # ---- what a test does to it

    def close(self):
        self.unplug()
        with self._changed:
            self._ended = True
            self._changed.notify_all()
        self._mechanism.join()

    def set_paper(self, is_in):
        with self._changed:
            self._has_paper = is_in
            self._changed.notify_all()

    def stop_taking(self, after_bytes):
        """From that byte of the next job on it takes nothing, until `go_on`."""
        with self._changed:
            self._stops_after = after_bytes

    def go_on(self):
        with self._changed:
            self._stops_after = None
            self.stuck.clear()
            self._changed.notify_all()

    def cut_at(self, cut):
        with self._changed:
            self._cut = cut

    def whole_labels(self):
        """How many have come out or will, whatever becomes of the machine."""
        with self._changed:
            return len(self.labels) + len(self._waiting)

    def wait_for_labels(self, count, patience):
        """Whether so many labels have come out in all."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self.labels) >= count, patience)

    # ---- towards the guest

    def request(self, request_type, request, value, index, data):
        if request_type == 0xA1 and request == _GET_DEVICE_ID:
            return struct.pack(">H", len(_DEVICE_ID) + 2) + _DEVICE_ID
        if request_type == 0xA1 and request == _GET_PORT_STATUS:
            return bytes([_PORT_WELL if self._has_paper else _PORT_NO_PAPER])
        if request_type in (0x21, 0x23) and request == _SOFT_RESET:
            self._forget_jobs()
            return b""
        return None

    def sent(self, transfer):
        self._sent.append(transfer)
        self._changed.notify_all()

    def withdrawn(self, transfer_number):
        taken = sum(t.taken for t in self._sent if t.number == transfer_number)
        self._sent = [t for t in self._sent if t.number != transfer_number]
        return taken

    def left(self):
        self._sent.clear()
        self.asked.clear()

    # ---- the mechanism

    def _work(self):
        with self._changed:
            while not self._ended:
                now = time.monotonic()
                if self._cut_at is not None and now >= self._cut_at:
                    self._cut_now(len(self._waiting[0]), len(self._waiting[0]))
                elif self._out_at is not None and now >= self._out_at:
                    self._label_comes_out()
                elif self._waiting and self._has_paper and self._out_at is None:
                    self._out_at = now + self._seconds_per_label
                elif self._sent and not self.stuck.is_set() and now >= self._ready_at:
                    self._take_packet(now)
                else:
                    self._changed.wait(self._next_event(now))

    def _next_event(self, now):
        due = [at for at in (self._cut_at, self._out_at) if at is not None]
        if self._sent and not self.stuck.is_set():
            due.append(self._ready_at)
        return max(min(due) - now, 0.001) if due else None

    def _take_packet(self, now):
        transfer = self._sent[0]
        room = self._room_for(transfer)
        part = transfer.data[transfer.taken:transfer.taken + room]
        transfer.taken += room
        self._ready_at = now + room * self._seconds_per_byte
        for kind, content in self.interpreter.take(part):
            if kind == "label":
                self._take_label(content, now)
            else:
                self._command(content)
        # Before the machine hears that the last byte was taken.
        if self._limit_of(transfer) == transfer.taken:
            self._cut_now(transfer.taken, len(transfer.data))
        if transfer in self._sent and transfer.taken == len(transfer.data):
            self._sent.remove(transfer)
            self.finish(transfer)

    def _room_for(self, transfer):
        """How many bytes it takes now."""
        room = min(_PACKET, len(transfer.data) - transfer.taken)
        limit = self._limit_of(transfer)
        if limit is not None:
            room = min(room, limit - transfer.taken)
        if self._is_job(transfer) and self._stops_after is not None:
            room = min(room, self._stops_after - transfer.taken)
            if room == 0:
                self.stuck.set()
        return room

    @staticmethod
    def _is_job(transfer):
        return transfer.data.startswith(b"^XA")

    def _limit_of(self, transfer):
        """At which byte of it the cut comes, where it comes while bytes are taken."""
        if self._cut is None or not self._is_job(transfer):
            return None
        return self._cut.bytes_before(len(transfer.data))

    def _take_label(self, job, now):
        self._waiting.append(job)
        share = self._cut.share_of_printing() if self._cut else None
        if share is not None:
            self._cut_at = now + share * self._seconds_per_label

    def _label_comes_out(self):
        self._out_at = None
        job = self._waiting.pop(0)
        self.labels.append(job)
        # Before the machine hears that it is out.
        if self._cut and self._cut.bytes_before(len(job)) is None:
            self._cut_now(len(job), len(job))
        self._changed.notify_all()

    def _cut_now(self, taken, job_bytes):
        cut, self._cut, self._cut_at = self._cut, None, None
        cut.happen(taken, job_bytes)

    def _forget_jobs(self):
        self.interpreter.cancel()
        self._waiting.clear()
        self._out_at = None

    def _command(self, command):
        if command == b"~JA":
            self._forget_jobs()
        elif command == b"~HS":
            self.asked.set()
            # As the real ones, it says nothing while there is no paper.
            if self._has_paper:
                self.answer(_IN, self._host_status())
        elif command == b"~HQES":
            self.asked.set()
            self.answer(_IN, self._errors())

    def _host_status(self):
        left = len(self._waiting)
        half = 1 if self.interpreter.within_a_label else 0
        return (f"\x02030,0,0,1225,{left:03d},0,0,{half},000,0,0,0\x03\r\n"
                f"\x02000,0,0,0,0,2,4,0,{left:08d},1,000\x03\r\n\x020000,0\x03\r\n").encode()

    def _errors(self):
        group = "0 00000000 00000000" if self._has_paper else "1 00000000 00000001"
        return (f"\x02\r\n\r\n  PRINTER STATUS\r\n   ERRORS:         {group}\r\n"
                "   WARNINGS:       0 00000000 00000000\r\n\x03").encode()
