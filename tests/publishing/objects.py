"""A real S3-compatible server on this machine, which checks every signature; and readers of what it holds."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from publishing.store import Bucket, Key, key_of, signed
from tests.project import ROOT
from tests.publishing.harness import Answer, free_port, get

_MAY = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
_UNSIGNED = "AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=x"
_FREE = 4  # requests before the server asks for signatures: three that make a person, and one for readers to begin with


@dataclass(frozen=True)
class Store:
    """The server's address, and the environment of somebody who may write there."""

    address: str
    environment: dict[str, str]

    def bucket(self, name: str) -> Bucket:
        """A new bucket that everybody may read."""
        made = Bucket(f"{self.address}{name}", key_of(self.environment), lambda: datetime.now(UTC))
        made._ask("PUT", "")
        return made


def now() -> datetime:
    return datetime.now(UTC)


def things(bucket: Bucket) -> dict[str, bytes]:
    """All that a bucket holds, as it is stored."""
    return {name: bucket.get(name) or b"" for name in bucket.names()}


def head(bucket: Bucket, name: str) -> dict[str, str]:
    """The headers that a store gives with an object."""
    found = answer(bucket, name)
    assert found.status == 200, found
    return {header.title(): value for header, value in found.headers.items()}


def answer(bucket: Bucket, name: str) -> Answer:
    """What a reader of the store gets."""
    address = f"{bucket.top.geturl()}/{urllib.parse.quote(name)}"
    return get(address, **signed(bucket.key, "GET", address, {}, b"", now()))


@contextmanager
def object_store(folder: Path) -> Iterator[Store]:
    """Starts the server and ends it; its environment is its own, because it asks for older packages than the build."""
    python = Path(os.environ.get("LRP_STORE") or ROOT / ".venv" / "store.d") / "bin" / "python"
    assert python.exists(), "No object store was found. Run the tests with: make test"
    address = f"http://127.0.0.1:{free_port()}/"
    words = [str(python), "-m", "moto.server", "-H", "127.0.0.1", "-p", address.rsplit(":", 1)[1].rstrip("/")]
    own = {"PATH": os.environ["PATH"], "INITIAL_NO_AUTH_ACTION_COUNT": str(_FREE - 1)}
    with (folder / "store.log").open("w") as said:
        run = subprocess.Popen(words, env=own, stderr=said, stdout=said)
    try:
        for _ in range(600):
            assert run.poll() is None, (folder / "store.log").read_text("utf-8")
            try:
                get(f"{address}moto-api/")
                break
            except OSError:
                time.sleep(0.05)
        yield Store(address, _person(address))
    finally:
        run.terminate()
        run.wait(10)


def _person(address: str) -> dict[str, str]:
    """The environment of a new person at the store."""
    _iam(address, Action="CreateUser", UserName="up")
    _iam(address, Action="PutUserPolicy", UserName="up", PolicyName="up", PolicyDocument=json.dumps(_MAY))
    made = _iam(address, Action="CreateAccessKey", UserName="up")
    found = {name: re.findall(f"<{name}>(.*?)</{name}>", made)[0] for name in ("AccessKeyId", "SecretAccessKey")}
    return {"AWS_ACCESS_KEY_ID": found["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": found["SecretAccessKey"]}


def _iam(address: str, **words: str) -> str:
    body = urllib.parse.urlencode({**words, "Version": "2010-05-08"}).encode()
    request = urllib.request.Request(address, data=body, headers={"Authorization": _UNSIGNED})
    with urllib.request.urlopen(request, timeout=10) as given:
        return str(given.read().decode())


def wrong(key: Key) -> Key:
    """The same name with another secret."""
    return Key(key.name, "not-the-secret")
