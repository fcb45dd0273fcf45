"""What a ZPL printer makes of the bytes that it takes: whole labels, questions, cancellation. It
keeps half a label until the rest comes or the label is cancelled, also while the host is away."""


class ZplInterpreter:
    def __init__(self):
        self.spoiled = 0  # labels that began within another one: two jobs on one paper
        self.noise = bytearray()  # what stood outside of labels and was no command
        self._label = None
        self._command = None

    @property
    def within_a_label(self):
        return self._label is not None

    def take(self, data):
        """[(kind, bytes)] of what has become complete: kind is label, or command."""
        done = []
        for byte in data:
            if self._command is not None:
                self._command.append(byte)
                if byte == ord("\n"):
                    done.append(("command", bytes(self._command).strip()))
                    self._command = None
            elif byte == ord("~"):
                self._command = bytearray(b"~")
            elif self._label is not None:
                if self._continue_label(byte):
                    done.append(("label", bytes(self._label)))
                    self._label = None
            else:
                self._outside(byte)
        return done

    def cancel(self):
        self._label = None

    def _continue_label(self, byte):
        self._label.append(byte)
        if self._label.endswith(b"^XA"):
            self.spoiled += 1
        return self._label.endswith(b"^XZ")

    def _outside(self, byte):
        self.noise.append(byte)
        if self.noise.endswith(b"^XA"):
            del self.noise[-3:]
            self._label = bytearray(b"^XA")
        elif self.noise in (b"\r", b"\n", b"\r\n"):
            self.noise.clear()
