"""What the operating system has refused, and what to do about it, in one line. Used by the adapter and `__main__`."""

from __future__ import annotations

import errno
from pathlib import Path

_FULL = (errno.ENOSPC, errno.EDQUOT)
_NOT_ALLOWED = "check who may read and write there, or use another folder"
_IN_THE_WAY = "a file stands where a folder is needed, or the reverse; move it away"
_ADVICE = {
    errno.ENOSPC: "make room on that disk and try again",
    errno.EDQUOT: "delete some of your files on that disk and try again",
    errno.EROFS: "make it writable, or use another folder",
    errno.EACCES: _NOT_ALLOWED,
    errno.EPERM: _NOT_ALLOWED,
    errno.ENOTDIR: _IN_THE_WAY,
    errno.EISDIR: _IN_THE_WAY,
    errno.EEXIST: _IN_THE_WAY,
    errno.ENOENT: "see that it and its folder are there, and try again",
    errno.EBUSY: "it is in use or a mount point, and cannot be replaced as a whole; use a folder inside it, or another",
    errno.EXDEV: "it cannot be moved as a whole; delete it and try again, or use another folder",
    errno.EAGAIN: "wait until it has ended, then try again",
}


def explained(error: OSError, place: str | Path) -> str:
    """An error as one line: where, which is `place` if the error does not name it, what was refused, what to do."""
    # Of two files, the one that was written has filled the disk.
    where = (error.errno in _FULL and error.filename2) or error.filename or place
    advice = _ADVICE.get(error.errno or 0, "check the place and its permissions")
    return f"{where}: {error.strerror or error}; {advice}"
