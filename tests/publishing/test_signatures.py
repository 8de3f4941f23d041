"""Signatures: a release by the server's own key, and commits or pushes by people whom the server knows; with real keys."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from publishing.settings import RefusedError, Server, read, write
from publishing.setup import init
from publishing.signing import FILES, check_signed, sign
from tests.project import ROOT
from tests.publishing.harness import Place

LAST = "Nothing was published; the site is as it was."


def new_key(file: Path, secret: str = "") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", secret, "-C", "", "-f", str(file)], check=True)
    return file


def setting(place: Place, **values: str) -> None:
    write(replace(place.server, **values))  # type: ignore[arg-type]


def known(place: Place, name: str, key: Path) -> None:
    done = place.command("person", name, place.server.people.get(name, "editor"), str(key.with_name(f"{key.name}.pub")))
    assert done.returncode == 0, done.stdout


def signing(place: Place, clone: Path, key: Path) -> None:
    for name, value in {"gpg.format": "ssh", "user.signingkey": str(key), "commit.gpgsign": "true"}.items():
        place.git("config", name, value, at=clone)


@pytest.fixture
def built(tmp_path: Path) -> tuple[Server, Path]:
    site = tmp_path / "server" / "releases" / "1" / "site"
    site.mkdir(parents=True)
    for name in ("release.json", "sbom.json"):
        (site / name).write_text(f'{{"{name}": 1}}\n', "utf-8")
    key = new_key(tmp_path / "keys" / "release")
    return Server(tmp_path / "server", "https://guidance.example.org/", signing_key=str(key)), site


def test_readers_check_a_release_with_the_one_line_of_the_manual(built: tuple[Server, Path], tmp_path: Path) -> None:
    server, site = built
    assert sign(server, site) == ""
    assert sorted(file.name for file in site.iterdir()) == sorted(["release.json", "sbom.json", *FILES])
    page = (ROOT / "publishing" / "README.md").read_text("utf-8")
    line = next(line for line in page.splitlines() if line.startswith("ssh-keygen -Y verify"))
    for name in ("release.json", "sbom.json"):
        run = subprocess.run(["sh", "-c", line.replace("release.json", name)], cwd=site, capture_output=True, text=True)
        assert run.returncode == 0, run.stderr
        assert 'Good "release@guidance.example.org" signature for guidance.example.org' in run.stdout
    (site / "release.json").write_text("{}", "utf-8")
    assert subprocess.run(["sh", "-c", line], cwd=site, capture_output=True).returncode != 0


@pytest.mark.parametrize("name", ["release.json", "release.json.sig", "sbom.json", "sbom.json.sig", "allowed_signers"])
@pytest.mark.parametrize("gone", [True, False])
def test_a_signature_that_does_not_fit_is_named(name: str, gone: bool, built: tuple[Server, Path]) -> None:
    server, site = built
    sign(server, site)
    assert check_signed(server, site).startswith("Signed: release.json and sbom.json, by the key in ")
    if gone and name != "sbom.json":  # a generator of old made none
        (site / name).unlink()
    else:
        (site / name).write_text((site / name).read_text("utf-8").replace("1", "2").replace("A", "B"), "utf-8")
    with pytest.raises(RefusedError, match=rf"NOT signed: {name.removesuffix('.sig')} of "):
        check_signed(server, site)


def test_a_signature_for_another_use_or_by_another_key_counts_for_nothing(
    built: tuple[Server, Path], tmp_path: Path
) -> None:
    server, site = built
    other = new_key(tmp_path / "keys" / "other")
    sign(replace(server, signing_key=str(other)), site)
    with pytest.raises(RefusedError, match=r"NOT signed: release\.json, sbom\.json"):
        check_signed(server, site)
    sign(server, site)
    for file in (site / "release.json.sig", site / "sbom.json.sig"):
        file.unlink()
        words = ["ssh-keygen", "-q", "-Y", "sign", "-n", "git", "-f", server.signing_key, str(file.with_suffix(""))]
        subprocess.run(words, check=True, capture_output=True)
    with pytest.raises(RefusedError, match=r"NOT signed: release\.json, sbom\.json"):
        check_signed(server, site)


@pytest.mark.parametrize("case", ["gone", "relative", "inside", "open", "secret", "public", "nonsense"])
def test_a_key_that_cannot_be_used_is_said_and_the_site_goes_live(
    case: str, built: tuple[Server, Path], tmp_path: Path
) -> None:
    server, site = built
    key = Path(server.signing_key)
    if case == "gone":
        key.unlink()
    elif case == "relative":
        server = replace(server, signing_key="keys/release")
    elif case == "inside":
        server = replace(server, signing_key=str(shutil.copy2(key, server.folder / "release")))
    elif case == "open":
        key.chmod(0o644)
    elif case == "secret":
        server = replace(server, signing_key=str(new_key(tmp_path / "keys" / "secret", "a long word")))
    elif case == "public":
        key.write_bytes(key.with_name("release.pub").read_bytes())
    else:
        key.write_text("nonsense", "utf-8")
    said = sign(server, site)
    assert re.match(r"This release is not signed: \S.*\. Tell the server's administrator\.$", said), said


@pytest.mark.site
def test_a_release_is_signed_proven_and_its_log_cannot_be_cut_short(place: Place, tmp_path: Path) -> None:
    setting(place, signing_key=str(new_key(tmp_path / "keys" / "release")))
    told = place.command("status", "--quick")
    assert told.returncode == 1
    assert "NOT signed: release.json, sbom.json of " in told.stdout
    rebuilt = place.command("rebuild")  # the key was set today: what is live is built again for it
    assert rebuilt.returncode == 0, rebuilt.stdout
    told = place.command("status")
    assert told.returncode == 0, told.stdout
    assert "Signed: release.json and sbom.json, by the key in " in told.stdout
    assert "Proven: " in told.stdout
    assert len(list(place.server.releases.iterdir())) == 1  # of one commit the newest is kept
    assert place.command("rebuild").returncode == 0
    assert place.command("log", "--check").returncode == 0
    release = (place.folder / "current").resolve()
    rows = (place.server.log / "lines").read_bytes().splitlines(keepends=True)
    (place.server.log / "lines").write_bytes(b"".join(rows[:-1]))
    last = json.loads(rows[-2])
    forged = f"{last['number']} {json.loads(rows[-1])['before']}\n"
    (place.server.log / "head").write_text(forged, "utf-8")
    note = release / "log-head"
    note.write_text(forged + note.read_text("utf-8").partition("\n")[2], "utf-8")
    refused = place.command("log", "--check")
    assert refused.returncode == 1
    assert "log-head does not bear this server's signature: it was changed." in refused.stdout


@pytest.mark.site
def test_commits_have_to_be_signed_by_known_people_where_that_is_demanded(place: Place, tmp_path: Path) -> None:
    setting(place, signed="commits")
    eds, eves = new_key(tmp_path / "keys" / "ed"), new_key(tmp_path / "keys" / "eve")
    known(place, "ed", eds)
    clone = place.clone(tmp_path / "ed")
    plain = place.commit(clone, "Not signed")
    refused = place.push(clone)
    assert refused.lines[0].startswith(f"The commit {plain[:12]} is not signed; here every commit has to be, ")
    assert refused.lines[-1] == LAST
    assert not place.push(clone, "HEAD:draft/plain").ok  # else the draft would open a way to main
    signing(place, clone, eves)
    place.git("commit", "-q", "--amend", "--allow-empty", "--no-edit", at=clone)
    assert "is signed by a key that this server does not know; " in place.push(clone).lines[0]
    signing(place, clone, eds)
    assert not place.push(clone).ok
    place.git("rebase", "-q", "--force-rebase", "--gpg-sign", "origin/main", at=clone)  # as the refusal says
    data = place.git("cat-file", "commit", "HEAD", at=clone)
    forged = data.replace("Not signed", "Signed?").encode() + b"\n"
    name = place.git("hash-object", "-t", "commit", "-w", "--stdin", at=clone, feed=forged)
    assert "bears a signature that does not fit it; " in place.push(clone, f"{name}:main").lines[0]
    pushed = place.push(clone)
    assert pushed.ok, pushed.text
    people = {name: role for name, role in place.server.people.items() if name != "ed"}
    write(replace(place.server, people=people))
    place.commit(clone, "After Ed has left")
    refused = place.push(place_of(clone, place, "mia"))
    assert "is signed by a key that this server does not know; " in refused.lines[0]


def place_of(clone: Path, place: Place, person: str) -> Path:
    """The same clone, pushing by another's key."""
    place.git("remote", "set-url", "origin", f"{person}:repository.git", at=clone)
    return clone


@pytest.mark.site
def test_commits_that_a_draft_brought_before_the_demand_do_not_get_in(place: Place, tmp_path: Path) -> None:
    clone = place.clone(tmp_path / "ed")
    place.commit(clone, "Not signed")
    assert place.push(clone, "HEAD:draft/early").ok
    setting(place, signed="commits")
    assert "is not signed; " in place.push(clone).lines[0]


@pytest.mark.site
def test_pushes_have_to_be_signed_by_the_pusher_where_that_is_demanded(place: Place, tmp_path: Path) -> None:
    setting(place, signed="pushes")
    eds, mias = new_key(tmp_path / "keys" / "ed"), new_key(tmp_path / "keys" / "mia")
    known(place, "ed", eds)
    known(place, "mia", mias)
    clone = place.clone(tmp_path / "ed")
    place.commit(clone)
    assert place.push(clone).lines[0].startswith("The push is not signed; here every push has to be, by your own key.")
    signing(place, clone, mias)
    place.git("config", "push.gpgsign", "if-asked", at=clone)
    assert "is signed by another's key" in place.push(clone).lines[0]
    signing(place, clone, new_key(tmp_path / "keys" / "eve"))
    assert "is signed by a key that this server does not know" in place.push(clone).lines[0]
    signing(place, clone, eds)
    pushed = place.push(clone)
    assert pushed.ok, pushed.text
    rows = [json.loads(row) for row in place.command("log", "--json").stdout.splitlines()]
    taken = next(row for row in reversed(rows) if row["event"] == "push taken")
    assert "certificate version 0.1\n" in taken["said"]["certificate"]
    assert "-----BEGIN SSH SIGNATURE-----" in taken["said"]["certificate"]


def test_a_demand_that_nobody_knows_is_named(tmp_path: Path) -> None:
    server = init(tmp_path / "server", "https://guidance.example.org/", "", "mia", lambda _: None)
    file = server.folder / "site.toml"
    file.write_text(file.read_text("utf-8").replace('signed = ""', 'signed = "all"'), "utf-8")
    with pytest.raises(RefusedError, match=r'signed cannot be "all"\. Write "commits", "pushes" or ""\.'):
        read(server.folder)
