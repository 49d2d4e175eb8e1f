"""Loose files that all show the same: dropped on a class, or taken with a camera."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from core.dataset.sources.source import Known, Member, Source


def with_class(source: Source, class_name: str) -> Source:
    """``source`` with all its files in the class ``class_name``, whatever folders they lie in.

    A file whose source knows its class or its number keeps that.
    """
    return replace(source, members=partial(_members, source, class_name))


def _members(source: Source, class_name: str) -> Iterator[Member]:
    for member in source.members():
        yield replace(member, known=_in_class(member.known, class_name))


def _in_class(known: Known, class_name: str) -> Known:
    is_known = known.class_name is not None or known.value is not None
    return known if is_known else replace(known, class_name=class_name)
