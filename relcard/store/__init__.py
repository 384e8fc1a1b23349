"""The store: one SQLite file, the truth. SQL stands in this package and nowhere else.

Functions take the connection first. Reading functions leave nothing open; changes happen inside
`journal.step`, which is one transaction and one step that `undo` can take back.
"""

from __future__ import annotations

from relcard.domain.kinds import AGE_OF_ADULTS
from relcard.domain.occasions import OCCASIONS

# The year a card or letter belongs to: one of January is the last year's.
CARD_YEAR = "substr(happened_on, 1, 4) - (substr(happened_on, 6, 2) = '01')"
# A card or letter of a year's greetings, and not one for an occasion such as a birthday.
IS_GREETING = "interaction.occasion IN ('', {})".format(
    ", ".join(f"'{occasion.name}'" for occasion in OCCASIONS.values() if occasion.is_feast)
)
# A contact whose card names relations: text in its detail has its quotes escaped. The words are those of the
# index contact_with_relations.
NAMES_RELATIONS = """instr(detail, '"relations": [')"""
# A household that two laptops know: it stands as if stated, or each would propose another in its place.
IS_SHARED = "EXISTS (SELECT 1 FROM share_row WHERE name = 'household' AND share_row.uuid = household.uuid)"
# What the user said of a contact, who may have neither.
WITH_CIRCLE = "LEFT JOIN circle ON circle.contact_id = contact.id"
WITH_CADENCE = "LEFT JOIN cadence ON cadence.contact_id = contact.id"
# A row of `member` that holds: who is a contact, or was one under this name before a merge, is no member.
IS_MEMBER = """
    NOT is_removed AND NOT EXISTS (SELECT 1 FROM contact AS other WHERE other.name_key = member.name_key)
    AND NOT EXISTS (SELECT 1 FROM alias WHERE alias.name_key = member.name_key)
"""
# A contact that is no child and no pet of others in its household: by the user's word, or by the year of
# birth in the year `:year`.
IS_GROWN = f"""
    (role IN ('organiser', 'adult')
     OR (role IS NULL AND NOT EXISTS (
             SELECT 1 FROM occasion WHERE contact_id = contact.id AND kind = 'birthday' AND month_day IS NOT 0
               AND substr(date, 1, 4) > CAST(:year - {AGE_OF_ADULTS} AS TEXT)))
     OR NOT EXISTS (SELECT 1 FROM membership AS other
                    WHERE other.household_id = membership.household_id AND other.contact_id <> contact.id))
"""
# The adults of the household `home.household_id` as a JSON list of name and whether they have died.
ADULTS_AT_HOME = f"""
    (SELECT json_group_array(json_array(name, EXISTS (
                SELECT 1 FROM occasion WHERE contact_id = contact.id AND kind = 'remembrance')))
     FROM membership JOIN contact ON contact.id = membership.contact_id
     WHERE membership.household_id = home.household_id AND archived_on IS NULL AND {IS_GROWN})
"""
