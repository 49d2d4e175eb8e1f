"""Split: which images set the weights, which steer the choices, and which are kept for the last check."""

import streamlit as st

from ui import (
    deviation_table,
    fold_form,
    given_parts_form,
    group_form,
    leak_box,
    leak_demo,
    leak_pairs,
    look_alike_search,
    part_examples,
    screen,
    session,
    split_form,
    test_size_panel,
)
from ui.charts import split_bar
from ui.markdown import plain
from ui.text import _, translate

screen.header(_("Split"), _("Divide the images so that the model is judged on images that it has never seen."))

dataset = session.needed_dataset()
split = session.draft().split
assignment = session.assignment()
has_classes = not dataset.predicts_numbers
counts = assignment.counts_per_class(dataset.class_names if has_classes else [""], dataset.images["label"])
sentence = split_bar.sentence(counts)

with st.container(border=True):
    with st.container(horizontal=True, vertical_alignment="bottom", gap="large"):
        fold_form.show_kind(split)
        with st.container(gap="xsmall"):
            given_parts_form.show(split, dataset)
    if split.folds:
        fold_form.show(split, assignment.counts()["test"])
    else:
        st.altair_chart(split_bar.whole(counts), alt=sentence)
        if given_parts_form.leaves_shares(split, dataset):
            split_form.show_shares(split, assignment.counts())
        else:
            split_form.show_counts(assignment.counts())

problems = session.problems_of_split()
is_blocked = any(problem.forbids_training for problem in problems)
for problem in problems:
    show = st.error if problem.forbids_training else st.warning
    show(
        plain(translate(problem.message)), icon=":material/error:" if problem.forbids_training else ":material/warning:"
    )

columns = st.grid(2, min_column_width=330, gap="large")
with columns.cell():
    st.subheader(_("How they are dealt out"), anchor=False)
    split_form.show_dealing(split, has_classes=has_classes)
    if split.keep_together == "group":
        group_form.show(split, dataset)
    if split.keep_together == "near":
        look_alike_search.show()
    leak_box.show()
with columns.cell():
    if has_classes:
        st.subheader(_("Images per class and part"), anchor=False)
        st.altair_chart(split_bar.by_class(counts), alt=sentence)
        st.caption(sentence)
        with st.expander(_("As a table"), key="split_table", type="compact"):
            st.dataframe(split_bar.table(counts), hide_index=True, alt=_("Images per class and part"))
        deviation_table.show(dataset, assignment)

leak_pairs.show(leak_box.report())

st.subheader(_("What landed where"), anchor=False)
part_examples.show(dataset, assignment)

if leak_demo.is_worthwhile():
    leak_demo.show(is_blocked=is_blocked)

if has_classes:
    with st.expander(_("How large must the test set be?"), key="split_test_size", icon=":material/straighten:"):
        test_size_panel.show(assignment.counts()["test"])

screen.next_step(
    _("Go on to the layers"),
    "pages/model/layers.py",
    key="split_next",
    disabled=is_blocked,
    help=_("First mend what is said in red above.") if is_blocked else None,
)
