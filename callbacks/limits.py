"""How often costly addresses may be asked for, and how much may be sent to any address."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import IO, Any, TypeVar, cast

from flask import Flask, Request, Response, request
from flask_limiter import Limiter, RateLimitExceeded
from flask_limiter.util import get_remote_address
from werkzeug.exceptions import (
    BadRequest,
    HTTPException,
    RequestEntityTooLarge,
    RequestURITooLarge,
)
from werkzeug.utils import cached_property
from werkzeug.wsgi import LimitedStream, get_input_stream

from callbacks.answers import refusal
from data.settings import whole

MAX_BODY = 1_000_000
"""Bytes of a body that is no file; an address that takes files sets its own limit."""
MAX_ADDRESS = 8_000
"""Characters of a path with its query; browsers and proxies carry no longer ones reliably."""


class WholeStream(LimitedStream):
    """A body that is read whole or refused: werkzeug gives what came before the bound.

    Only a body that tells no length, as one in chunks, can come here and be too long. What the
    server finds wrong with its chunks is the sender's fault: 400.
    """

    def readinto(self, target: bytearray) -> int | None:  # type: ignore[override]
        """Read so much; raises BadRequest where the body is not well formed."""
        try:
            return super().readinto(target)
        except HTTPException:
            raise
        except Exception as error:  # gunicorn's own errors, of which some are no OSError
            raise BadRequest from error

    def readall(self) -> bytes:
        """Read all; raises RequestEntityTooLarge where there is more than the bound."""
        found = super().readall()
        if self.is_exhausted and self._stream.read(1):
            raise RequestEntityTooLarge
        return found


class BoundedRequest(Request):
    """A request whose body is never cut at the bound without a word."""

    @cached_property
    def stream(self) -> IO[bytes]:
        """Give the body, which raises RequestEntityTooLarge beyond ``max_content_length``."""
        most = self.max_content_length
        found = get_input_stream(self.environ, max_content_length=most)
        if most is None or "wsgi.input_terminated" not in self.environ:
            return found
        return cast(IO[bytes], WholeStream(get_input_stream(self.environ), most, is_max=True))


View = TypeVar("View", bound=Callable[..., Any])


def costly(view: View) -> View:
    """Mark the view of an address as one that takes long: it may be asked for only so often."""
    view.costly = True  # type: ignore[attr-defined]
    return view


def register_limits(server: Flask) -> None:
    """Bound what one reader can ask of the server; costly addresses by the setting RATE_LIMIT.

    Counted in each worker by itself, for each address of a reader and each costly address.
    """
    server.request_class = BoundedRequest
    server.config["MAX_CONTENT_LENGTH"] = MAX_BODY

    @server.before_request
    def short() -> None:
        if len(request.path) + len(request.query_string) > MAX_ADDRESS:
            raise RequestURITooLarge

    @server.errorhandler(RequestURITooLarge)
    def too_long(_: RequestURITooLarge) -> Response:
        return refusal(f"The address is longer than {MAX_ADDRESS:,} characters.", 414)

    @server.errorhandler(RequestEntityTooLarge)
    def too_large(_: RequestEntityTooLarge) -> Response:
        most = (request.max_content_length or MAX_BODY) / 1e6
        return refusal(f"What was sent is larger than {most:,.0f} MB, the most taken here.", 413)

    if most := whole("RATE_LIMIT"):
        _limit(server, most)


def _limit(server: Flask, most: int) -> None:
    limiter = Limiter(get_remote_address, app=server, storage_uri="memory://")
    for endpoint in server.view_functions:
        view: Callable[..., Any] = server.view_functions[endpoint]
        if hasattr(view, "costly"):
            server.view_functions[endpoint] = limiter.limit(f"{most} per minute")(view)

    @server.errorhandler(RateLimitExceeded)
    def too_often(_: RateLimitExceeded) -> Response:
        found = limiter.current_limit
        wait = max(1, found.reset_at - int(time.time())) if found else 60
        words = f"This was asked for too often from your address; wait {wait} seconds."
        answer = refusal(words, 429)
        answer.headers["Retry-After"] = str(wait)
        return answer
