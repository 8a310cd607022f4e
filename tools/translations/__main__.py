"""``python -m tools.translations``: see CONTRIBUTING.md.

::

    update        extracts the texts anew, drops stale ones, compiles
    missing FILE  writes the texts without a translation into FILE
    take FILE     takes the translations in FILE into the catalogues
"""

import argparse
import sys
from pathlib import Path

from tools.translations import catalogues, extraction, lists

ROOT = Path(__file__).resolve().parent.parent.parent


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Do what the command line asks for; 1 where something is missing or wrong afterwards.

    The texts are those of the templates and modules below ``root``.
    """
    parser = argparse.ArgumentParser(prog="python -m tools.translations", description=__doc__)
    parser.add_argument("command", choices=("update", "missing", "take"))
    parser.add_argument("file", nargs="?", type=Path, default=ROOT / "var" / "missing.toml")
    args = parser.parse_args(arguments)
    messages = extraction.extract(root)
    stored = {language: catalogues.load(language) for language in catalogues.LANGUAGES}
    if args.command == "missing":
        args.file.parent.mkdir(exist_ok=True)
        text = lists.write_list(str(args.file), messages, stored)
        args.file.write_text(text, encoding="utf-8")
        print(f"{text.count('[[text]]')} to translate: {args.file}")
        return 0
    if args.command == "take":
        for language, taken in lists.read_list(args.file.read_text(encoding="utf-8")).items():
            stored[language] |= taken
    for language, catalogue in stored.items():
        catalogues.store(language, catalogue, messages)
    sentences = [each for language in stored for each in catalogues.problems(language, messages)]
    print("\n".join(sentences) or f"{len(messages)} texts are complete in {', '.join(stored)}")
    return 1 if sentences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
