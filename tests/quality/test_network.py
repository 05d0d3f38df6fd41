"""Nothing asks the network but the fetching of a page that a person asked for.

Two starts of the program speak through a local socket, which is none.
"""

import ast
import re
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "app" / "postil"
# What can open a connection, by itself or when it is told to.
_REACHES = re.compile(
    r"(?:aiohttp|asyncio|ftplib|http\.client|http\.server|httpcore|httpx|imaplib|multiprocessing"
    r"|poplib|PySide6\.Qt(?:Network|WebEngine|WebSockets)\w*|requests|smtplib|socket|socketserver"
    r"|ssl|telnetlib|urllib\.request|urllib3|webbrowser|xmlrpc|trafilatura)(?:\.|$)"
)
# Who may, and why.
ALLOWED = {
    ("importers/fetching.py", "httpx"): "fetches what a person asked for",
    ("importers/fetching.py", "socket"): "asks for the addresses of a name, to check them",
    **{
        ("ui/one_window.py", f"PySide6.QtNetwork{name}"): "a socket of this user on this machine"
        for name in ("", ".QLocalServer", ".QLocalSocket")
    },
}


def imported(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_only_the_fetching_of_a_page_imports_what_reaches_the_network():
    found = {
        (path.relative_to(PACKAGE).as_posix(), name)
        for path in PACKAGE.rglob("*.py")
        for name in imported(path)
        if _REACHES.match(name)
    }
    assert found == set(ALLOWED)


def test_fetching_is_imported_only_where_a_person_asks_for_an_address():
    asked = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if "postil.importers.fetching" in imported(path)
    }
    assert asked == {"cli/import_.py", "ui/address_actions.py"}
