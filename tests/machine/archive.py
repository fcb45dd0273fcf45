"""A Linux initramfs: files of this machine in a cpio archive of the "newc" form
(Linux, Documentation/driver-api/early-userspace/buffer-format.rst)."""

import os
import stat


class Archive:
    """Writes entries one after the other; folders above an entry are made as they are needed."""

    def __init__(self, out):
        self._out = out
        self._known = set()
        self._inode = 0

    def close(self):
        self._entry("TRAILER!!!", 0, b"", 0)

    def folder(self, path, mode=0o755, mtime=0):
        path = path.strip("/")
        if path in self._known or not path:
            return
        self._parents(path)
        self._known.add(path)
        self._entry(path, stat.S_IFDIR | mode, b"", mtime)

    def text(self, path, content, mode=0o644):
        self._put(path, stat.S_IFREG | mode, content.encode(), 0)

    def link(self, path, target):
        self._put(path, stat.S_IFLNK | 0o777, target.encode(), 0)

    def file(self, path, source, mode=None):
        """`source` is followed where it is a link: what is copied stands alone."""
        status = os.stat(source)
        with open(source, "rb") as file:
            content = file.read()
        kept = stat.S_IMODE(status.st_mode) if mode is None else mode
        self._put(path, stat.S_IFREG | kept, content, int(status.st_mtime))

    def tree(self, path, source):
        """A folder with all that is in it. Links inside it stay links."""
        for folder, _, names in os.walk(source):
            below = os.path.relpath(folder, source)
            here = os.path.normpath(os.path.join(path, below))
            self.folder(here, mtime=int(os.stat(folder).st_mtime))
            for name in sorted(names):
                file = os.path.join(folder, name)
                if os.path.islink(file):
                    self.link(os.path.join(here, name), os.readlink(file))
                else:
                    self.file(os.path.join(here, name), file)

    def _parents(self, path):
        above = os.path.dirname(path)
        if above:
            self.folder(above)

    def _put(self, path, mode, content, mtime):
        path = path.strip("/")
        if path in self._known:
            return
        self._parents(path)
        self._known.add(path)
        self._entry(path, mode, content, mtime)

    def _entry(self, path, mode, content, mtime):
        name = path.encode() + b"\0"
        self._inode += 1
        links = 2 if stat.S_ISDIR(mode) else 1
        fields = [self._inode, mode, 0, 0, links, mtime, len(content), 0, 0, 0, 0, len(name), 0]
        header = b"070701" + b"".join(b"%08X" % field for field in fields)
        self._padded(header + name)
        self._padded(content)

    def _padded(self, data):
        self._out.write(data + b"\0" * (-len(data) % 4))
