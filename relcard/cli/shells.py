"""How bash, zsh and fish ask for completions, and the quotes in which each takes them."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING
from typing import Any

from click.shell_completion import BashComplete
from click.shell_completion import FishComplete
from click.shell_completion import ShellComplete
from click.shell_completion import ZshComplete
from click.shell_completion import split_arg_string

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

# Bash before 4.4, which macOS has, knows no nosort; what it sorts is still right.
_BASH = """\
%(complete_func)s() {
    local IFS=$'\\n' line
    COMPREPLY=()
    while IFS= read -r line; do
        case "$line" in
            file,*) compopt -o default 2>/dev/null ;;
            dir,*) compopt -o dirnames 2>/dev/null ;;
            plain,*) COMPREPLY+=("${line#plain,}") ;;
        esac
    done < <(env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD="$COMP_CWORD" \\
        %(complete_var)s=bash_complete "$1" 2>/dev/null)
}
complete -o nosort -F %(complete_func)s %(prog_name)s 2>/dev/null ||
    complete -F %(complete_func)s %(prog_name)s
"""
# A comma within a completion is a part of it, so that only the first one parts it from its kind.
_FISH = """\
function %(complete_func)s
    set -l response (env %(complete_var)s=fish_complete COMP_WORDS=(commandline -cp | string collect) \\
        COMP_CWORD=(commandline -ct | string collect) %(prog_name)s 2>/dev/null)
    for line in $response
        set -l parts (string split -m 1 "," -- $line)
        switch $parts[1]
            case file
                __fish_complete_path $parts[2]
            case dir
                __fish_complete_directories $parts[2]
            case plain
                echo $parts[2]
        end
    end
end
complete --no-files --command %(prog_name)s --arguments "(%(complete_func)s)"
"""
_PLAIN = re.compile(r"([^\w@%+=:,./-])")
_IN_DOUBLE_QUOTES = re.compile(r'(["\\$`])')


class Bash(BashComplete):
    """Bash 3.2 and newer."""

    source_template = _BASH

    def source(self) -> str:
        """Return the script; it looks for itself what this bash can do."""
        return ShellComplete.source(self)

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the one at hand, and that one; bash takes --name=value apart."""
        args, incomplete = super().get_completion_args()
        joined: list[str] = []
        for word in args:
            if joined and joined[-1].endswith("=") and joined[-1].startswith("--"):
                joined[-1] += word
            elif word == "=" and joined and joined[-1].startswith("--"):
                joined[-1] += "="
            else:
                joined.append(word)
        if joined and joined[-1].startswith("--") and joined[-1].endswith("="):
            joined[-1] = joined[-1][:-1]  # the value of this option is the word at hand
        return joined, "" if incomplete == "=" else incomplete

    def format_completion(self, item: CompletionItem[Any]) -> str:
        """Return a completion in the quotes that the word at hand began with, or escaped without any."""
        words = os.environ.get("COMP_WORDS", "").split("\n")
        place = int(os.environ.get("COMP_CWORD", "0") or 0)
        begins = words[place][:1] if place < len(words) else ""
        if begins == "'":
            value = item.value.replace("'", "'\\''")
        elif begins == '"':
            value = _IN_DOUBLE_QUOTES.sub(r"\\\1", item.value)
        else:
            value = _PLAIN.sub(r"\\\1", item.value)
        return f"{item.type},{value}"


class Zsh(ZshComplete):
    """Zsh, which quotes what it inserts itself."""


class Fish(FishComplete):
    """Fish, which quotes what it inserts itself."""

    source_template = _FISH

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the one at hand, and that one."""
        words = split_arg_string(os.environ["COMP_WORDS"])[1:]
        at_hand = os.environ["COMP_CWORD"]
        incomplete = (split_arg_string(at_hand) or [""])[0] if at_hand else ""
        if at_hand and words and words[-1] == incomplete:
            words.pop()
        return words, incomplete


SHELLS: dict[str, type[ShellComplete]] = {"bash": Bash, "zsh": Zsh, "fish": Fish}
