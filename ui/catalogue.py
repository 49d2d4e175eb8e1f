"""Translations: the catalogues in locale/, and sentences put into a language by them.

English is the source and needs no catalogue. The others are read from their ``.po`` file at first use, so there is no
compiled file that could be older than its source.
"""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Final, Literal, get_args

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from core.message import Message

Language = Literal["en", "ko"]
LANGUAGES: Final = get_args(Language)
DOMAIN: Final = "layerlab"

_FOLDER: Final = Path(__file__).parents[1] / "locale"


def catalogue_file(language: Language) -> Path:
    """The ``.po`` file of a language other than English."""
    return _FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po"


@cache
def translations(language: Language) -> NullTranslations:
    """What gettext knows in ``language``."""
    if language == "en":
        return NullTranslations()
    return _compiled(catalogue_file(language), language)


def translate_text(text: str, language: Language) -> str:
    """``text`` in ``language``; where there is no translation, ``text`` itself."""
    return translations(language).gettext(text) if text else ""  # gettext("") is the header of the catalogue


def translate_count(singular: str, plural: str, count: int, language: Language) -> str:
    """The form for ``count`` things in ``language``."""
    return translations(language).ngettext(singular, plural, count)


def translate_message(message: Message, language: Language) -> str:
    """The sentence in ``language``, with the messages among its values in ``language`` too."""
    values = {
        name: translate_message(value, language) if isinstance(value, Message) else value
        for name, value in message.values.items()
    }
    if message.plural is None:
        template = translate_text(message.template, language)
    else:
        template = translate_count(message.template, message.plural, message.values["count"], language)
    return template.format(**values)


def _compiled(path: Path, language: Language) -> GNUTranslations:
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
