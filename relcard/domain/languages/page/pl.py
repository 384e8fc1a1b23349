"""The page at home in Polish."""

from __future__ import annotations

from relcard.domain.languages.page import PageLanguage


def _plural(n: int) -> int:
    """Return the form for a number: 1 karta, 2 karty, 5 kart, 12 kart, 22 karty (CLDR: one, few, many)."""
    if n == 1:
        return 0
    return 1 if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else 2


LANGUAGE = PageLanguage(
    code="pl",
    name="Polski",
    plural=_plural,
    weekdays=("poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela"),
    months=(
        "stycznia",
        "lutego",
        "marca",
        "kwietnia",
        "maja",
        "czerwca",
        "lipca",
        "sierpnia",
        "września",
        "października",
        "listopada",
        "grudnia",
    ),
    day="{weekday}, {day} {month}",
    day_of_year="{day} {month} {year}",
    first="1",
    words={
        "frame": {
            "today": "Dzisiaj",
            "people": "Ludzie",
            "to_content": "Do treści",
            "navigation": "Strony",
            "device": "To urządzenie: {name}",
            "reads_only": "tylko czyta",
            "language": "Język",
            "choose": "Wybierz",
            "taken_back": "Cofnięte.",
            "kept": "Zapisane.",
            "take_back": "Cofnij",
            "go_on": "Dalej",
            "stayed": "To, co od tego czasu zmieniono, zostaje: {what}",
        },
        "pair": {
            "title": "Połącz to urządzenie",
            "how": "Wpisz kod, który relcard pokazuje na komputerze.",
            "code": "Kod",
            "name": "Jak nazwać to urządzenie",
            "name_example": "telefon Marty",
            "pair": "Połącz",
            "wrong": "Ten kod nie jest ważny. Kod działa dziesięć minut i dla jednego urządzenia.",
            "over": "Pięć razy wpisano zły kod i żaden już nie działa. Zrób nowy na komputerze: relcard page pair",
            "no_name": "Nazwij to urządzenie, żeby dało się je odróżnić od innych.",
        },
        "error": {
            "title": "Nie udało się",
            "not_found": "Nie ma takiej strony.",
            "not_allowed": "To urządzenie może tu czytać, ale nie pisać.",
            "stranger": "To urządzenie nie jest połączone albo już nie jest.",
            "stale": "Ten formularz jest za stary. Otwórz stronę jeszcze raz i napisz od nowa.",
            "too_large": "To było za dużo naraz.",
            "bad_request": "Strona tego nie zrozumiała.",
            "busy": "W tej chwili zapisuje coś innego albo danych nie można użyć. Nic nie zmieniono; spróbuj jeszcze raz.",
            "fault": "Coś poszło źle w samym relcard. Nic nie zmieniono.",
            "reason": "relcard mówi: {reason}",
            "back": "Wróć do dzisiaj",
        },
        "changed": {
            "title": "To się tymczasem zmieniło",
            "how": "Kiedy pisałeś lub pisałaś, ktoś inny zmienił to samo. Nic nie przepadło: oto jedno i drugie.",
            "yours": "Twój tekst",
            "theirs": "Co jest tam teraz",
            "gone": "już nic",
            "keep_yours": "Zachowaj mój",
            "leave": "Zostaw, jak jest",
        },
        "today": {
            "written": ("{written} z {n} napisana", "{written} z {n} napisane", "{written} z {n} napisanych"),
            "lying": (
                "{n} napisana leży tu i czeka na pocztę",
                "{n} napisane leżą tu i czekają na pocztę",
                "{n} napisanych leży tu i czeka na pocztę",
            ),
            "done": "Zrobione",
            "snooze": "Za trzy dni",
            "nothing": "Nic dziś na ciebie nie czeka.",
            "more": (
                "Jeszcze {n} rzecz czeka na wolny wieczór.",
                "Jeszcze {n} rzeczy czekają na wolny wieczór.",
                "Jeszcze {n} rzeczy czeka na wolny wieczór.",
            ),
        },
        "reminder": {
            "action_write": "Napisz",
            "action_call": "Zadzwoń",
            "action_visit": "Odwiedź",
            "action_season": "Sezon",
            "action_remember": "Pamiętaj",
            "owed": "Czas się odezwać; ostatnio: {day}.",
            "never": "Czas się odezwać; nic jeszcze nie zapisano.",
            "birthday": "urodziny: {day}",
            "anniversary": "rocznica ślubu: {day}",
            "remembrance": "dzień pamięci: {day}",
            "custom": "{label}: {day}",
            "birthday_years": ("kończy {n} rok", "kończy {n} lata", "kończy {n} lat"),
            "anniversary_years": ("{n} rok", "{n} lata", "{n} lat"),
            "post_by": "wysłać do: {day}",
            "post_now": "wysłać od razu; termin minął: {day}",
            "thanks": "Należy się podziękowanie za to, co przyszło: {day}.",
            "answer": "To, co przyszło ({day}), czeka na odpowiedź.",
        },
        "people": {
            "search": "Kilka liter imienia, nazwiska lub miasta",
            "find": "Szukaj",
            "nobody": "Nikt się tak nie nazywa.",
            "more": (
                "Jeszcze {n} dom; wpisz więcej liter.",
                "Jeszcze {n} domy; wpisz więcej liter.",
                "Jeszcze {n} domów; wpisz więcej liter.",
            ),
        },
    },
)
