"""A page from the web, when a person asks for it: the one place that opens a connection.

Plain HTTP with limits of size, time and redirects; no cookies, no proxies, nothing of the
page is loaded but its own bytes. A name is resolved once, its addresses are checked, and the
connection goes to the address that was checked, so that no answer of a name server can lead
into the network of the machine.
"""

import contextlib
import ipaddress
import re
import socket
import threading
import time
import zlib
from collections.abc import Callable
from typing import Final, Self
from urllib.parse import unquote, urlsplit

import httpx

import postil
from postil.domain import limits
from postil.domain.canonical import clean_line
from postil.domain.errors import PrivateAddressError, UserError
from postil.importers.addresses import web_address
from postil.importers.source import Source

_SAVE: Final = "Open it in your browser, save the page and open the file."
_AGAIN: Final = "Try again later, or open it in your browser, save the page and open the file."
_LOOK_SECONDS: Final = 0.1  # between two looks at whether the page is still wanted
_SCHEME: Final = re.compile(r"[^/?#]*(?::(?!\d)|@)")  # and no port; or the address of a mail
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")  # holds an IPv4 address at its end
_HEADERS: Final = {
    "Accept": "text/html, application/xhtml+xml, */*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
    "User-Agent": f"Postil/{postil.__version__}",
}

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


def _nothing(_done: int, _total: int) -> None:
    pass


def fetch(
    address: str,
    *,
    allow_private: bool = False,
    report: Callable[[int, int], None] = _nothing,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Source:
    """Return what lies at an address.

    Args:
        address: http or https; https is tried where neither is said.
        allow_private: whether the page may come from this machine or its own network.
        report: is told bytes come in and bytes expected (0 if not known); may raise.
        is_cancelled: whether the page is no longer wanted; the connection then ends.

    Returns:
        Its bytes, with the address they came from in the end.

    Raises:
        PrivateAddressError: it leads into the machine's own network.
        UserError: it is no address, cannot be reached, refuses, or is over a limit.
    """
    where = as_address(address)
    with _Watch(is_cancelled) as watch, httpx.HTTPTransport(trust_env=False) as transport:
        try:
            for _ in range(limits.FETCH_REDIRECTS + 1):
                request = _request(where, watch, allow_private=allow_private)
                with contextlib.closing(transport.handle_request(request)) as response:
                    if not response.has_redirect_location:
                        source = _source(response, where, report)
                        watch.check()
                        return source
                    where = _next_address(response, where)
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            report(0, 0)  # raises where it was cut off because nobody wants it any more
            raise _refusal(error, where, is_late=watch.is_late) from error
    raise UserError(
        f"{_host(where)} leads from one address to the next without end", "Check the address."
    )


def as_address(text: str) -> str:
    """Return the whole address in what a person typed.

    Raises:
        UserError: it is none, or none of the web.
    """
    text = text.strip()
    address = web_address(text if _SCHEME.match(text) else f"https://{text}")
    if not address or any(letter.isspace() for letter in text):
        raise UserError(
            f"“{clean_line(text)[:80]}” is no address of the web",
            "It begins with https:// or http:// and names a site.",
        )
    return address


def _request(where: str, watch: "_Watch", *, allow_private: bool) -> httpx.Request:
    """Return a request to an address that was checked, under the name that was asked for.

    Raises:
        PrivateAddressError: there is one among the addresses of the name.
        UserError: there is no such site.
    """
    url = httpx.URL(where)
    found = _resolve(url)
    if not allow_private:
        for one in found:
            if not _is_public(one):
                raise PrivateAddressError(
                    f"{url.host} lies in the network of this machine ({one})",
                    "Pages from there are fetched only when you insist.",
                )
    timeout = httpx.Timeout(limits.FETCH_SECONDS, connect=limits.FETCH_CONNECT_SECONDS)
    return httpx.Request(
        "GET",
        url.copy_with(host=str(found[0]), fragment=None),
        headers=_HEADERS | {"Host": url.netloc.decode("ascii")},
        extensions={
            "sni_hostname": url.host,
            "timeout": timeout.as_dict(),
            "trace": watch.note,
        },
    )


def _resolve(url: httpx.URL) -> list[IPAddress]:
    """Return the addresses of the host, those of version 4 first.

    Raises:
        UserError: there is no such host.
    """
    with contextlib.suppress(ValueError):
        return [ipaddress.ip_address(url.host)]
    try:
        entries = socket.getaddrinfo(url.host, url.port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UserError(
            f"The site {url.host} was not found",
            "Check the address and whether the machine is online.",
        ) from error
    found = {ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in entries}
    return sorted(found, key=lambda one: (one.version, int(one)))


def _is_public(address: IPAddress) -> bool:
    """Return whether an address, and one that is wrapped in it, belongs to the public network."""
    if isinstance(address, ipaddress.IPv6Address):
        wrapped = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            wrapped = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if wrapped is not None:
            return _is_public(wrapped)
    return address.is_global and not address.is_multicast


def _next_address(response: httpx.Response, where: str) -> str:
    target = web_address(response.headers.get("location", ""), where)
    if not target:
        raise UserError(f"{_host(where)} leads to what is no address of the web", _SAVE)
    return target


def _source(response: httpx.Response, where: str, report: Callable[[int, int], None]) -> Source:
    if response.status_code != httpx.codes.OK:
        said = f"{response.status_code} {response.reason_phrase}".strip()
        raise UserError(f"{_host(where)} does not hand out this page ({clean_line(said)})", _SAVE)
    data = _body(response, where, report)
    if not data:
        raise UserError(f"What {_host(where)} sent is empty", _SAVE)
    media_type = clean_line(response.headers.get("content-type", ""))
    last = clean_line(unquote(urlsplit(where).path.rpartition("/")[2]))
    is_page = "html" in media_type.partition(";")[0]
    name = _host(where) if is_page or not last else last  # “story.php” is no program here
    return Source(data, name, where, media_type)


def _body(response: httpx.Response, where: str, report: Callable[[int, int], None]) -> bytes:
    """Return the body, unpacked.

    Raises:
        UserError: it is too large, packed or unpacked, or packed in an unknown or broken way.
    """
    length = response.headers.get("content-length", "")
    total = int(length) if length.isascii() and length.isdigit() else 0
    too_large = UserError(
        f"What {_host(where)} sent is larger than {limits.FETCHED_BYTES // limits.MB} MB", _SAVE
    )
    if total > limits.FETCHED_BYTES:
        raise too_large
    packed = bytearray()
    for piece in response.iter_raw():
        packed += piece
        if len(packed) > limits.FETCHED_BYTES:
            raise too_large
        report(len(packed), max(total, len(packed)) if total else 0)
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    if coding in ("", "identity"):
        return bytes(packed)
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise UserError(f"{_host(where)} packs its pages in a way that was not asked for", _SAVE)
    try:
        data, is_whole = _unpacked(bytes(packed))
    except zlib.error as error:
        raise UserError(f"What {_host(where)} sent is damaged", _AGAIN) from error
    if len(data) > limits.FETCHED_BYTES:
        raise too_large
    if not is_whole:
        raise UserError(f"What {_host(where)} sent breaks off", _AGAIN)
    return data


def _unpacked(packed: bytes) -> tuple[bytes, bool]:
    """Return the bytes, at most one more than the limit, and whether they are all there."""
    kinds = (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS)  # with a header, or as some servers deflate
    unpacker = zlib.decompressobj(kinds[0])
    try:
        data = unpacker.decompress(packed, limits.FETCHED_BYTES + 1)
    except zlib.error:
        unpacker = zlib.decompressobj(kinds[1])
        data = unpacker.decompress(packed, limits.FETCHED_BYTES + 1)
    return data, unpacker.eof


def _host(where: str) -> str:
    return urlsplit(where).hostname or where


def _refusal(error: Exception, where: str, *, is_late: bool) -> UserError:
    host = _host(where)
    if is_late or isinstance(error, httpx.ReadTimeout | httpx.WriteTimeout):
        return UserError(f"{host} took longer than {limits.FETCH_SECONDS:g} seconds", _AGAIN)
    if isinstance(error, httpx.ConnectTimeout):
        seconds = limits.FETCH_CONNECT_SECONDS
        return UserError(f"{host} did not answer within {seconds:g} seconds", _AGAIN)
    if "CERTIFICATE" in str(error):
        return UserError(
            f"{host} cannot prove that it is that site (its certificate is not valid)",
            "Check the address and the clock of this machine.",
        )
    if isinstance(error, httpx.ConnectError):
        return UserError(
            f"{host} cannot be reached", "Check the address and whether the machine is online."
        )
    return UserError(f"The connection to {host} broke off", _AGAIN)


class _Watch:
    """Ends the connection when the time is over or the page is no longer wanted.

    A server that sends a byte now and then passes every time limit of a single read; only
    the clock of the whole ends it.
    """

    def __init__(self, is_cancelled: Callable[[], bool]) -> None:
        self.is_late = False
        self._is_cancelled = is_cancelled
        self._socket: socket.socket | None = None
        self._has_cut = False
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="postil-fetch", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def note(self, event: str, info: dict[str, object]) -> None:
        """Learn of a connection; handed to httpx as its `trace`."""
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            stream = info["return_value"]
            self._socket = stream.get_extra_info("socket")  # type: ignore[attr-defined]

    def check(self) -> None:
        """Refuse what only seems to have ended, because the connection was cut.

        Raises:
            OSError: it was.
        """
        if self._has_cut:
            raise OSError("the connection was cut")

    def _watch(self) -> None:
        end = time.monotonic() + limits.FETCH_SECONDS
        while not self._ended.wait(_LOOK_SECONDS):
            self.is_late = time.monotonic() > end
            if (self.is_late or self._is_cancelled()) and self._socket is not None:
                self._has_cut = True
                with contextlib.suppress(OSError):  # it has ended by itself
                    self._socket.shutdown(socket.SHUT_RDWR)
