"""The commands by chapter: name, module and the words of the help. Read without importing a command."""

from __future__ import annotations

CHAPTERS: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "Start",
        (
            ("demo", "demo", "Show the whole way on invented people."),
            ("import", "import_cards", "Take in vCards, or a spreadsheet."),
            ("triage", "triage", "Say of new contacts how near they are, one key each."),
            ("doctor", "data", "Look whether the store is whole."),
        ),
    ),
    (
        "People",
        (
            ("list", "people", "List contacts."),
            ("show", "people", "Show one contact on a page."),
            ("add", "edit", "Add a contact, by options or in your editor."),
            ("edit", "edit", "Change a contact on a page in your editor."),
            ("circle", "closeness", "Say how near contacts are."),
            ("tag", "closeness", "Tag contacts, or take a tag off."),
            ("segment", "segment", "Filters with a name: save, list, cadence."),
            ("note", "note", "Keep a dated note, for whom it names."),
            ("fact", "closeness", "Keep a lasting fact."),
            ("relation", "relation", "Say who is what to whom."),
            ("address", "address", "Addresses: confirm, add, retire, restore."),
            ("log", "closeness", "Record a visit, call, letter or card."),
            ("warmth", "warmth", "Show what the record says of how near contacts are."),
            ("drift", "warmth", "Ask about contacts who grew closer or quieter."),
            ("duplicates", "merge", "Show pairs that look like the same person."),
            ("merge", "merge", "Make one contact of two."),
            ("rite", "rite", "When lives change: wedding, death, birth, move."),
        ),
    ),
    (
        "Households",
        (
            ("household", "household", "Who shares a letterbox, and what the envelope says."),
            ("ask-list", "ask", "Whom to ask for an address, with the words."),
        ),
    ),
    (
        "Season",
        (
            ("season", "season", "Start and follow a round of greetings."),
            ("draft", "draft", "Show greetings with room for your pen."),
            ("written", "progress", "Say whose cards are written."),
            ("posted", "progress", "Say whose cards are posted."),
            ("received", "progress", "Record a card that came, and their line."),
            ("returned", "progress", "Record a card that came back."),
        ),
    ),
    (
        "Paper",
        (
            ("print", "paper", "Make PDFs: cards, labels, envelopes, crib."),
            ("preflight", "preflight", "One list of what wants a look, before paper."),
            ("stamps", "stamps", "Stamps to buy, by destination."),
            ("stock", "stock", "Label sheets, envelopes and card paper."),
            ("sheet", "sheet", "Sheets of labels that are part-used."),
            ("printer", "printer", "How printers miss, and what puts it right."),
            ("hand", "hand", "Your handwriting, measured: lines and words of each room."),
            ("template", "template", "The printed words: list, copy, check."),
            ("design", "design", "The looks of greeting cards: list, copy, check."),
        ),
    ),
    (
        "Reminders",
        (
            ("today", "reminders", "Show what to do today."),
            ("upcoming", "reminders", "Show what comes in the next days."),
            ("done", "reminders", "Say that a reminder is dealt with."),
            ("snooze", "reminders", "Put a reminder off."),
        ),
    ),
    (
        "Data",
        (
            ("export", "export_cards", "Write contacts as vCards, or everything."),
            ("stats", "stats", "Look at circles, cards, months and birthdays."),
            ("backup", "data", "Copy the store to a safe place."),
            ("restore", "data", "Bring the store back from a backup."),
            ("undo", "history", "Take the last command back."),
            ("history", "history", "List the steps that undo can take back."),
            ("settings", "settings", "Show and change the settings."),
            ("completion", "completion", "Print the completion script of your shell."),
        ),
    ),
)

# What `relcard print` makes: each name is that of its module too.
PRINTED = ("cards", "labels", "envelopes", "crib", "guides", "proof", "calibration")
