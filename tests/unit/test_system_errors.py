import errno
import os
from pathlib import Path

import pytest

from compass.os_errors import explained


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        # What cannot be written into an open file does not say into which.
        (OSError(errno.ENOSPC, "Full"), "site: Full; make room on that disk and try again"),
        # A copy names both files; the one that is written has no room.
        (OSError(errno.ENOSPC, "Full", "from", None, "to"), "to: Full; make room on that disk and try again"),
        (OSError(errno.EXDEV, "Far", "from", None, "to"), "from: Far; it cannot be moved as a whole; delete it"),
        (OSError(errno.EIO, "Broken", "a"), "a: Broken; check the place and its permissions"),
        (OSError("no number"), "site: no number; check the place and its permissions"),
    ],
)
def test_an_error_says_where_it_is_and_what_to_do(error: OSError, expected: str) -> None:
    assert explained(error, Path("site")).startswith(expected)


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST, errno.EBUSY])
def test_what_is_refused_most_has_advice_of_its_own(number: int) -> None:
    assert "check the place" not in explained(OSError(number, os.strerror(number), "a"), Path())
