"""Fifteen jobs that editors do, each on a copy of the guidance: where a job is done is found by what the files hold, not by their words."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from macros.content.load import Content, load
from macros.terms.entries import uses_of_terms
from macros.topics.case_review_group import CaseReviewGroup
from macros.topics.decisions import Decision
from tests.drawing import files
from tests.project import GUIDANCE, add_generator, change

Job = Callable[[Path], None]
CHOOSE, GROUP, FORM = "part-three/choose.md", "terms-of-reference.md", "form-a.md"
FRONT = (
    "---\ntitle: {title}\ndescription: A page that an editor has added, to say how one more thing is done by the partners here.\n"
    "owner: Partnership business manager\napproved: 2026-11-23\nreview: 2027-05-23\nguidance: [this-guidance]\n---\n\n"
)
LONG = "In the weeks after a review, people who took part want to know what has become of what they said, and " * 3


def guidance_copy(folder: Path, with_generator: bool = True) -> Path:
    """The guidance in a folder of its own; with the generator and its templates where MkDocs is to build it."""
    root = folder / "project"
    for part in ("docs", "glossary"):
        shutil.copytree(GUIDANCE / part, root / part)
    if with_generator:
        add_generator(root)
    return root


def put_in(root: Path, path: str, before: str, text: str) -> None:
    """Writes `text` in front of the first place that matches `before`, a pattern whose lines begin and end as those of the file."""
    file = root / path
    given = file.read_text("utf-8")
    found = re.search(before, given, re.M)
    assert found, f"{path} holds nothing like {before}"
    file.write_text(given[: found.start()] + text + given[found.start() :], "utf-8")


def replace(root: Path, path: str, pattern: str, new: str) -> None:
    """Replaces the first place of a file that matches the pattern."""
    file = root / path
    text, times = re.subn(pattern, new, file.read_text("utf-8"), count=1, flags=re.M)
    assert times, f"{path} holds nothing like {pattern}"
    file.write_text(text, "utf-8")


def everywhere(root: Path, pattern: str, new: str) -> None:
    """Replaces a pattern in every file that editors write but the addresses of old, which stay as they were."""
    for file in [*(root / "docs").rglob("*.md"), *(root / "docs").rglob("*.yml"), *(root / "glossary").glob("*.yml")]:
        if file.name != "moved.yml":
            file.write_text(re.sub(pattern, new, file.read_text("utf-8")), "utf-8")


def beside(path: str) -> str:
    return f"docs/{path.removesuffix('.md')}.yml"


def moved(root: Path, old: str, now: str) -> None:
    """Says in docs/moved.yml where an old address lives now."""
    file = root / "docs" / "moved.yml"
    file.write_text(f'{file.read_text("utf-8").rstrip()}\n  - {{old: "{old}", now: "{now}"}}\n', "utf-8")


def into_menu(root: Path, after: str, line: str) -> None:
    """Adds a line of docs/navigation.yml under the one of a page."""
    above = re.search(rf".*\{{page: {re.escape(after)},.*\n", (root / "docs/navigation.yml").read_text("utf-8"))
    assert above
    change(root, "docs/navigation.yml", (above[0], f"{above[0]}{line}\n"))


def block(root: Path, path: str, key: str) -> str:
    """The lines of an entry of a list, from its key to the next entry."""
    found = re.search(rf"^  {key}:\n(?:    .*\n|\n(?=    ))+", (root / path).read_text("utf-8"), re.M)
    assert found, f"{path} has no {key}"
    return found[0]


def last_page(content: Content, folder: str) -> str:
    """The last page of a part, in the order of the menu."""
    return [page.path for page in content.in_order() if page.path.startswith(f"{folder}/")][-1]


def next_section(root: Path, folder: str) -> int:
    """The number that is free behind the last section of a part."""
    texts = [file.read_text("utf-8") for file in (root / "docs" / folder).glob("*.md")]
    return max(int(found) for text in texts for found in re.findall(r"\{ #s\d-(\d+) \}", text)) + 1


def reword_a_question(root: Path) -> None:
    for page, decision in load(root).decisions.items():
        first = next(iter(decision.questions.values()))
        change(root, beside(page), (f"text: {first.text}", "text: Can you say today what happened and where?"))
        return


def rename_a_page(root: Path) -> None:
    (old, now), folder = ("other-reviews", "reviews-beside-ours"), root / "docs" / "part-one"
    for ending in ("md", "yml"):
        (folder / f"{old}.{ending}").rename(folder / f"{now}.{ending}")
    everywhere(root, rf"(?<=[/(\"]){old}\.(md|yml)", rf"{now}.\1")
    moved(root, f"part-one/{old}/", f"part-one/{now}.md")


def add_the_next_section(root: Path) -> None:
    number, page = next_section(root, "part-three"), root / "docs" / last_page(load(root), "part-three")
    section = f"\n## 3.{number} How to close what was learnt {{ #s3-{number} }}\n\nThank everyone who took part.\n"
    page.write_text(page.read_text("utf-8") + section, "utf-8")


def write_a_long_sentence(root: Path) -> None:
    page = root / "docs" / "part-one" / "rapid-review.md"
    page.write_text(f"{page.read_text('utf-8')}\n{LONG}somebody tells them.\n", "utf-8")


def change_the_quorum(root: Path) -> None:
    group = load(root).beside[GROUP]
    assert isinstance(group, CaseReviewGroup)
    other = group.quorum.partners - 1 or 2
    replace(root, beside(GROUP), r"^  partners: \d+$", f"  partners: {other}")


def rename_an_organisation(root: Path) -> None:
    group = load(root).beside[GROUP]
    assert isinstance(group, CaseReviewGroup)
    for one in group.organisations:
        replace(root, beside(GROUP), rf"(\{{id: {one.id}, name: )[^,}}]*", r"\1Family help and protection")
        return


def add_an_answer_with_its_result(root: Path) -> None:
    decision = load(root).decisions[CHOOSE]
    path, some = beside(CHOOSE), next(iter(decision.outcomes.values()))
    answer = "A case that came back"
    put_in(root, path, r"^      - .*not_sure: true", f"      - {{answer: {answer}, next: came-back}}\n")
    entry = block(root, path, some.key).replace(f"  {some.key}:", "  came-back:")
    entry = re.sub(r"^    title: .*$", "    title: Take it back to where it was decided.", entry, flags=re.M)
    put_in(root, path, r"^examples:", entry.rstrip() + "\n\n")
    example = f"  - case: The same case comes back after a year.\n    answers: [{answer}]\n    outcome: came-back\n"
    replace(root, path, r"^examples:\n", f"examples:\n{example}")


def add_a_term(root: Path) -> None:
    file = root / "glossary" / "health.yml"
    term = (
        "\n  - id: night-nurse-line\n    abbreviation: NNLX\n    expansion: night nurse line\n"
        "    meaning: A telephone line of nurses for the hours when surgeries are closed.\n    used_by: [health]\n"
        "    source: this-guidance\n    checked: 2026-11-23\n    confidence: high\n"
    )
    file.write_text(file.read_text("utf-8").rstrip() + "\n" + term, "utf-8")


def answer_a_local_question(root: Path) -> None:
    open_one = next(one for one in load(root).local_questions.questions if not one.answer)
    answer = "    answer: The partners decided to do as it stands above.\n"
    replace(root, "docs/about/local-practice.yml", rf"(^  - id: {open_one.id}\n(?:    .*\n)+)", rf"\1{answer}")


def supersede_a_source(root: Path) -> None:
    old, new = "panel-faqs", "panel-faqs-next"
    path = "docs/references.yml"
    entry = re.search(rf"^  - id: {old}\n(?:    .*\n)+", (root / path).read_text("utf-8"), re.M)
    assert entry
    retired = re.sub(r"^    status: .*$", f"    status: superseded\n    superseded_by: {new}", entry[0], flags=re.M)
    newer = re.sub(r"^    (title|short): (\W?)", r"    \1: \2Newer: ", entry[0].replace(old, new), flags=re.M)
    newer = re.sub(r"^    (title|short): Newer: (.*)$", r'    \1: "Newer: \2"', newer, flags=re.M)
    everywhere(root, rf"(?<![\w-]){old}(?![\w-])", new)
    change(root, path, (entry[0].replace(old, new), f"{retired}\n{newer}"))


def change_a_period(root: Path) -> None:
    period = load(root).duty["rapid-review-report"].period
    assert period
    assert period.number
    pattern = rf"(^  - id: rapid-review-report\n(?:    .*\n)*?      number: ){period.number}\n"
    replace(root, "docs/deadlines.yml", pattern, rf"\g<1>{period.number + 1}\n")


def add_a_page(root: Path) -> None:
    """A page with a picture under a caption, as the editing page tells."""
    after = last_page(load(root), "part-three")
    text = FRONT.format(title="How we thank people") + (
        "People give their time. Say what came of it.\n\nPicture: From a loss to a new key\n\n"
        "![Three boxes in a row, each with an arrow to the next](three-steps.png)\n"
    )
    (root / "docs" / "part-three" / "three-steps.png").write_bytes(files()["three-steps.png"])
    (root / "docs" / "part-three" / "thanks.md").write_text(text, "utf-8")
    into_menu(root, after, "      - {page: part-three/thanks.md, label: How we thank people}")


def delete_a_result(root: Path) -> None:
    decision = load(root).decisions[CHOOSE]
    gone, stays = _pair_of_results(decision)
    path = beside(CHOOSE)
    change(root, path, (block(root, path, gone), ""))
    for key in ("next", "outcome"):
        text = (root / path).read_text("utf-8")
        (root / path).write_text(re.sub(rf"\b{key}: {gone}\b(?!-)", f"{key}: {stays}", text), "utf-8")
    moved(root, f"part-three/choose/#{gone}", "part-three/choose.md")


def _pair_of_results(decision: Decision) -> tuple[str, str]:
    """Two results that answers of one question lead to: the one may stand in for the other."""
    for question in decision.questions.values():
        ends = [str(option.next) for option in question.options if option.next in decision.outcomes]
        if len(set(ends)) > 1:
            return ends[0], ends[1]
    raise AssertionError("No question leads to two results.")


def add_a_field(root: Path) -> None:
    field = (
        "      - id: best-time-to-call\n        label: When can we reach you?\n        type: text\n"
        "        help: Give a day and an hour.\n        required: false\n"
    )
    replace(root, beside(FORM), r"^    fields:\n", f"    fields:\n{field}")


def retire_a_term(root: Path) -> None:
    content = load(root)
    used = uses_of_terms(content)
    named = {str(other) for term in content.terms for other in (*term.see_also, term.retired and term.retired.say)}
    file = next((root / "glossary").glob("health*.yml"))
    here = [term for term in content.terms if term.place.path.endswith(file.name) and not term.retired]
    gone = next(term for term in here if not used.get(term.id) and str(term.id) not in named)
    say = next(term for term in here if term.id != gone.id and not term.retired)
    retired = rf'\1    retired: {{say: {say.id}, since: "2026"}}\n'
    replace(root, f"glossary/{file.name}", rf"(^  - id: {gone.id}\n(?:    .*\n)*?    meaning: .*\n)", retired)


JOBS: tuple[Job, ...] = (
    reword_a_question,
    rename_a_page,
    add_the_next_section,
    write_a_long_sentence,
    change_the_quorum,
    rename_an_organisation,
    add_an_answer_with_its_result,
    add_a_term,
    answer_a_local_question,
    supersede_a_source,
    change_a_period,
    add_a_page,
    delete_a_result,
    add_a_field,
    retire_a_term,
)
