"""Bought paper: the sheets and envelopes relcard knows."""

from __future__ import annotations

import click

from relcard.cli import output
from relcard.cli import params


@click.group(short_help="Label sheets and envelopes relcard knows.")
def stock() -> None:
    """Label sheets and envelopes relcard knows, in millimetres."""


@stock.command("list", short_help="List sheets and envelopes.")
@click.argument("words", nargs=-1)
@params.as_json
def list_(words: tuple[str, ...], as_json: bool) -> None:
    """List label sheets and envelopes; WORDS narrow the list (L71, Avery, A4, envelope)."""
    from relcard.paper.stock import all_envelopes
    from relcard.paper.stock import all_stock

    sheets = [
        (one.name, one.page, f"{one.label_w:g} x {one.label_h:g}", f"{one.columns} x {one.rows}")
        for one in all_stock()
    ]
    covers = [(one.name, "envelope", f"{one.width:g} x {one.height:g}", "") for one in all_envelopes()]
    rows = [row for row in sheets + covers if all(word.lower() in " ".join(row).lower() for word in words)]
    if as_json:
        output.say_json(
            "stock",
            [{"name": name, "page": page, "size_mm": size, "grid": grid} for name, page, size, grid in rows],
        )
    elif rows:
        output.table(("name", "page", "size in mm", "across x down"), rows)
    else:
        output.say("  No sheet or envelope is called that. relcard stock list shows them all.")


@stock.command(short_help="Show one sheet with its measures.")
@click.argument("name")
@params.as_json
def show(name: str, as_json: bool) -> None:
    """Show one sheet: its measures and a small drawing."""
    from relcard.paper.stock import find_stock

    one = find_stock(name)
    measures = {
        "name": one.name,
        "page": one.page,
        "page_w_mm": one.page_w,
        "page_h_mm": one.page_h,
        "label_w_mm": one.label_w,
        "label_h_mm": one.label_h,
        "left_mm": one.left,
        "top_mm": one.top,
        "pitch_x_mm": one.pitch_x,
        "pitch_y_mm": one.pitch_y,
        "columns": one.columns,
        "rows": one.rows,
    }
    if as_json:
        output.say_json("sheet", measures)
        return
    output.say(f"  {output.bold(one.name)}  {one.page}, {one.columns} x {one.rows} labels")
    output.say(f"  label {one.label_w:g} x {one.label_h:g} mm, first at {one.left:g} mm from the left and")
    output.say(f"  {one.top:g} mm from the top, next every {one.pitch_x:g} and {one.pitch_y:g} mm")
    output.say()
    cell = max(3, min(18, 60 // one.columns - 1))
    for row in range(one.rows):
        slots = "".join(
            f"[{str(row * one.columns + column + 1).center(cell)}]" for column in range(one.columns)
        )
        output.say(f"    {slots}")
