"""A web server for tests: answers as it is told, on this machine only, and notes who asked."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self


class Site:
    """Pages by path; each is a function that is handed the request handler."""

    def __init__(self):
        self.pages = {}
        self.asked = []
        self.closing = threading.Event()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                site.asked.append((self.path, dict(self.headers)))
                try:
                    site.pages[self.path](self)
                except OSError:  # the other side has gone
                    self.close_connection = True

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_):
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def address(self, path="/"):
        return f"http://127.0.0.1:{self.port}{path}"

    def page(self, path, body, media_type="text/html; charset=utf-8", status=200, **headers):
        """Serve bytes; underscores in the names of headers stand for hyphens."""

        def answer(handler):
            handler.send_response(status)
            said = {"Content-Type": media_type, "Content-Length": str(len(body))}
            said |= {name.replace("_", "-"): value for name, value in headers.items()}
            for name, value in said.items():
                handler.send_header(name, value)
            handler.end_headers()
            handler.wfile.write(body)

        self.pages[path] = answer
        return self.address(path)

    def redirect(self, path, target):
        """Serve a redirect."""
        return self.page(path, b"", status=302, Location=target)

    def drip(self, path, piece, *, head=True):
        """Serve a body, or headers, that never end, a piece now and then."""

        def answer(handler):
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n")
            if head:
                handler.wfile.write(b"\r\n")
            while not self.closing.wait(0.02):
                handler.wfile.write(piece)
                handler.wfile.flush()
            handler.close_connection = True

        self.pages[path] = answer
        return self.address(path)
