"""One bucket of an S3-compatible object store, by its address: put, get, list and delete, each signed and bounded."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote, urlencode, urlsplit
from xml.etree import ElementTree

from publishing.settings import RefusedError

TRIES = 5
_FIRST_WAIT = 0.5  # seconds; each further wait is twice as long
_PATIENCE = 30.0  # seconds for one answer
_AGAIN = (408, 429, 500, 502, 503, 504)
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Key:
    """What lets somebody write to a bucket; no part of it is ever shown."""

    name: str = field(repr=False)
    secret: str = field(repr=False)
    token: str = field(repr=False, default="")
    region: str = "us-east-1"


def key_of(environment: dict[str, str]) -> Key:
    """The key that the environment holds; refused where a part of it is missing."""
    missing = [name for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY") if not environment.get(name)]
    if missing:
        raise RefusedError(f"Set {' and '.join(missing)} in the environment: the store's key is read from there alone.")
    region = environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION") or "us-east-1"
    token = environment.get("AWS_SESSION_TOKEN", "")
    return Key(environment["AWS_ACCESS_KEY_ID"], environment["AWS_SECRET_ACCESS_KEY"], token, region)


def signed(key: Key, method: str, address: str, headers: dict[str, str], body: bytes, now: datetime) -> dict[str, str]:
    """The headers of a request with its signature: AWS's Signature Version 4, which every such store reads."""
    target, stamp = urlsplit(address), now.strftime("%Y%m%dT%H%M%SZ")
    digest = hashlib.sha256(body).hexdigest()
    given = {**headers, "Host": target.netloc, "X-Amz-Date": stamp, "X-Amz-Content-SHA256": digest}
    given |= {"X-Amz-Security-Token": key.token} if key.token else {}
    plain = dict(sorted((name.lower(), " ".join(value.split())) for name, value in given.items()))
    names = ";".join(plain)
    query = "&".join(sorted(target.query.split("&")))
    lines = [method, target.path, query, *(f"{name}:{value}" for name, value in plain.items()), "", names, digest]
    scope = f"{stamp[:8]}/{key.region}/s3/aws4_request"
    said = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{hashlib.sha256(chr(10).join(lines).encode()).hexdigest()}"
    secret = f"AWS4{key.secret}".encode()
    for part in scope.split("/"):
        secret = _mac(secret, part)
    signature = _mac(secret, said).hex()
    return {
        **given,
        "Authorization": f"AWS4-HMAC-SHA256 Credential={key.name}/{scope}, SignedHeaders={names}, Signature={signature}",
    }


def _mac(secret: bytes, text: str) -> bytes:
    return hmac.new(secret, text.encode(), hashlib.sha256).digest()


class Bucket:
    """A bucket by its own address, with its name in the host or in the path."""

    def __init__(self, address: str, key: Key, clock: Callable[[], datetime]) -> None:
        target = urlsplit(address.rstrip("/"))
        local = target.scheme == "http" and target.hostname in _LOOPBACK
        if not (target.scheme == "https" or local) or not target.hostname or target.username or target.query:
            raise RefusedError("That is no bucket's address. Write one like https://s3.example.org/bucket .")
        self.top, self.key, self.clock = target, key, clock
        self._kept: http.client.HTTPConnection | None = None

    def put(self, name: str, body: bytes, headers: dict[str, str]) -> None:
        """Stores an object whole, or leaves what was there."""
        self._ask("PUT", name, headers=headers, body=body)

    def get(self, name: str) -> bytes | None:
        """An object's bytes; nothing where there is none."""
        status, body = self._ask("GET", name, known=("NoSuchKey",))
        return body if status == 200 else None

    def delete(self, name: str) -> None:
        """Removes an object; one that is gone already is no fault."""
        self._ask("DELETE", name, known=("NoSuchKey",))

    def names(self) -> Iterator[str]:
        """The names of all objects."""
        more: dict[str, str] = {}
        while True:
            _, body = self._ask("GET", "", query={"list-type": "2", **more})
            try:
                listed = ElementTree.fromstring(body)
            except ElementTree.ParseError:
                raise RefusedError(f"{self.top.hostname} answers, but not as an S3-compatible store does.") from None
            for key in listed.iterfind("{*}Contents/{*}Key"):
                yield key.text or ""
            token = listed.findtext("{*}NextContinuationToken")
            if not token:
                return
            more = {"continuation-token": token}

    def _ask(
        self,
        method: str,
        name: str,
        *,
        query: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
        body: bytes = b"",
        known: tuple[str, ...] = (),
    ) -> tuple[int, bytes]:
        """One answer, asked for again where the fault may pass; refused where it does not, in the store's own words."""
        path = f"{self.top.path}/{quote(name, safe='/-_.~')}" if name else self.top.path or "/"
        asked = f"{path}?{urlencode(query, quote_via=quote, safe='-_.~')}" if query else path
        said = ""
        for turn in range(TRIES):
            if turn:
                time.sleep(_FIRST_WAIT * 2 ** (turn - 1))
            try:
                status, answer = self._once(method, asked, headers or {}, body)
            except (OSError, http.client.HTTPException) as error:
                self.close()
                said = str(error) or type(error).__name__
                continue
            code, words = _fault(answer) if status >= 300 else ("", "")
            if status < 300 or code in known:
                return status, answer
            said = f"{status} {code or http.client.responses.get(status, '')}. {words}".strip(" .")
            if status not in _AGAIN:
                raise RefusedError(f"The store refused {method} {name or 'a list'}: {said}. {_wish(code)}".strip())
        raise RefusedError(f"The store could not be reached in {TRIES} tries: {said}.")

    def _once(self, method: str, asked: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        address = f"{self.top.scheme}://{self.top.netloc}{asked}"
        if self._kept is None:
            kind = http.client.HTTPSConnection if self.top.scheme == "https" else http.client.HTTPConnection
            self._kept = kind(self.top.hostname or "", self.top.port, timeout=_PATIENCE)
        given = signed(self.key, method, address, headers, body, self.clock())
        self._kept.request(method, asked, body=body if method == "PUT" else None, headers=given)
        answer = self._kept.getresponse()
        return answer.status, answer.read()

    def close(self) -> None:
        """Ends the connection; the next request makes another."""
        if self._kept:
            self._kept.close()
        self._kept = None


def _fault(answer: bytes) -> tuple[str, str]:
    """The name of a store's fault and its message; the rest of the answer holds parts of the signature."""
    try:
        told = ElementTree.fromstring(answer)
    except ElementTree.ParseError:
        return "", ""
    return told.findtext("{*}Code") or "", (told.findtext("{*}Message") or "").strip()


def _wish(code: str) -> str:
    return {
        "NoSuchBucket": "Make the bucket first, or mend its address.",
        "InvalidAccessKeyId": "Check AWS_ACCESS_KEY_ID.",
        "SignatureDoesNotMatch": "Check AWS_SECRET_ACCESS_KEY.",
        "RequestTimeTooSkewed": "Set this machine's clock.",
        "AuthorizationHeaderMalformed": "Check AWS_REGION.",
        "PermanentRedirect": "Check AWS_REGION and the bucket's address.",
        "AccessDenied": "The key needs to list the bucket, and to read, write and delete its objects.",
    }.get(code, "")
