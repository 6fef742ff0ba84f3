"""How many examples a test tries that invents its own input.

By default few, and the same in each run: quick, and a failure stays until it is mended. With `EXAMPLES=many` in the
environment many, and new ones in each run.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

MANY = os.environ.get("EXAMPLES") == "many"


def examples(few: int, many: int) -> settings:
    """The settings for a test that tries so many examples; none has a time limit, a busy machine is no fault."""
    return settings(
        max_examples=many if MANY else few,
        derandomize=not MANY,
        database=None,
        deadline=None,
        print_blob=True,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
