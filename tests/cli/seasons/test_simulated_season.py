"""A season of sixty days by chance: illness, late cards, returns, cards unannounced, deaths, two feasts."""

from __future__ import annotations

import random
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING
from typing import Any

from relcard.domain.posting import is_posting_day
from relcard.domain.printing.card_size import A6
from relcard.domain.printing.room import Hand
from relcard.domain.seasons.plan import read_pace
from relcard.domain.standpoint import Standpoint
from relcard.services.seasons.desk_sitting import DeskSitting
from relcard.services.seasons.desk_sitting import lay_piles
from relcard.services.seasons.draft_cards import Wanted
from relcard.services.seasons.read_season import find_season
from relcard.services.seasons.read_season import read_season
from relcard.store.file.database import session
from tests.support.book import dump
from tests.support.command_line import Runner

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.book import Rows

FIRST = date(2026, 11, 9)
DAYS = 60
CHRISTMAS, NEW_YEAR = "christmas-2026", "newyear-2027"
NEW_YEAR_STARTS = date(2026, 12, 19)
DEATHS = (17, 30)  # the days of the sixty: of somebody alone, and of one of a couple
PACE = "6 an evening, Mon Wed Fri Sun"
WRITES = read_pace(PACE)
STANDPOINT = Standpoint(today=FIRST, sender_country="GB", language="en", pace=PACE)
WANTED = Wanted(occasion="christmas", on=date(2026, 12, 25), size=A6, hand=Hand())
# Where the households live: town, region, postcode, country; the seven in turn, home the most.
TOWNS = (
    ("Leeds", "", "LS1 4DY", "United Kingdom"),
    ("Köln", "", "50667", "Germany"),
    ("Leeds", "", "LS1 4DY", "United Kingdom"),
    ("Lyon", "", "69002", "France"),
    ("Nelson", "", "7010", "New Zealand"),
    ("Leeds", "", "LS1 4DY", "United Kingdom"),
    ("Kraków", "", "31-001", "Poland"),
    ("Madison", "WI", "53711", "United States"),
    ("Tokyo", "", "104-0061", "Japan"),
)
CIRCLES = {"inner": 5, "close": 15, "friend": 40, "wide": 20}
STRANGERS = 5  # in no circle, of whom a card may come
COUPLES = range(3, 80, 7)
ORTHODOX = (11, 32, 53)  # households whose feast is on 7 January
TO_WRITE = ("planned", "drafted", "printed")
LOOKED_BACK = ("sent", "unwritten", "returned", "owed")
INSTEAD = {"New Year", "Lunar New Year", "a call"}


def people() -> str:
    """Return the vCards of all of them, in each couple two at one address."""
    cards = []
    for number in range(sum(CIRCLES.values()) + STRANGERS):
        town, region, postcode, country = TOWNS[number % len(TOWNS)]
        for given in ("Ada", "Ben") if number in COUPLES else ("Cyd",):
            name = f"{given} Elm{number:02}"
            cards.append(
                f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nN:Elm{number:02};{given};;;\r\nUID:{given}-{number}\r\n"
                f"ADR;TYPE=home:;;{number + 1} High Street;{town};{region};{postcode};{country}\r\nEND:VCARD\r\n"
            )
    return "".join(cards)


def uids(number: int) -> list[str]:
    """Return the contacts of a household."""
    return [f"{given}-{number}" for given in (("Ada", "Ben") if number in COUPLES else ("Cyd",))]


@dataclass
class Life:
    """A writer's sixty days by chance, and what a careful person beside them would have noted on a sheet.

    By season, `members` are the households that must be in it, `named` those named as too late with something
    to do instead. `posted` has the day each card went, `came` those whose card came, `returned` those whose
    card came back, `moved` whose new address is known since. `past` are the rows before each step.
    """

    run: Runner
    folder: Path
    chance: random.Random
    today: date = FIRST
    members: dict[str, set[str]] = field(default_factory=dict)
    named: dict[str, set[str]] = field(default_factory=dict)
    posted: dict[str, date] = field(default_factory=dict)
    came: set[str] = field(default_factory=set)
    returned: set[str] = field(default_factory=set)
    moved: set[str] = field(default_factory=set)
    dead: set[str] = field(default_factory=set)
    strangers: list[str] = field(default_factory=list)
    past: list[Rows] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def ask(self, *words: str) -> dict[str, Any]:
        """Return what a command answers to a script."""
        return self.run.done(*words, "--json", today=str(self.today)).json

    def do(self, *words: str) -> None:
        """Give a command that changes something; the rows before it are kept for the undoing."""
        self.note(" ".join(words))
        self.run.done("--quiet", *words, today=str(self.today))

    def note(self, words: str) -> None:
        """Keep the rows before a step, and its words."""
        self.past.append(dump(self.run.store))
        self.told.append(f"{self.today} {words}")

    def begin(self) -> None:
        """Import everybody, join the couples, say who is near and which feast is whose, and start Christmas."""
        (self.folder / "people.vcf").write_text(people(), encoding="utf-8", newline="")
        first = 0
        self.run.done("--quiet", "import", str(self.folder / "people.vcf"))
        for number in COUPLES:
            self.run.done("--quiet", "household", "join", *uids(number))
        for circle, many in CIRCLES.items():
            names = [uid for number in range(first, first + many) for uid in uids(number)]
            self.run.done("--quiet", "circle", circle, *names)
            first += many
        self.strangers = [uids(first + number)[0] for number in range(STRANGERS)]
        self.run.done("--quiet", "settings", "set", "sender.country", "GB")
        self.run.done("--quiet", "settings", "set", "pace", PACE)
        for number in ORTHODOX:
            self.do("household", "set", uids(number)[0], "--feast", "orthodox-christmas")
        self.do("season", "start", "christmas", "--year", "2026")
        self.do("season", "add", "--circle", "wide")
        self.open(CHRISTMAS)
        assert len(self.members[CHRISTMAS]) == sum(CIRCLES.values())

    def open(self, season: str) -> None:
        """Note a season that has begun."""
        self.members[season], self.named[season] = {*self.rows(season)}, set()

    def rows(self, season: str) -> dict[str, dict[str, Any]]:
        """Return the recipients of a season by household, each of whom stands there once."""
        listed = self.ask("season", "list", "--season", season)["recipients"]
        rows = {row["household"]: row for row in listed}
        assert len(rows) == len(listed), "a household stands in the season twice"
        return rows

    def waiting(self, rows: dict[str, dict[str, Any]]) -> set[str]:
        """Return who must be planned or named as too late, as the sheet has it."""
        today = str(self.today)
        return {
            home
            for home, row in rows.items()
            if (row["state"] in TO_WRITE and home not in self.dead)
            or (row["state"] == "returned" and home in self.moved)
            or (row["state"] == "written" and row["post_by"] < today)
        }

    def look(self, season: str) -> list[str]:
        """Hold the screens of a season against each other and against the sheet; return tonight's pile."""
        rows = self.rows(season)
        assert rows.keys() == self.members[season]
        plan = self.ask("season", "plan", "--season", season)
        status = self.ask("season", "status", "--season", season)
        evenings = {date.fromisoformat(one["on"]): one["households"] for one in plan["evenings"]}
        planned = [home for pile in evenings.values() for home in pile]
        instead = {row["household"]: row["instead"] for row in plan["unreachable"]}
        assert sorted([*planned, *instead]) == sorted(self.waiting(rows)), "somebody is lost, or there twice"
        assert {*instead.values()} <= INSTEAD
        assert {*status["late"]} <= {*instead}, "too late, and nothing is offered"
        self.named[season] |= {*instead}
        last_days = [rows[home]["post_by"] for home in planned]
        assert last_days == sorted(last_days), "a near one goes before a far one"
        for on, pile in evenings.items():
            assert on.weekday() in WRITES.weekdays
            assert len(pile) <= WRITES.cards
            assert all(str(STANDPOINT.posted_on(on)) <= rows[home]["post_by"] for home in pile)
        tonight: list[str] = evenings.get(self.today, [])
        assert status["tonight"] == tonight
        lines = [row["reason"] for row in self.ask("today", "--all")["reminders"] if row["who"] == season]
        assert any(f"tonight {len(tonight)}" in line for line in lines) is bool(tonight)
        return tonight

    def write(self, season: str, pile: list[str]) -> None:
        """Write with the list beside the pen, or at the desk: then now and then not all of it, and again."""
        if self.chance.random() < 0.5:
            self.do("written", *pile, "--season", season)
            return
        left = self.sit(season, len(pile), self.chance.choice((len(pile), self.chance.randint(1, len(pile)))))
        if left:
            assert self.sit(season, left, left) == 0

    def sit(self, season: str, pile: int, most: int) -> int:
        """Sit down at the desk, on which tonight's pile lies, and write some cards; return how many are left."""
        self.note(f"desk: {most} of {pile}")
        standpoint = STANDPOINT._replace(today=self.today)
        with session(str(self.run.store)) as db:
            here = find_season(db, season)
            piles = lay_piles(here, read_season(db, here, standpoint), standpoint)
            sitting = DeskSitting(db, here, piles, WANTED, standpoint)
            assert sitting.total == pile
            for _ in range(most):
                assert sitting.write("the garden is yours in June") is not None
                if self.chance.random() < 0.1:
                    assert sitting.undo() is not None
                    assert sitting.write() is not None
            return sitting.total - sitting.written

    def post(self, season: str) -> None:
        """Take to the post what is written."""
        rows = self.rows(season)
        going = {home for home, row in rows.items() if row["state"] == "written"}
        if not going:
            return
        late = {home for home in going if rows[home]["post_by"] < str(self.today)}
        plan = self.ask("season", "plan", "--season", season) if late else {"unreachable": []}
        assert late <= {row["household"] for row in plan["unreachable"]}, "late, and nobody said so"
        self.do("posted", "--written", "--season", season)
        for home in going:
            assert home not in self.posted or home in self.returned, f"{home} got two cards"
            self.posted[home] = self.today
        self.returned -= going
        self.moved -= going

    def cards_come(self) -> None:
        """Let cards come: from those in the season, with news or without, and from others."""
        chance = self.chance
        silent = sorted(self.members[CHRISTMAS] - self.came - self.dead)
        if self.today > FIRST + timedelta(days=15) and chance.random() < 0.4:
            home = chance.choice(silent)
            news = ("--line", "come and see the garden", "--child", "Lena") if chance.random() < 0.2 else ()
            self.do("received", home, "--season", CHRISTMAS, *news)
            self.came.add(home)
        if self.strangers and chance.random() < 0.08:
            self.do("received", self.strangers.pop(), "--season", CHRISTMAS)
            (home,) = self.rows(CHRISTMAS).keys() - self.members[CHRISTMAS]
            self.members[CHRISTMAS].add(home)
            self.came.add(home)

    def cards_come_back(self) -> None:
        """Let a card come back now and then, and a new address be found."""
        chance, ago = self.chance, self.today - timedelta(days=7)
        there = {home for home, on in self.posted.items() if on < ago} & self.members[CHRISTMAS]
        there -= self.returned | self.dead
        if there and chance.random() < 0.12:
            home = chance.choice(sorted(there))
            self.do("returned", home, "--season", CHRISTMAS)
            self.returned.add(home)
            lost = self.ask("returned", "--season", CHRISTMAS)["returned"]
            assert home in {row["household"] for row in lost}
        if self.returned - self.moved and chance.random() < 0.3:
            home = chance.choice(sorted(self.returned - self.moved))
            where = ("--street", f"{self.today.day} New Road", "--town", "Leeds", "--postcode", "LS2 7EW")
            self.do("rite", "move", home, "--everybody", *where, "--country", "GB")
            self.moved.add(home)

    def die(self, number: int) -> None:
        """Let one of a household die: alone, they get no card any more that is not written."""
        (uid, *left) = uids(number)
        self.do("rite", "death", uid, "--on", str(self.today), *(["--drop-name"] if left else []))
        if not left:
            self.dead.add(self.ask("show", uid)["contact"]["household"]["id"])
            self.members[CHRISTMAS] &= self.rows(CHRISTMAS).keys()

    def start_new_year(self) -> None:
        """Start a second feast for those whom Christmas does not reach any more."""
        plan = self.ask("season", "plan", "--season", CHRISTMAS)
        late = {row["household"] for row in plan["unreachable"] if row["instead"] == "New Year"}
        if late:
            self.do("tag", "later", *sorted(late))
            self.do("segment", "save", "later", "--tag", "later")
            self.do("season", "start", "newyear", "--year", "2027", "--segment", "later")
            others = late - self.rows(NEW_YEAR).keys()
            if others:
                self.do("season", "add", *sorted(others), "--season", NEW_YEAR)
            self.open(NEW_YEAR)
            assert self.members[NEW_YEAR] == late
            self.do("season", "drop", *sorted(late), "--season", CHRISTMAS)
            self.members[CHRISTMAS] -= late

    def live(self) -> None:
        """Live the sixty days: ill for nine of them, at the post on most."""
        self.begin()
        ill = FIRST + timedelta(days=self.chance.randint(8, 20))
        alone = [number for number in range(20, 80) if number not in COUPLES]
        is_written = False
        for number in range(DAYS):
            self.today = FIRST + timedelta(days=number)
            is_open = is_posting_day(STANDPOINT.posting, "GB", self.today)
            if is_written and is_open and self.chance.random() < 0.85:
                for season in self.members:
                    self.post(season)
                is_written = False
            self.cards_come()
            self.cards_come_back()
            if number in DEATHS:
                self.die(self.chance.choice(alone if number == DEATHS[0] else [*COUPLES]))
            if self.today == NEW_YEAR_STARTS:
                self.start_new_year()
            if self.today.weekday() in WRITES.weekdays:
                is_well = not ill <= self.today < ill + timedelta(days=9)
                for season in self.members:
                    pile = self.look(season)
                    if pile and is_well and self.chance.random() < 0.9:
                        self.write(season, pile)
                        is_written = True

    def close(self) -> None:
        """Look back, and end the seasons: what is said is what was lived."""
        owed: set[str] = set()
        for season, members in self.members.items():
            rows = self.rows(season)
            review = self.ask("review", "--season", season)
            said = {what: {row["household"] for row in review[what]} for what in LOOKED_BACK}
            sent = {home for home, row in rows.items() if row["state"] in ("written", "posted", "returned")}
            assert said["sent"] == sent
            assert said["unwritten"] == members - sent
            assert said["returned"] == {home for home, row in rows.items() if row["state"] == "returned"}
            assert members - sent <= self.named[season] | self.dead, "not written, and nobody said so"
            if season == CHRISTMAS:
                owed = (self.came & members) - sent - self.dead
            assert said["owed"] == (owed if season == CHRISTMAS else set())
            self.do("season", "close", "--season", season)
        left = self.ask("today", "--all")["reminders"]
        assert {row["kind"] for row in left} <= {"answer", "cadence"}
        assert {row["household"] for row in left if row["kind"] == "answer"} == owed

    def take_back(self) -> None:
        """Undo all of it, a step at a time: each time the very rows of before stand there."""
        while self.past:
            before = self.past.pop()
            self.run.done("--quiet", "undo", today=str(self.today))
            assert dump(self.run.store) == before, self.told[len(self.past)]


def test_sixty_days_lose_nobody_and_write_to_nobody_twice(
    run: Runner, tmp_path: Path, dose: Callable[[int, int], int]
) -> None:
    """Every card is posted in time or named as late with something to do instead, and all can be taken back."""
    for seed in range(dose(1, 8)):
        chance = random.Random(seed)  # noqa: S311  so that a seed gives the same life again
        life = Life(Runner(tmp_path / f"{seed}.db", run.monkeypatch), tmp_path, chance)
        try:
            life.live()
            life.close()
            life.take_back()
        except Exception as error:
            last = "\n  ".join(life.told[-8:])
            raise AssertionError(f"seed {seed} on {life.today}; the last commands:\n  {last}") from error
