"""The training images that a judged image looks like."""

from math import isnan

import streamlit as st

from core.dataset.store import pixels
from core.evaluation.mistakes.training_twins import training_twins
from ui import image_wall, session
from ui.image_titles import titles
from ui.judging.judged_images import JudgedImages
from ui.leak_pairs import similarity_text
from ui.markdown import plain
from ui.parts import part_badge
from ui.text import _, ngettext

_MOST, _SIDE = 8, 72


def show(judged: JudgedImages, row: int) -> None:
    """Draws those that the image ``row`` of the run's dataset looks like, with their classes."""
    dataset = judged.dataset
    pairs, clusters = session.look_alikes_of(dataset.id), session.clusters_of_look_alikes(dataset.id)
    twins = training_twins(row, session.assignment_of(judged.run), dataset.images, pairs, clusters)
    title = _("Look-alikes in training")
    st.markdown(f"**{title}** {part_badge('train')}")
    labels = dataset.images["label"].to_numpy()
    of_other_classes = int((labels[twins["row"]] != labels[row]).sum())
    st.caption(sentence(len(twins), of_other_classes, is_searched=pairs is not None))
    if pairs is None and judged.is_current:
        st.page_link("pages/data/quality.py", label=_("Look for them on Quality"), icon=":material/arrow_forward:")
    if twins.empty:
        return
    nearest = twins.head(_MOST)
    images = pixels(dataset, dataset.image_size)
    names = titles(dataset, nearest["row"])
    image_wall.show(
        [images[twin] for twin in nearest["row"]],
        side=_SIDE,
        alts=dataset.images["path"].iloc[nearest["row"]].tolist(),
        captions=[
            f"{plain(name)} · {_similarity(similarity)}"
            for name, similarity in zip(names, nearest["similarity"], strict=True)
        ],
    )


def sentence(twins: int, of_other_classes: int, *, is_searched: bool) -> str:
    """How many training images look like an image, and how many of them have another class."""
    amount = _amount(twins)
    if of_other_classes:
        others = ngettext(
            "{count:,} of them has another class: that may have taught the mistake.",
            "{count:,} of them have another class: that may have taught the mistake.",
            of_other_classes,
        )
        amount = f"{amount} {others.format(count=of_other_classes)}"
    if is_searched:
        return amount
    reservation = _("Only those with the same pixels are known: nobody has looked for others yet.")
    return f"{amount} {reservation}"


def _amount(count: int) -> str:
    if not count:
        return _("No training image looks like this one.")
    return ngettext(
        "{count:,} training image looks like this one.", "{count:,} training images look like this one.", count
    ).format(count=count)


def _similarity(similarity: float) -> str:
    return _("alike by way of others") if isnan(similarity) else similarity_text(similarity)
