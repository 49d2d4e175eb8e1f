"""One split or k folds: how many folds, and which part of the images each of them validates."""

import streamlit as st

from core.split import Split
from core.split.settings import MOST_FOLDS
from ui import ratios, session, shown_value, split_edits
from ui.charts import fold_bars
from ui.data_line import image_count
from ui.parts import part_badge
from ui.text import _, translate

FRESH_FOLDS = 5
_KIND, _FOLDS, _FOLD, _TEST = "fold_form_kind", "fold_form_folds", "fold_form_fold", "fold_form_test"
_ONE, _MANY = "one", "folds"


def show_kind(split: Split) -> None:
    """Draws the choice between one split and several folds."""
    names = {_ONE: _("One split"), _MANY: _("k folds")}
    shown_value.show(_KIND, _MANY if split.folds else _ONE)
    st.segmented_control(
        _("Kind of split"),
        list(names),
        format_func=names.__getitem__,
        key=_KIND,
        required=True,
        help=_(
            "With k folds, the model is trained k times, and each time another part of the images validates. The mean "
            "of the k results depends less on chance than one result, and their spread tells how much it does."
        ),
        on_change=_save_kind,
    )


def show(split: Split, test_images: int) -> None:
    """Draws the folds of ``split`` with their settings; ``test_images`` is how many are set aside for the test."""
    _show_settings(split, test_images)
    rows = fold_bars.table(session.assignments_of_folds())
    sentence = fold_bars.sentence(rows)
    st.altair_chart(fold_bars.draw(rows, split.fold), alt=sentence)
    st.caption(sentence)
    with st.expander(_("As a table"), key="fold_form_table", type="compact"):
        st.dataframe(fold_bars.wide(rows), hide_index=True, alt=_("Images per fold and part"))


def _show_settings(split: Split, test_images: int) -> None:
    shown_value.show(_FOLDS, split.folds)
    shown_value.show(_FOLD, split.fold)
    shown_value.show(_TEST, ratios.percents(split)["test"])
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.number_input(
            _("Folds (k)"),
            2,
            MOST_FOLDS,
            key=_FOLDS,
            width=130,
            help=_("Five or ten is usual. More folds leave more images for each training, and take longer."),
            on_change=_save_folds,
        )
        st.selectbox(
            _("Fold shown below"),
            list(range(split.folds)),
            format_func=lambda fold: _("Fold {number}").format(number=fold + 1),
            key=_FOLD,
            width=150,
            help=_("Which fold validates in the pictures and tables of this screen. All folds are trained."),
            on_change=lambda: split_edits.change(fold=st.session_state[_FOLD]),
        )
        if not split.given:
            st.number_input(
                _("Test in percent"),
                0,
                ratios.WHOLE - 1,
                key=_TEST,
                icon=":material/percent:",
                width=150,
                help=_("Set aside first: no fold ever sees these images."),
                on_change=_save_test,
            )
        st.markdown(f"{part_badge('test')} **{translate(image_count(test_images))}**", width="content")


def _save_kind() -> None:
    folds = FRESH_FOLDS if st.session_state[_KIND] == _MANY else 0
    split_edits.change(folds=folds, fold=0)


def _save_folds() -> None:
    folds = st.session_state[_FOLDS]
    split_edits.change(folds=folds, fold=min(session.draft().split.fold, folds - 1))


def _save_test() -> None:
    split = session.draft().split
    shares = ratios.with_share(ratios.percents(split), "test", st.session_state[_TEST])
    split_edits.save(ratios.with_percents(split, shares))
