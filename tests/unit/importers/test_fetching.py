"""A page from the web: fetched within limits, from public addresses only, or one clear sentence."""

import gzip
import socket
import tracemalloc
import zlib

import pytest

from postil.domain import limits
from postil.domain.errors import PrivateAddressError, UserError
from postil.importers import read
from postil.importers.fetching import as_address, fetch

PAGE = "<html><body><h1>Brücke</h1><p>Nobody asked for it.</p></body></html>"


def insist(address, **options):
    return fetch(address, allow_private=True, **options)


def refusal(address, **options):
    with pytest.raises(UserError) as caught:
        insist(address, **options)
    sentence = str(caught.value)
    assert caught.value.remedy
    assert "\n" not in sentence
    return sentence


def name_leads_to(monkeypatch, *addresses):
    """Let every name have these addresses."""

    def answer(_host, port, *_args, **_options):
        families = {4: socket.AF_INET, 6: socket.AF_INET6}
        return [
            (families[6 if ":" in one else 4], socket.SOCK_STREAM, 6, "", (one, port))
            for one in addresses
        ]

    monkeypatch.setattr(socket, "getaddrinfo", answer)


def test_a_page_comes_with_its_address_type_and_bytes(site):
    address = site.page("/news/bridge", PAGE.encode())
    source = insist(address)
    assert source.data == PAGE.encode()
    assert (source.origin, source.media_type) == (address, "text/html; charset=utf-8")
    imported = read(source)
    assert imported.article.text == "Brücke\nNobody asked for it."
    assert imported.article.metadata.source == address
    assert imported.article.metadata.retrieved == imported.original.taken_at[:10]
    assert imported.original.origin == address
    assert imported.original.data == PAGE.encode()


def test_the_request_says_who_asks_and_carries_nothing_else(site):
    insist(site.page("/x", PAGE.encode()) + "#part")
    [(path, headers)] = site.asked
    assert path == "/x"
    assert headers["User-Agent"].startswith("Postil/")
    assert headers["Host"] == f"127.0.0.1:{site.port}"
    assert not {"Cookie", "Referer", "Authorization"} & set(headers)


def test_the_charset_of_the_answer_is_believed(site):
    body = PAGE.encode("iso-8859-1")
    assert (
        "Brücke"
        in read(insist(site.page("/a", body, "text/html; charset=iso-8859-1"))).article.text
    )


def test_a_wrong_charset_is_seen_through_as_for_files(site):
    source = insist(site.page("/a", PAGE.encode("windows-1252"), "text/html; charset=utf-8"))
    assert "Br" in read(source).article.text


def test_other_types_go_to_their_importers(site):
    markdown = insist(site.page("/note.md", b"# Head\n\nSome *words*.", "text/markdown"))
    assert read(markdown).article.text == "Head\nSome words."
    program = insist(site.page("/story.php?id=1", PAGE.encode()))
    assert program.name == "127.0.0.1"
    assert read(program).article.metadata.title == "Brücke"
    with pytest.raises(UserError, match=r"picture\.png"):
        read(insist(site.page("/picture.png", b"\x89PNG\r\n\x1a\n" + bytes(99), "image/png")))


def test_redirects_are_followed_and_the_last_address_counts(site):
    site.redirect("/a", "/b")
    site.redirect("/b", site.address("/c"))
    last = site.page("/c", PAGE.encode(), Set_Cookie="who=me")
    assert insist(site.address("/a")).origin == last


def test_a_sixth_redirect_is_refused(site):
    for number in range(6):
        site.redirect(f"/{number}", f"/{number + 1}")
    site.page("/6", PAGE.encode())
    assert "from one address to the next" in refusal(site.address("/0"))
    assert insist(site.address("/1")).data == PAGE.encode()
    site.redirect("/loop", "/loop")
    assert "from one address to the next" in refusal(site.address("/loop"))


@pytest.mark.parametrize("target", ["file:///etc/hostname", "ftp://example.org/", "javascript:1"])
def test_a_redirect_leads_only_to_the_web(site, target):
    site.redirect("/a", target)
    assert "no address of the web" in refusal(site.address("/a"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "two words",
        "file:///etc/hostname",
        "mailto:a@b.org",
        "ftp://example.org",
        "https://",
    ],
)
def test_what_is_no_address_is_refused_before_anything_is_asked(text):
    assert "no address of the web" in refusal(text)


def test_what_people_type_becomes_a_whole_address():
    assert as_address(" example.org/news ") == "https://example.org/news"
    assert as_address("http://example.org") == "http://example.org"
    assert as_address("example.org:8080/a:b@c") == "https://example.org:8080/a:b@c"
    assert "secret" not in as_address("https://me:secret@example.org/")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "224.0.0.1", "::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1",
        "2002:7f00:1::1",
    ],
)  # fmt: skip
def test_private_addresses_are_refused_whatever_name_they_go_by(monkeypatch, address):
    literal = f"[{address}]" if ":" in address else address
    with pytest.raises(PrivateAddressError, match="network of this machine"):
        fetch(f"http://{literal}/")
    name_leads_to(monkeypatch, address)
    with pytest.raises(PrivateAddressError, match=r"site\.example lies"):
        fetch("http://site.example/")
    name_leads_to(monkeypatch, "93.184.215.14", address)  # one bad address is enough
    with pytest.raises(PrivateAddressError):
        fetch("http://site.example/")


def test_a_redirect_to_a_private_address_is_refused(site, monkeypatch):
    site.redirect("/a", "http://10.0.0.1/secret")
    monkeypatch.setattr("postil.importers.fetching._is_public", lambda one: str(one) == "127.0.0.1")
    with pytest.raises(PrivateAddressError, match=r"10\.0\.0\.1"):
        fetch(site.address("/a"))


def test_a_name_is_asked_for_once_and_its_checked_address_is_used(site, monkeypatch):
    asked = []
    real = socket.getaddrinfo

    def answer(host, port, *args, **options):
        if host != "site.example":
            return real(host, port, *args, **options)
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    site.page("/", PAGE.encode())
    insist(f"http://site.example:{site.port}/")
    assert asked == ["site.example"]
    assert site.asked[0][1]["Host"] == f"site.example:{site.port}"


def test_a_name_that_leads_nowhere(monkeypatch):
    def answer(*_args, **_options):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    assert "site.example was not found" in refusal("https://site.example/")


def test_nobody_listens(site):
    address = site.address("/")
    site.__exit__()
    assert "cannot be reached" in refusal(address)
    site.__init__()
    site.__enter__()


@pytest.mark.parametrize("status", [401, 402, 403, 404, 410, 451, 500, 503, 204, 304])
def test_a_page_that_is_not_handed_out(site, status):
    site.page("/a", b"", status=status)
    sentence = refusal(site.address("/a"))
    assert f"({status}" in sentence
    assert "browser" in sentence


def test_an_empty_page(site):
    assert "is empty" in refusal(site.page("/a", b""))


@pytest.mark.parametrize("said", [True, False])
def test_a_huge_body_is_refused(site, monkeypatch, said):
    monkeypatch.setattr(limits, "FETCHED_BYTES", limits.MB)
    if said:
        site.page("/a", b"", Content_Length=str(limits.MB + 1))
    else:
        site.drip("/a", bytes(200_000))
    assert "larger than 1 MB" in refusal(site.address("/a"))


def test_a_bomb_is_refused_before_it_grows(site):
    bomb = gzip.compress(bytes(limits.FETCHED_BYTES * 6), mtime=0)
    assert len(bomb) < limits.MB
    address = site.page("/a", bomb, Content_Encoding="gzip")
    tracemalloc.start()
    assert "larger than 20 MB" in refusal(address)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < limits.FETCHED_BYTES * 3


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data, wbits=-15)),
        ("identity", bytes),
    ],
)
def test_packed_pages_are_unpacked(site, coding, pack):
    address = site.page("/a", pack(PAGE.encode()), Content_Encoding=coding)
    assert insist(address).data == PAGE.encode()


@pytest.mark.parametrize("coding", ["br", "gzip, gzip", "compress"])
def test_other_packings_are_refused(site, coding):
    assert "not asked for" in refusal(site.page("/a", b"abc", Content_Encoding=coding))


def test_damaged_and_broken_off_pages(site):
    whole = gzip.compress(PAGE.encode() * 99)
    assert "damaged" in refusal(site.page("/a", b"no gzip at all", Content_Encoding="gzip"))
    assert "breaks off" in refusal(site.page("/a", whole[:-20], Content_Encoding="gzip"))
    site.page("/a", PAGE.encode(), Content_Length="9999")
    assert "broke off" in refusal(site.address("/a"))


@pytest.mark.parametrize("head", [True, False], ids=["body", "headers"])
def test_a_slow_drip_is_ended_by_the_clock_of_the_whole(site, monkeypatch, head):
    monkeypatch.setattr(limits, "FETCH_SECONDS", 0.5)
    address = site.drip("/a", b"x" if head else b"X: y\r\n", head=head)
    assert "took longer than 0.5 seconds" in refusal(address)


def test_a_server_that_says_nothing_is_left(site, monkeypatch):
    monkeypatch.setattr(limits, "FETCH_SECONDS", 0.3)
    site.pages["/a"] = lambda _handler: site.closing.wait()
    assert "took longer than 0.3 seconds" in refusal(site.address("/a"))


def test_what_is_no_http_is_told(site):
    site.pages["/a"] = lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH\r\n\r\n")
    assert "broke off" in refusal(site.address("/a"))


def test_progress_is_told_and_a_cancelled_page_is_left_at_once(site):
    heard = []
    body = PAGE.encode() + b" " * 500_000
    insist(site.page("/a", body), report=lambda done, total: heard.append((done, total)))
    assert heard[-1] == (len(body), len(body))

    class NoLongerWantedError(Exception):
        pass

    def report(_done, _total):
        if site.asked[-1][0] == "/silent":
            raise NoLongerWantedError

    site.pages["/silent"] = lambda _handler: site.closing.wait()
    with pytest.raises(NoLongerWantedError):
        insist(site.address("/silent"), report=report, is_cancelled=lambda: len(site.asked) > 1)
