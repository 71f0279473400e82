"""A service that vouches for people by OpenID Connect, on this machine and for tests only."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey

CLIENT, SECRET = "atlas", "shared with the atlas"
KEY = ECKey.generate_key("P-256", {"kid": "one"})


class Provider(ThreadingHTTPServer):
    """Vouches for one person; ``claims`` and ``key`` may be changed to lie."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server_port}"
        self.claims: dict[str, Any] = {"email": "Ada@example.org", "email_verified": True}
        self.header: dict[str, str] = {"alg": "ES256", "kid": "one"}
        self.key: Any = KEY
        self.asked: list[str] = []
        self.codes: dict[str, dict[str, str]] = {}

    def agree(self, location: str) -> str:
        """Play the person who signs in there; give the path with which the browser comes back."""
        query = dict(parse_qsl(urlsplit(location).query))
        code = f"code-{len(self.codes)}"
        self.codes[code] = query
        return f"{urlsplit(query['redirect_uri']).path}?code={code}&state={query['state']}"

    def token(self, form: dict[str, str]) -> dict[str, Any]:
        """Answer for a code, used once, to the client that asked for it."""
        asked = self.codes.pop(form["code"])
        proof = hashlib.sha256(form["code_verifier"].encode()).digest()
        assert base64.urlsafe_b64encode(proof).rstrip(b"=").decode() == asked["code_challenge"]
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "1",
            "iat": now,
            "exp": now + 60,
            "nonce": asked["nonce"],
        }
        return {
            "access_token": "x",
            "token_type": "Bearer",
            "id_token": jwt.encode(self.header, claims | self.claims, self.key),
        }


class Handler(BaseHTTPRequestHandler):
    """Answers what a client of OpenID Connect asks."""

    server: Provider

    def do_GET(self) -> None:
        issuer = self.server.issuer
        if self.path == "/.well-known/openid-configuration":
            self.answer(
                {
                    "issuer": issuer,
                    "authorization_endpoint": f"{issuer}/authorize",
                    "token_endpoint": f"{issuer}/token",
                    "jwks_uri": f"{issuer}/keys",
                    "id_token_signing_alg_values_supported": ["ES256"],
                }
            )
        else:
            self.answer({"keys": [KEY.as_dict(private=False)]})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        own = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        if self.headers["Authorization"] != f"Basic {own}" or form["code"] not in self.server.codes:
            self.answer({"error": "invalid_grant"}, 400)
        else:
            self.answer(self.server.token(form))

    def answer(self, told: dict[str, Any], status: int = 200) -> None:
        self.server.asked.append(self.path)
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def providing() -> Iterator[Provider]:
    """Run a service for the block."""
    with Provider() as provider:
        thread = threading.Thread(target=provider.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield provider
        finally:
            provider.shutdown()
            thread.join()
