"""``check DATA``: what is wrong with images."""

import argparse

from core.cli.data import DATA, take_in
from core.cli.output import print_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("data", metavar="DATA", help=DATA)


def run(options: argparse.Namespace) -> int:
    """What is wrong with the images of a dataset, and what to do about it."""
    from core.quality.check import check
    from core.quality.listing import in_words, listing

    dataset = take_in(options.data)
    report = check(dataset, lambda done, total: None)
    if options.json:
        print_json(listing(dataset, report))
    else:
        print(in_words(dataset, report))
    return 0
