"""The commands by chapter: name, module and the words of the help. Read without importing a command.

A command is the function of its name in its module: ask_list for `ask-list`. Where Python has the
name already, an underscore stands behind it: import_, list_.
"""

from __future__ import annotations

import builtins
import keyword

CHAPTERS: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "Start",
        (
            ("demo", "data.demo", "Show the whole way on invented people."),
            ("import", "importing.import_cards", "Take in vCards, or a spreadsheet."),
            ("pull", "importing.pull", "Take in what is new in address books on servers."),
            ("triage", "importing.triage", "Say of new contacts how near they are, one key each."),
            ("doctor", "data.doctor", "Look whether the store is whole."),
        ),
    ),
    (
        "People",
        (
            ("list", "people.list_contacts", "List contacts."),
            ("show", "people.show_contact", "Show a contact or a household on a page."),
            ("add", "people.edit", "Add a contact, by options or in your editor."),
            ("edit", "people.edit", "Change a contact on a page in your editor."),
            ("circle", "people.circle_and_tag", "Say how near contacts are."),
            ("tag", "people.circle_and_tag", "Tag contacts, or take a tag off."),
            ("segment", "people.segment", "Filters with a name: save, list, cadence."),
            ("note", "people.note", "Keep a dated note, for whom it names."),
            ("fact", "people.fact_and_log", "Keep a lasting fact."),
            ("relation", "people.relation", "Say who is what to whom."),
            ("address", "people.address", "Addresses: confirm, add, retire, restore."),
            ("log", "people.fact_and_log", "Record a visit, call, letter or card."),
            ("warmth", "people.warmth", "Show what the record says of how near contacts are."),
            ("drift", "people.drift", "Ask about contacts who grew closer or quieter."),
            ("duplicates", "importing.duplicates", "Show pairs that look like the same person."),
            ("merge", "importing.merge", "Make one contact of two."),
            ("archive", "people.archive_and_delete", "Put contacts aside, and take them back."),
            ("delete", "people.archive_and_delete", "Delete contacts with all that hangs on them."),
            ("rite", "people.rite", "When lives change: wedding, death, birth, move."),
        ),
    ),
    (
        "Households",
        (
            ("household", "people.household", "Who shares a letterbox, and what the envelope says."),
            ("member", "people.member", "Partners, children and pets without a vCard."),
            ("cadence", "people.cadence", "How often to be in touch with a household."),
            ("ask-list", "people.ask_list", "Whom to ask for an address, with the words."),
        ),
    ),
    (
        "Season",
        (
            ("season", "seasons.season", "Start and follow a round of greetings."),
            ("draft", "seasons.draft", "Show greetings with room for your pen."),
            ("desk", "seasons.desk", "Write the cards of a season, one at a time."),
            ("written", "seasons.card_states", "Say whose cards are written."),
            ("posted", "seasons.card_states", "Say whose cards are posted."),
            ("received", "seasons.received", "Record a card that came, and their line."),
            ("picture", "seasons.picture", "Pictures of the cards that came."),
            ("returned", "seasons.returned", "Record a card that came back."),
            ("review", "seasons.review", "Look back on a season."),
            ("years", "seasons.years", "Sent and came, year by year."),
        ),
    ),
    (
        "Paper",
        (
            ("print", "printing.print_group", "Make PDFs: cards, labels, envelopes, crib."),
            ("preflight", "printing.preflight", "One list of what wants a look, before paper."),
            ("stamps", "printing.stamps", "Stamps to buy, by destination."),
            ("stock", "printing.stock", "Label sheets, envelopes and card paper."),
            ("sheet", "printing.sheet", "Sheets of labels that are part-used."),
            ("printer", "printing.printer", "How printers miss, and what puts it right."),
            ("hand", "printing.hand", "Your handwriting, measured: lines and words of each room."),
            ("template", "seasons.template", "The printed words: list, copy, check."),
            ("design", "printing.design", "The looks of greeting cards: list, copy, check."),
        ),
    ),
    (
        "Reminders",
        (
            ("today", "reminders.today", "Show what to do today."),
            ("upcoming", "reminders.upcoming", "Show what comes in the next days."),
            ("day", "reminders.day", "Days that return: name days, weddings, remembrance."),
            ("gift", "reminders.gift", "Gifts: ideas, what you gave, what came."),
            ("done", "reminders.done", "Say that a reminder is dealt with."),
            ("snooze", "reminders.done", "Put a reminder off."),
            ("away", "reminders.away", "Say when you will be away."),
            ("let-go", "reminders.done", "Let a reminder go, and nothing is noted."),
            ("reminders", "reminders.timers", "Let this computer tell of the day by itself."),
            ("calendar", "reminders.calendar", "Write the days for the calendar you look at."),
        ),
    ),
    (
        "At home",
        (("page", "page.page", "Serve a page for tablet, phone and whom you live with."),),
    ),
    (
        "Data",
        (
            ("export", "data.export", "Write contacts as vCards, or everything."),
            ("stats", "people.stats", "Look at circles, cards, months and birthdays."),
            ("backup", "data.backup", "Copy the store to a safe place."),
            ("restore", "data.restore", "Bring the store back from a backup."),
            ("share", "sharing.share", "Keep one list on two laptops."),
            ("undo", "data.history", "Take the last command back, or another step."),
            ("history", "data.history", "List the steps that undo can take back."),
            ("settings", "data.settings", "Show and change the settings."),
            ("completion", "completion", "Print the completion script of your shell."),
        ),
    ),
)

# What `relcard print` makes, each with its module in `cli/printing`.
PRINTED = {
    "cards": "cards",
    "labels": "labels",
    "return": "return_labels",
    "envelopes": "envelopes",
    "postcards": "postcards",
    "crib": "crib",
    "guides": "guides",
    "years": "years",
    "book": "book",
    "proof": "proof",
    "calibration": "calibration",
}


def function_of(command: str) -> str:
    """Return the name of the function that is a command."""
    name = command.replace("-", "_")
    return f"{name}_" if keyword.iskeyword(name) or hasattr(builtins, name) else name
