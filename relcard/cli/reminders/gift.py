"""Gifts of a contact or a household: gift add, list, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import own_book
from relcard.cli import params
from relcard.cli import who
from relcard.cli.desk import pass_desk
from relcard.cli.gifts import gift_json
from relcard.cli.groups import AddFirst
from relcard.cli.reminders.which import the_only
from relcard.domain.reminders.gift import GIVEN
from relcard.domain.reminders.gift import GOT
from relcard.domain.reminders.gift import IDEA
from relcard.domain.reminders.gift import Gift
from relcard.domain.reminders.gift import in_words
from relcard.domain.text import quoted
from relcard.services.reminders import gifts
from relcard.store import gifts as store_gifts
from relcard.store import relationships

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.services.reminders.gifts import ListedGift
    from relcard.store.file.database import Connection

_EXAMPLE = 'For example: relcard gift anna "a scarf" --idea'


@click.group(cls=AddFirst, short_help="Gifts: ideas, what you gave, what came.")
def gift() -> None:
    """Keep gifts: relcard gift anna "a scarf" --idea, relcard gift h12 "a hamper" --for christmas-2026.

    They stand on the page and on the crib, and on nothing that leaves your desk.
    """


@gift.command(short_help="Keep a gift of a contact or a household.")
@click.argument("who_", metavar="WHO")
@click.argument("what")
@click.option("--idea", "state", flag_value=IDEA, help="You mean to give it.")
@click.option(
    "--given", "state", flag_value=GIVEN, default=True, help="You gave it; so it is if nothing is said."
)
@click.option("--from-them", "state", flag_value=GOT, help="It came from them.")
@click.option("--for", "occasion", default="", metavar="OCCASION", help="christmas-2026, birthday, 2024.")
@own_book.ours_option
@pass_desk
def add(desk: Desk, who_: str, what: str, state: str, occasion: str, ours: bool | None) -> None:
    """Keep a gift: relcard gift anna "a scarf" --for christmas-2026.

    Without a year it is of this one. An idea that was given, said in the same words, is an idea no more.
    """
    with desk.changing(f"gift add {who_} {what}") as db:
        household_id, contact_id = who.household_or_contact(db, who_, among=who.PRESENT)
        said = Gift(contact_id, False, state, what, ours=ours)
        kept = gifts.keep_gift(db, said, occasion, desk.today, household_id=household_id)
    if not desk.quiet:
        output.say_wrapped(f"{output.clean(kept.name)}: {output.clean(in_words(kept.gift))}")
        if state == GOT and kept.gift.year == desk.today.year:
            output.say(output.dim(f"  To thank them: relcard draft {quoted(who_)} --for thankyou"))


@gift.command("list", short_help="List the gifts.")
@click.argument("who_", metavar="[WHO]", required=False)
@params.as_json
@pass_desk
def list_(desk: Desk, who_: str | None, as_json: bool) -> None:
    """List the gifts of all or of WHO, ideas first, then the newest."""
    with desk.reading() as db:
        listed = _gifts_of(db, desk, who_)
    if as_json:
        output.say_json("gifts", [_as_json(each) for each in listed])
    elif not listed:
        output.say(f"  No gifts are kept{' of them' if who_ else ''}. {_EXAMPLE}")
    else:
        output.table(
            ("whose", "gift", "number"),
            [(each.name, in_words(each.gift), str(each.gift.id)) for each in listed],
            flexible=1,
        )


def _gifts_of(db: Connection, desk: Desk, words: str | None) -> list[ListedGift]:
    if not words:
        return gifts.list_gifts(db, desk.today)
    household_id, contact_id = who.household_or_contact(db, words, among=who.PRESENT)
    return gifts.list_gifts(db, desk.today, contact_id=contact_id, household_id=household_id)


def _as_json(listed: ListedGift) -> output.Json:
    return {
        **gift_json(listed.gift),
        "who": listed.name,
        "household": f"h{listed.household_id}" if listed.household_id else None,
        "of_household": listed.gift.of_household,
    }


@gift.command(short_help="Forget a gift.")
@click.argument("who_", metavar="WHO")
@click.argument("what", metavar="[WHAT]", nargs=-1)
@pass_desk
def remove(desk: Desk, who_: str, what: tuple[str, ...]) -> None:
    """Forget a gift of WHO, by its words or by its number in gift list."""
    words = " ".join(what)
    with desk.changing(f"gift remove {who_} {words}".rstrip()) as db:
        meant = the_only("gift", _gifts_of(db, desk, who_), who_, words, in_words=_in_words)
        store_gifts.remove(db, meant.gift.id)
    if not desk.quiet:
        output.say_wrapped(f"{output.clean(_in_words(meant))} is forgotten")


@gift.command(short_help="Say that a gift is on both laptops, or here alone.")
@click.argument("who_", metavar="WHO")
@click.argument("what", metavar="[WHAT]", nargs=-1)
@own_book.ours_option
@pass_desk
def keep(desk: Desk, who_: str, what: tuple[str, ...], ours: bool | None) -> None:
    """Say of a gift of WHO, by its words or its number, that it is on both laptops, or here alone."""
    words = " ".join(what)
    is_ours = own_book.insisted(ours, f"relcard gift keep {quoted(who_)} {words}".rstrip())
    with desk.changing(f"gift keep {who_} {words}".rstrip()) as db:
        meant = the_only("gift", _gifts_of(db, desk, who_), who_, words, in_words=_in_words)
        relationships.say_ours(db, "gift", meant.gift.id, is_ours)
    if not desk.quiet:
        output.say_wrapped(f"{output.clean(_in_words(meant))} {own_book.in_words(is_ours)}")


def _in_words(each: ListedGift) -> str:
    return f"{each.name}: {in_words(each.gift)}"
