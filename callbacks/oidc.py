"""Stewards may sign in at a service of their organization too, by OpenID Connect, if settings say.

Off by default. The service is asked only when a steward goes to sign in there; it tells an e-mail
address, and the setting OIDC_NAMES which account that is.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, redirect, session, url_for
from werkzeug.wrappers import Response as Answer

from callbacks.asked import OWN_NAMES
from callbacks.session import SIGN_IN, address, admit, next_page, with_accounts
from data.settings import SettingError, setting

START, BACK = "/steward/oidc", "/steward/oidc/back"
REFUSED = f"{SIGN_IN}?refused=1"
SECONDS = 10
"""The longest that the service may take to answer."""
_NEXT = "oidc_next"


@dataclass(frozen=True)
class Service:
    """A service that vouches for people, and the accounts of those it knows, by e-mail address."""

    issuer: str
    client: str
    secret: str
    names: Mapping[str, str]


def read_service() -> Service | None:
    """Read the settings; None where no service is named. Raises SettingError."""
    issuer = setting("OIDC_ISSUER")
    if not issuer:
        return None
    parts = urlsplit(issuer)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in OWN_NAMES):
        raise SettingError(f"OIDC_ISSUER is “{issuer[:60]}”; write an address with https://.")
    client, names = setting("OIDC_CLIENT_ID"), read_names(setting("OIDC_NAMES"))
    if not client:
        raise SettingError("OIDC_ISSUER is set, but OIDC_CLIENT_ID is not; set both.")
    return Service(issuer, client, setting("OIDC_CLIENT_SECRET"), names)


def read_names(text: str) -> dict[str, str]:
    """Read the accounts by e-mail address; raises SettingError.

    >>> read_names("Ada@example.org=ada, bob@example.org=bob")
    {'ada@example.org': 'ada', 'bob@example.org': 'bob'}
    """
    names = {}
    for part in filter(None, map(str.strip, text.split(","))):
        mail, _, name = (side.strip() for side in part.partition("="))
        if "@" not in mail or not name:
            raise SettingError(
                f"OIDC_NAMES has “{part[:60]}”; write each as ada@example.org=ada, with commas."
            )
        names[mail.casefold()] = name
    return names


def account_of(claims: Mapping[str, Any], names: Mapping[str, str]) -> str | None:
    """Give the account of whom a service vouches for; None without a verified, known address."""
    mail, verified = claims.get("email"), claims.get("email_verified")
    if not isinstance(mail, str) or verified not in (True, "true"):
        return None
    return names.get(mail.casefold())


def register_oidc(server: Flask) -> None:
    """Register the two addresses of signing in at a service, where the settings name one."""
    service = read_service()
    if service is None:
        return

    @cache
    def client() -> Any:
        return make_client(server, service)

    @server.get(START)
    @with_accounts
    def to_service() -> Answer:
        session[_NEXT] = next_page()
        try:
            return client().authorize_redirect(url_for(from_service.__name__, _external=True))
        except Exception as error:
            return _refuse(error)

    @server.get(BACK)
    @with_accounts
    def from_service() -> Answer:
        wanted = session.pop(_NEXT, "")
        try:
            token = client().authorize_access_token(
                claims_options={
                    "iss": {"essential": True, "values": [service.issuer]},
                    "aud": {"essential": True, "values": [service.client]},
                }
            )
        except Exception as error:
            return _refuse(error)
        name = account_of(token.get("userinfo") or {}, service.names)
        outcome = admit(name, urlsplit(service.issuer).hostname or "")
        return redirect(wanted or "/steward" if outcome.name else REFUSED, 303)


def make_client(server: Flask, service: Service) -> Any:
    """Make what asks a service; it asks nothing yet."""
    from authlib.integrations.flask_client import OAuth  # type: ignore[import-untyped]

    return OAuth(server).register(
        "steward",
        client_id=service.client,
        client_secret=service.secret or None,
        server_metadata_url=f"{service.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email",
            "code_challenge_method": "S256",
            "default_timeout": SECONDS,
        },
    )


def _refuse(error: Exception) -> Answer:
    # What the service, or whoever poses as it, says is for the log only.
    logging.warning("Signing in at the service failed (%s): %s", address(), type(error).__name__)
    return redirect(REFUSED, 303)
