"""A release signed by the server's own key, after the build and outside of it; the only module here that runs ssh-keygen."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from publishing.disk import replace
from publishing.settings import RefusedError, Server

CODE = Path(__file__).parent.parent
SIGNED = ("release.json", "sbom.json")  # the first names every file with its fingerprint, the bill of materials too
SIGNERS = "allowed_signers"  # beside them: whose signature to expect, as ssh-keygen reads it
FILES = (*(f"{name}.sig" for name in SIGNED), SIGNERS)  # what signing adds to a site; no build makes them


def host(server: Server) -> str:
    """The name that a server signs by: that of its address."""
    return str(urlsplit(server.address).hostname)


def namespace(server: Server, kind: str = "release") -> str:
    """What a signature is for, so that none can be taken for another's: release@guidance.example.org."""
    return f"{kind}@{host(server)}"


def sign(server: Server, site: Path) -> str:
    """Signs a built site where a key is set; what is said where that cannot be done, because the site goes live all the same."""
    if not server.signing_key:
        return ""
    try:
        for name in SIGNED:
            if (site / name).is_file():
                replace(site / f"{name}.sig", signature(server, (site / name).read_bytes(), "release"))
        replace(site / SIGNERS, signers_line(server) + "\n")
    except RefusedError as refused:
        return f"This release is not signed: {refused} Tell the server's administrator."
    return ""


def signature(server: Server, data: bytes, kind: str) -> str:
    """The server's signature of some bytes; empty where no key is set."""
    if not server.signing_key:
        return ""
    return _run(["-Y", "sign", "-n", namespace(server, kind), "-f", str(_key(server))], data)


def signers_line(server: Server) -> str:
    """The server's public key, as a line of the file that ssh-keygen checks signatures by."""
    kind, body = public_key(server).split()[:2]
    return f'{host(server)} namespaces="{namespace(server)},{namespace(server, "log")}" {kind} {body}'


def public_key(server: Server) -> str:
    """The public half of the server's key."""
    return _run(["-y", "-P", "", "-f", str(_key(server))], b"").strip()


def fits(server: Server, data: bytes, signature: str, kind: str) -> bool:
    """Whether a signature is the server's own, of these very bytes."""
    line = signers_line(server)
    with tempfile.TemporaryDirectory() as place:
        signers, file = Path(place) / SIGNERS, Path(place) / "signature"
        signers.write_text(line + "\n", "utf-8")
        file.write_text(signature, "utf-8")
        words = ["-Y", "verify", "-f", str(signers), "-I", host(server), "-n", namespace(server, kind), "-s", str(file)]
        try:
            _run(words, data)
        except RefusedError:
            return False
    return True


def is_signed(server: Server, file: Path) -> bool:
    """Whether a file of a release bears the server's own signature."""
    beside = file.with_name(f"{file.name}.sig")
    if not (beside.is_file() and file.is_file()):
        return False
    return fits(server, file.read_bytes(), beside.read_text("utf-8", "replace"), "release")


def due(server: Server, site: Path) -> bool:
    """Whether a site has to be built again to be signed: it bears no signature of the key that is set and can be used."""
    try:
        return bool(server.signing_key) and not all(is_signed(server, file) for file in _signed(site))
    except RefusedError:
        return False


def _signed(site: Path) -> list[Path]:
    return [site / name for name in SIGNED if name == SIGNED[0] or (site / name).is_file()]


def check_signed(server: Server, site: Path) -> str:
    """What holds of a site's signatures, in one line; refused where one is missing or another's."""
    if not server.signing_key:
        return "Not signed: site.toml names no signing_key."
    wrong = [file.name for file in _signed(site) if not is_signed(server, file)]
    line = signers_line(server) + "\n"
    if not wrong and (not (site / SIGNERS).is_file() or (site / SIGNERS).read_text("utf-8") != line):
        wrong = [SIGNERS]
    if wrong:
        raise RefusedError(
            f"NOT signed: {', '.join(wrong)} of {site} does not bear this server's signature. Where the key was set or "
            f"changed today, type: python -m publishing rebuild {server.folder}"
        )
    return f"Signed: {' and '.join(file.name for file in _signed(site))}, by the key in {server.signing_key}"


def _key(server: Server) -> Path:
    """The private key; refused where a build, or another user, could read it."""
    key = Path(server.signing_key)
    wish = f'Mend signing_key in {server.folder / "site.toml"}, or write "" there.'
    if not key.is_absolute() or not key.is_file():
        raise RefusedError(f'There is no key in "{key}". {wish}')
    inside = [folder for folder in (server.folder, CODE) if key.resolve().is_relative_to(folder.resolve())]
    if inside:
        raise RefusedError(f"The key {key} lies in {inside[0]}, where a build could read it. Move it elsewhere. {wish}")
    if key.stat().st_mode & 0o077:
        raise RefusedError(f"Others can read the key {key}: it needs chmod 600.")
    return key


def _run(words: list[str], feed: bytes) -> str:
    """What ssh-keygen prints; it asks nobody for anything."""
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "SSH_ASKPASS_REQUIRE": "never"}
    try:
        run = subprocess.run(
            ["ssh-keygen", *words], input=feed, capture_output=True, env=environment, start_new_session=True
        )
    except FileNotFoundError:
        raise RefusedError("ssh-keygen is not installed. Install: openssh-client.") from None
    if run.returncode:
        last = run.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or [f"status {run.returncode}"]
        raise RefusedError(f"ssh-keygen {words[1] if words[0] == '-Y' else ''} failed: {last[0]}.")
    return run.stdout.decode("utf-8", "replace")
