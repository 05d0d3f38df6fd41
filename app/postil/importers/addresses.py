"""Addresses of links: which may stay, and the one form they stay in.

Only http, https and mailto; ASCII, with everything percent-encoded that would break a line
of Markdown or hide what it is. Nothing is ever fetched.
"""

import re
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, quote, urljoin, urlsplit, urlunsplit

_CHARACTERS: Final = 4096  # an address longer than this is no address
_SAFE: Final = "%:/?#[]@!&*+,;=-._~"
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")  # as browsers do before they read a scheme
_TRACKING = re.compile("utm_|fbclid$|gclid$|mc_[ce]id$", re.IGNORECASE)  # where a reader came from
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


@lru_cache(maxsize=4096)  # pages repeat their links
def safe_address(address: str, base: str = "") -> str:
    """Return an address in the form it may be kept in, or empty if it may not.

    Args:
        address: as it stood in the file.
        base: a whole http or https address a relative one starts from, or empty.
    """
    address = _CONTROLS.sub("", address).strip()
    if not address or address.startswith("#") or len(address) > _CHARACTERS:
        return ""
    if not _SCHEME.match(address) and not base:
        return ""
    try:
        parts = urlsplit(urljoin(base, address) if base else address)
        host = _host(parts.netloc)
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme not in ("http", "https", "mailto") or bool(host) == (parts.scheme == "mailto"):
        return ""
    if parts.scheme == "mailto" and "@" not in parts.path:
        return ""
    whole = urlunsplit((parts.scheme, host, parts.path, parts.query, parts.fragment))
    try:
        return quote(whole, safe=_SAFE)
    except UnicodeEncodeError:  # half a character
        return ""


def web_address(address: str, base: str = "") -> str:
    """Return the safe form of an http or https address, or empty."""
    safe = safe_address(address, base)
    return "" if safe.startswith("mailto:") else safe


def same_page(one: str, other: str) -> bool:
    """Return whether two addresses lead to the same page of a site, and not just to its front.

    Scheme, "www.", a slash at the end, the place on the page and what only tells where a reader
    came from make no difference.
    """
    key = page_key(one)
    return bool(key) and key == page_key(other)


@lru_cache(maxsize=4096)
def page_key(address: str) -> tuple[str, str, tuple[tuple[str, str], ...]] | None:
    """Return (host, path, query), alike for the same page; None where it is none or a front."""
    parts = urlsplit(web_address(address))
    asked = parse_qsl(parts.query, keep_blank_values=True)
    query = tuple(sorted(pair for pair in asked if not _TRACKING.match(pair[0])))
    path = parts.path.rstrip("/")
    if not parts.netloc or not (path or query):
        return None
    return parts.netloc.lower().removeprefix("www."), path, query


def _host(netloc: str) -> str:
    """Return the host in ASCII, so that no letter passes for another."""
    if "@" in netloc:  # user names in addresses only serve to deceive
        netloc = netloc.rpartition("@")[2]
    host, colon, port = netloc.partition(":") if not netloc.startswith("[") else (netloc, "", "")
    if not host.isascii():
        host = host.encode("idna").decode()
    return host + colon + port
