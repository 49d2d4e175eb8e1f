"""The settings of the split: three linked shares, and how images are dealt out."""

import secrets
from functools import partial

import streamlit as st

from core.split import PARTS, Split
from ui import group_form, ratios, session, shown_value, split_edits
from ui.data_line import image_count
from ui.parts import part_badge, part_title
from ui.text import _, translate

_HANDLES = "split_form_handles"
_LARGEST_SEED = 2**32 - 1


def show_shares(split: Split, counts: dict[str, int]) -> None:
    """Draws the shares as two handles on a line and as numbers; ``counts`` is how many images each part has now."""
    shares = ratios.percents(split)
    shown_value.show(_HANDLES, ratios.handles(shares))
    st.slider(
        _("Where training ends and where the test begins"),
        0,
        ratios.WHOLE,
        key=_HANDLES,
        format="%d%%",
        on_change=_by_handles,
        label_visibility="collapsed",
        help=_("The left handle ends the training part, the right one the validation part; the rest is the test."),
    )
    with st.grid(len(PARTS), min_column_width=130, gap="medium"):
        for part in PARTS:
            with st.container(gap="xsmall"):
                _show_share(part, shares[part], counts[part])


def show_counts(counts: dict[str, int]) -> None:
    """Draws how many images each part has, where the shares decide nothing."""
    with st.grid(len(PARTS), min_column_width=130, gap="medium"):
        for part in PARTS:
            with st.container(gap="xsmall"):
                st.markdown(f"{part_badge(part)} **{translate(image_count(counts[part]))}**")
                st.caption(_role(part))


def show_dealing(split: Split, *, has_classes: bool = True) -> None:
    """Draws the seed, stratifying, if there are classes, and what is kept together."""
    _show_seed(split.seed)
    if has_classes:
        _show_stratifying(split)
    names = {
        "nothing": _("Nothing"),
        "exact": _("Identical"),
        "near": _("Look-alikes"),
        "group": _("Groups"),
    }
    shown_value.show(_key("keep_together"), split.keep_together)
    st.segmented_control(
        _("Keep together"),
        list(names),
        format_func=names.__getitem__,
        key=_key("keep_together"),
        required=True,
        help=_(
            "What stays in one part. Identical: exactly the same pixels. Look-alikes: also the same picture saved "
            "again, brighter, moved or cropped. Groups: all images of one patient, one camera, one series. What is "
            "torn apart lets the model be judged on what it was trained on."
        ),
        on_change=_save_keep_together,
    )


def _save_keep_together() -> None:
    """Groups begin with the pattern that the names suggest, where the images came with none."""
    chosen = st.session_state[_key("keep_together")]
    pattern = session.draft().split.group_pattern
    if chosen == "group" and not pattern and not group_form.has_own_groups(session.needed_dataset()):
        pattern = group_form.suggestion(session.needed_dataset()) or ""
    split_edits.change(keep_together=chosen, group_pattern=pattern)


def _show_stratifying(split: Split) -> None:
    shown_value.show(_key("stratify"), split.stratify)
    st.toggle(
        _("Same mix of classes in every part"),
        key=_key("stratify"),
        help=_(
            "Stratified: each class is divided by the shares on its own, so that no part is short of a class by chance."
        ),
        on_change=partial(_save, "stratify"),
    )


def _show_share(part: str, share: int, images: int) -> None:
    shown_value.show(_key(part), share)
    st.markdown(f"{part_badge(part)} **{translate(image_count(images))}**")
    st.number_input(
        _("{part} in percent").format(part=part_title(part)),
        0,
        ratios.WHOLE,
        key=_key(part),
        icon=":material/percent:",
        on_change=partial(_by_number, part),
        label_visibility="collapsed",
    )
    st.caption(_role(part))


def _role(part: str) -> str:
    return {
        "train": _("Sets the weights. In school: the exercises."),
        "validation": _("Never changes a weight, but steers your choices. In school: the mock exam."),
        "test": _("Used once, after every choice is made. In school: the real exam."),
    }[part]


def _show_seed(seed: int) -> None:
    shown_value.show(_key("seed"), seed)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(
            _("Seed"),
            0,
            _LARGEST_SEED,
            key=_key("seed"),
            help=_(
                "The same seed and the same images give the same split, on every computer. Another seed gives "
                "another split."
            ),
            on_change=partial(_save, "seed"),
            width=150,
        )
        st.button(_("Shuffle anew"), key="split_form_shuffle", icon=":material/shuffle:", on_click=_shuffle)


def _by_handles() -> None:
    _save_shares(ratios.between_handles(*st.session_state[_HANDLES]))


def _by_number(part: str) -> None:
    shares = ratios.percents(session.draft().split)
    _save_shares(ratios.with_share(shares, part, st.session_state[_key(part)]))


def _save_shares(shares: dict[str, int]) -> None:
    split_edits.save(ratios.with_percents(session.draft().split, shares))


def _shuffle() -> None:
    split_edits.change(seed=secrets.randbelow(10_000))


def _save(field: str) -> None:
    split_edits.change(**{field: st.session_state[_key(field)]})


def _key(field: str) -> str:
    return f"split_form_{field}"
