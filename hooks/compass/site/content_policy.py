"""What a page may load and run: its Content-Security-Policy, as an element for the page's head.

The scripts that a page may run are named by its template, not looked for in the finished page: whatever had got into
the page would be allowed too.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from markupsafe import Markup

# Files of the site itself, of the kinds that it has. No form is sent: scripts answer them all.
_ALLOWED = {
    "default-src": "'none'",
    "script-src": "'self'",
    "worker-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}


def content_policy(*scripts: str, any_script: bool = False) -> Markup:
    """The policy of a page, to stand before anything that it loads.

    `scripts` are the texts of the inline scripts that it may run beside the site's own files; with `any_script` it may
    run all, as a server needs that adds a script of its own to each page.
    """
    inline = ["'unsafe-inline'"] if any_script else [f"'sha256-{_digest(script)}'" for script in scripts]
    allowed = _ALLOWED | {"script-src": " ".join([_ALLOWED["script-src"], *inline])}
    policy = "; ".join(f"{kind} {sources}" for kind, sources in allowed.items())
    return Markup(f'<meta http-equiv="Content-Security-Policy" content="{policy}">')


def _digest(script: str) -> str:
    return b64encode(sha256(script.encode()).digest()).decode()
