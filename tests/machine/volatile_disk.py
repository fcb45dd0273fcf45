"""A disk with a volatile write cache, as NBD server (the NBD protocol, fixed newstyle handshake).

What a real disk may lose in a power cut, this one does lose: a write is safe only once a flush that
came after it was answered. Sectors written since then keep their new or their old content, each by
itself and as a coin falls, in whatever order they were written.
Not simulated: a sector torn in its middle, and disks that lie about a flush."""

import os
import socket
import struct
import threading

SECTOR = 512

_MAGIC = 0x4E42444D41474943  # "NBDMAGIC"
_OPTION_MAGIC = 0x49484156454F5054  # "IHAVEOPT"
_REPLY_MAGIC = 0x0003E889045565A9
_REQUEST_MAGIC = 0x25609513
_ANSWER_MAGIC = 0x67446698

_FIXED_NEWSTYLE, _NO_ZEROES = 1, 2
_EXPORT_NAME, _ABORT, _INFO, _GO = 1, 2, 6, 7
_ACK, _REPLY_INFO, _UNSUPPORTED = 1, 3, 0x80000001
_HAS_FLAGS, _SENDS_FLUSH, _SENDS_FUA = 1, 4, 8
_READ, _WRITE, _DISCONNECT, _FLUSH = 0, 1, 2, 3
_FUA = 1
_INVALID = 22


class VolatileDisk:
    """Holds a disk image in memory, for one machine after the other."""

    def __init__(self, image_file, socket_path):
        with open(image_file, "rb") as file:
            self._now = bytearray(file.read())
        self._safe = bytearray(self._now)
        self._unsafe = set()  # sectors written since the last flush
        self._lock = threading.Lock()
        self.path = socket_path
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(socket_path)
        self._listener.listen()
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self):
        self._listener.close()
        os.unlink(self.path)

    def cut_power(self, random):
        """The machine has gone. How many sectors were not safe, and how many of those are lost."""
        with self._lock:
            lost = 0
            keeps = random.choice([0.0, 0.5, 0.9])
            for sector in sorted(self._unsafe):
                if random.random() < keeps:
                    self._keep(sector)
                else:
                    lost += 1
            unsafe = len(self._unsafe)
            self._unsafe.clear()
            self._now[:] = self._safe
            return unsafe, lost

    def _keep(self, sector):
        place = slice(sector * SECTOR, (sector + 1) * SECTOR)
        self._safe[place] = self._now[place]

    def _serve(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            try:
                with connection:
                    if self._shake_hands(connection):
                        self._answer_requests(connection)
            except (EOFError, OSError):
                pass

    def _export(self):
        return struct.pack(">QH", len(self._now), _HAS_FLAGS | _SENDS_FLUSH | _SENDS_FUA)

    def _shake_hands(self, connection):
        connection.sendall(struct.pack(">QQH", _MAGIC, _OPTION_MAGIC, _FIXED_NEWSTYLE | _NO_ZEROES))
        (client_flags,) = struct.unpack(">I", _exactly(connection, 4))
        while True:
            _, option, length = struct.unpack(">QII", _exactly(connection, 16))
            _exactly(connection, length)
            if option == _EXPORT_NAME:
                padding = b"" if client_flags & _NO_ZEROES else bytes(124)
                connection.sendall(self._export() + padding)
                return True
            if option in (_GO, _INFO):
                _reply(connection, option, _REPLY_INFO, struct.pack(">H", 0) + self._export())
                _reply(connection, option, _ACK)
                if option == _GO:
                    return True
            else:
                _reply(connection, option, _ACK if option == _ABORT else _UNSUPPORTED)
                if option == _ABORT:
                    return False

    def _answer_requests(self, connection):
        while True:
            magic, flags, kind, handle, offset, length = struct.unpack(
                ">IHHQQI", _exactly(connection, 28))
            if magic != _REQUEST_MAGIC or kind == _DISCONNECT:
                return
            data = _exactly(connection, length) if kind == _WRITE else b""
            answer = self._carry_out(kind, flags, offset, length, data)
            error = _INVALID if answer is None else 0
            connection.sendall(struct.pack(">IIQ", _ANSWER_MAGIC, error, handle) + (answer or b""))

    def _carry_out(self, kind, flags, offset, length, data):
        """What is read; None where the request makes no sense."""
        with self._lock:
            if kind == _FLUSH:
                self._flush()
                return b""
            if offset + length > len(self._now) or kind not in (_READ, _WRITE):
                return None
            if kind == _READ:
                return bytes(self._now[offset:offset + length])
            self._now[offset:offset + length] = data
            sectors = range(offset // SECTOR, (offset + length + SECTOR - 1) // SECTOR)
            self._unsafe.update(sectors)
            if flags & _FUA:
                for sector in sectors:
                    self._keep(sector)
                self._unsafe.difference_update(sectors)
            return b""

    def _flush(self):
        for sector in self._unsafe:
            self._keep(sector)
        self._unsafe.clear()


def _exactly(connection, count):
    data = bytearray()
    while len(data) < count:
        part = connection.recv(count - len(data))
        if not part:
            raise EOFError
        data += part
    return bytes(data)


def _reply(connection, option, kind, data=b""):
    connection.sendall(struct.pack(">QIII", _REPLY_MAGIC, option, kind, len(data)) + data)
