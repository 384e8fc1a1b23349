from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import pytest

from tests.support.command_line import keys_of
from tests.support.pdf import pdf_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.command_line import Runner

WORDS = 'printf "A still Christmas\\n---\\nSnow on the sill\\n" > "$1"'


def _draft(run: Runner, *words: str) -> dict[str, Any]:
    (one,) = run("draft", *words, "--json").json["drafts"]
    assert isinstance(one, dict)
    return one


def test_drafts_have_the_promised_keys(season: Runner) -> None:
    """Each draft has its printed words, its room in lines, area and share, and its crib."""
    found = season("draft", "--json").json["drafts"]
    assert len(found) == len(season("season", "list", "--json").json["recipients"])
    assert {"household", "printed", "room", "crib"} <= keys_of(found)
    for one in found:
        assert {"lines", "area_mm2", "share"} <= set(one["room"])
        assert one["room"]["lines"] >= 3
        assert 0.25 <= one["room"]["share"] <= 1
        assert all(isinstance(line, str) for line in one["crib"])


@pytest.mark.parametrize(
    ("who", "lines", "share"), [("wren", 7, 1.0), ("anna", 7, 0.6), ("omar", 5, 0.4), ("zoë", 3, 0.25)]
)
def test_each_circle_keeps_its_room(season: Runner, who: str, lines: int, share: float) -> None:
    """The ink contract holds in numbers, and the drawn card has a blank line for each of the room."""
    season.done("season", "add", "zoë")
    room = _draft(season, who)["room"]
    assert room["lines"] >= lines
    assert room["share"] >= share
    text = season("draft", who).out
    assert len(re.findall("│ +_{15,} +│", text)) == room["lines"]


def test_the_whole_inside_of_the_inner_circle_is_the_pens(season: Runner) -> None:
    """For the inner circle print stands on the front only."""
    draft = _draft(season, "wren")
    assert draft["inside"] == ""
    assert draft["front"]


def test_no_name_is_printed(season: Runner) -> None:
    """No name of the household stands in the printed words."""
    for one in season("draft", "--json").json["drafts"]:
        for name in ("Anna", "Kowalska", "Yuki", "Hannah", "Wren", "Omar", "Mia", "Jörg"):
            assert name not in one["printed"]


def test_looking_at_drafts_is_no_step_of_history(season: Runner, editor: Callable[[str], Path]) -> None:
    """A draft looked at keeps nothing and stands in no way of undo; edited or printed it is kept."""

    def state(whom: str) -> str:
        recipients = season("season", "list", "--json").json["recipients"]
        (one,) = [recipient for recipient in recipients if recipient["addressee"] == whom]
        return str(one["state"])

    season.done("rite", "death", "daniel reyes", "--drop-name")
    before = season.bytes
    for words in (("draft",), ("draft", "omar"), ("draft", "omar", "--cheer"), ("draft", "--json")):
        season.done(*words)
    editor("true")
    season.done("draft", "edit", "omar")
    assert season.bytes == before
    assert state("Omar Haddad") == "planned"
    assert "rite death" in season.done("undo").out
    editor(WORDS)
    season.done("draft", "edit", "omar")
    assert state("Omar Haddad") == "drafted"
    season.done("print", "cards", "yuki")
    assert state("Yuki Tanaka") == "printed"


def test_a_draft_outside_any_season_changes_nothing(near: Runner) -> None:
    """A birthday card needs no season and leaves the store as it was."""
    before = near.bytes
    assert _draft(near, "yuki", "--for", "birthday")["front"] == "Many happy returns"
    assert _draft(near, "hannah", "--for", "thankyou")["front"]
    assert near.bytes == before
    assert near("draft", "--for", "thankyou").code == 4  # nobody is owed thanks
    assert near("draft", "--for", "condolence").code == 2
    assert near("draft", "yuki").code != 0


def test_the_language_is_the_households(season: Runner) -> None:
    """Who reads German gets German words."""
    german = {"Frohe, ruhige Weihnachten", "Friedliche Weihnachten"}
    assert _draft(season, "hannah")["front"] in german
    season.done("household", "set", "omar", "--language", "de")
    assert _draft(season, "omar")["front"] in german


def test_edited_words_are_kept_and_never_overwritten(season: Runner, editor: Callable[[str], Path]) -> None:
    """What a person typed is shown as theirs and stays, however often the season is drafted."""
    editor(WORDS)
    assert "your words are kept" in season.done("draft", "edit", "omar").out
    for _ in range(2):
        assert season("draft").code == 0
        draft = _draft(season, "omar")
        assert (draft["front"], draft["inside"], draft["edited"]) == (
            "A still Christmas",
            "Snow on the sill",
            True,
        )
    assert "your words" in season("draft", "omar").out
    assert _draft(season, "mia")["front"] != "A still Christmas"


@pytest.mark.parametrize("card", ["A6", "5x7", "A5", "quarter-letter", "postcard"])
def test_words_break_on_screen_where_they_break_on_paper(
    season: Runner, editor: Callable[[str], Path], here: Path, card: str
) -> None:
    """The card is drawn wider on a terminal before a line is broken elsewhere than in the PDF."""
    words = "A warm house, a lamp in the window, and a kind new year to all of you at the end of the lane"
    editor(f'printf "Peace\\n---\\n{words}\\n" > "$1"')
    season.done("settings", "set", "card", card)
    season.done("draft", "edit", "omar")
    season.done("print", "cards", "omar", "-o", "card.pdf")
    on_paper = pdf_text(here / "card.pdf").replace("\u00ad", "").splitlines()
    season.done("undo")
    rows = [row.split("│")[1].strip() for row in season("draft", "omar").out.splitlines() if "│" in row]
    on_screen = [row for row in rows if row.strip("_·")]
    assert " ".join(on_screen) == words
    assert [line.strip() for line in on_paper if line.strip() and line.strip() in words] == on_screen


def test_the_crib_is_beside_the_words_as_comments(season: Runner, editor: Callable[[str], Path]) -> None:
    """The editor shows the crib in lines that begin with #, and none of them is ever printed."""
    season.done("note", "omar", "launched the\n---\nblue one", "--on", "2026-10-01")
    seen = editor("true")
    assert "nothing was changed" in season.done("draft", "edit", "omar").out
    text = seen.read_text(encoding="utf-8")
    assert text.splitlines().count("---") == 1
    said = [line for line in text.splitlines() if "Builds small boats" in line or "blue one" in line]
    assert said
    assert all(line.startswith("#") for line in said)
    assert "boats" not in _draft(season, "omar")["printed"]
    assert _draft(season, "omar")["edited"] is False


def test_an_editor_that_only_saves_changes_nothing(season: Runner, editor: Callable[[str], Path]) -> None:
    """Saving the file as it was makes no step and no edited draft."""
    before = season.bytes
    editor('touch "$1"')
    season.done("draft", "edit", "omar")
    assert season.bytes == before


@pytest.mark.parametrize(
    ("shell", "reason"),
    [
        (
            'for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do echo "one more line" >> "$1"; done',
            r"\d+\.\d mm too tall",
        ),
        ('echo "Love, Maud" >> "$1"', "signature"),
        ('echo "Kind regards" >> "$1"', "signature"),
        ('echo "Merry Christmas, Omar" >> "$1"', "Omar"),
        ('echo "To the house of Haddad" >> "$1"', "Haddad"),
        ('printf "no line of hyphens\\n" > "$1"', "---"),
    ],
    ids=["too-tall", "signature", "closing", "given-name", "family-name", "no-separator"],
)
def test_words_that_break_the_contract_are_refused_and_kept_in_a_file(
    season: Runner, editor: Callable[[str], Path], shell: str, reason: str
) -> None:
    """Nothing typed is lost: the refusal names the reason and the file that has what was typed."""
    season.done("draft", "omar")
    before = season.bytes
    editor(f'{shell}\ncp "$1" "{season.store.parent}/typed.txt"')
    result = season("draft", "edit", "omar")
    assert result.code in (2, 6)
    assert re.search(reason, result.err)
    kept = season.store.parent / "draft-not-kept.txt"
    assert str(kept) in result.err
    assert kept.read_text() == (season.store.parent / "typed.txt").read_text()
    assert season.bytes == before


def test_the_inside_of_the_inner_circle_cannot_be_typed_into(
    season: Runner, editor: Callable[[str], Path]
) -> None:
    """Printed words inside an inner card are refused: the whole inside is the pen's."""
    editor(WORDS)
    result = season("draft", "edit", "wren")
    assert result.code == 6
    assert "whole inside belongs to the pen" in result.err


def test_a_salutation_is_printed_only_when_asked_and_only_for_the_far(season: Runner) -> None:
    """--print-salutation typesets it for friend and wide; for inner and close it stays ink."""
    assert "Dear Omar," not in _draft(season, "omar")["printed"]
    assert "Dear Omar," in _draft(season, "omar", "--print-salutation")["printed"]
    assert "Dear Yuki," not in _draft(season, "yuki", "--print-salutation")["printed"]


def test_a_household_called_like_a_subcommand_is_reached_by_its_id(season: Runner) -> None:
    """Options may stand before WHO, and several WHO are drafted in writing order."""
    result = season("draft", "--json", "omar", "yuki")
    assert [one["household"] for one in result.json["drafts"]] == [
        one["household"]
        for one in season("season", "list", "--json").json["recipients"]
        if one["addressee"] in ("Omar Haddad", "Yuki Tanaka")
    ]


@pytest.mark.parametrize("line", ["Maud", "Maud Ellery", "Merry Christmas from Maud"])
def test_the_senders_own_name_is_ink_too(season: Runner, editor: Callable[[str], Path], line: str) -> None:
    """The name of who sends the card is a signature, wherever it is typed."""
    season.done("settings", "set", "sender.name", "Maud Ellery")
    editor(f'echo "{line}" >> "$1"')
    result = season("draft", "edit", "omar")
    assert result.code == 6
    assert "Maud" in result.err


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("es", "Con cariño, los Pérez"),
        ("es", "Warmly, the Hales"),
        ("fi", "Lämpimin terveisin"),
        ("hu", "Szeretettel, Anna"),
        ("tr", "Yılmaz Ailesi"),
        ("pt-BR", "Com carinho, Ana"),
        ("no", "Stor klem, Kari"),
    ],
)
def test_a_signature_in_the_language_of_the_card_is_refused(
    season: Runner, editor: Callable[[str], Path], language: str, line: str
) -> None:
    """Whatever the household's language, what signs there or in English is ink."""
    season.done("household", "set", "omar", "--language", language)
    editor(f'echo "{line}" >> "$1"')
    result = season("draft", "edit", "omar")
    assert result.code == 6
    assert f'"{line}" is a signature, and a signature is ink.' in result.err


@pytest.mark.parametrize("name", ["fails", "missing"])
def test_an_editor_that_fails_is_said_and_nothing_changes(
    season: Runner, editor: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """An editor that cannot be run or ends badly is named with the next step; the draft stays."""
    before = season.bytes
    editor("exit 3")
    if name == "missing":
        monkeypatch.setenv("EDITOR", "/nowhere/editor")
    result = season("draft", "edit", "omar")
    assert season.bytes == before
    assert result.code in (2, 3)
    assert "EDITOR" in result.err


@pytest.mark.parametrize(
    "shell",
    ['rm "$1"', 'rm "$1"; mkdir "$1"', ": nothing"],
    ids=("taken away", "a folder in its place", "left alone"),
)
def test_an_editor_that_leaves_no_words_changes_nothing(
    season: Runner, editor: Callable[[str], Path], shell: str
) -> None:
    """A file that is gone, or was never saved, says that nothing was changed."""
    before = season.bytes
    editor(shell)
    result = season.done("draft", "edit", "omar")
    assert "nothing was changed" in result.out
    assert season.bytes == before


def test_a_command_for_the_editor_that_cannot_be_read_is_said(
    season: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A quotation mark alone in EDITOR is named, with the next step; it is no fault of ours."""
    monkeypatch.setenv("EDITOR", "vim '")
    for words in (("draft", "edit", "omar"), ("edit", "omar")):
        result = season(*words)
        assert result.code == 2
        assert "quotation" in result.err
        assert "EDITOR=nano" in result.err


def test_what_was_typed_in_another_encoding_is_kept(season: Runner, editor: Callable[[str], Path]) -> None:
    """An editor that saves Windows-1252 is read as what it wrote."""
    editor(r"""printf 'Frohe Gr\374\337e\n---\nBis bald im Fr\374hling\n' > "$1" """)
    season.done("draft", "edit", "omar")
    assert _draft(season, "omar")["inside"] == "Bis bald im Frühling"


def test_words_refused_twice_are_kept_twice(season: Runner, editor: Callable[[str], Path]) -> None:
    """A second refusal does not take the place of what was typed at the first."""
    kept = []
    for words in ("first try", "second try"):
        editor(f'echo "{words}" > "$1"')
        hint = season("draft", "edit", "omar").err.splitlines()[1]
        kept.append(Path(hint.partition(" kept in ")[2].partition(". Try again")[0]))
    assert [one.read_text(encoding="utf-8") for one in kept] == ["first try\n", "second try\n"]


def test_a_season_with_nobody_in_it_says_so(people: Runner) -> None:
    """Drafts and cards of an empty season say how somebody comes in; silence helps nobody."""
    people.done("season", "start", "christmas")
    assert "relcard season add WHO" in people.done("draft").out
    result = people("print", "cards")
    assert result.code == 5
    assert "relcard season add WHO" in result.out


PROCESSED = 'printf "A still Christmas\\n---\\nOur Tim got into Harvard\\n" > "$1"'


def test_what_sounds_processed_is_kept_and_said(season: Runner, editor: Callable[[str], Path]) -> None:
    """An edited draft is the writer's: a remark is made at once, beside the card and in the check."""
    assert season("draft", "check").code == 0
    editor(PROCESSED)
    edited = season.done("draft", "edit", "omar").out
    assert "your words are kept" in edited
    assert "(boast)" in edited
    assert "(boast)" in season.done("draft", "omar").out
    checked = season("draft", "check")
    assert checked.code == 5
    assert "Omar Haddad" in checked.out
    assert "1 of" in checked.out
    (remark,) = season("draft", "check", "--json").json["remarks"]
    assert set(remark) == {"household", "addressee", "rule", "line", "reason", "refused"}
    assert (remark["rule"], remark["line"]) == ("boast", "Our Tim got into Harvard")


def test_a_rule_lets_pass_what_it_is_told_to(season: Runner, editor: Callable[[str], Path]) -> None:
    """For one run, or for good."""
    editor(PROCESSED)
    assert "boast" not in season.done("draft", "edit", "omar", "--allow", "boast").out
    assert season("draft", "check").code == 5
    season.done("draft", "check", "--allow", "boast")
    assert "boast" not in season.done("draft", "omar", "--allow", "boast").out
    season.done("settings", "set", "tone.off", "boast")
    season.done("draft", "check")
    assert season("draft", "check", "--allow", "name").code == 2


def test_a_field_nobody_filled_is_refused_and_can_be_mended(
    season: Runner, editor: Callable[[str], Path]
) -> None:
    """It is printed nowhere; the editor opens words that would be refused."""
    editor(PROCESSED.replace("Our Tim got into Harvard", "Dear [NAME]"))
    assert season("draft", "edit", "omar").code == 6
    season.done("draft", "edit", "omar", "--allow", "merge-field")
    (refused,) = season("draft", "check", "--json").json["remarks"]
    assert refused["refused"] is True
    assert "nobody filled" in refused["reason"]
    assert season("print", "cards", "omar", "-o", "cards.pdf").code == 5
    seen = editor(WORDS)
    season.done("draft", "edit", "omar")
    assert "[NAME]" in seen.read_text()
    season.done("draft", "check")
