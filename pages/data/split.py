"""Split: which images set the weights, which steer the choices, and which are kept for the last check."""

import streamlit as st

from ui import leak_box, part_examples, screen, session, split_form
from ui.charts import split_bar
from ui.markdown import plain
from ui.text import _, translate

screen.header(_("Split"), _("Divide the images so that the model is judged on images that it has never seen."))

dataset = session.needed_dataset()
split = session.draft().split
assignment = session.assignment()
counts = assignment.counts_per_class(dataset.class_names, dataset.images["label"])
sentence = split_bar.sentence(counts)

with st.container(border=True):
    st.altair_chart(split_bar.whole(counts), alt=sentence)
    split_form.show_shares(split, assignment.counts())

problems = session.problems_of_split()
for problem in problems:
    show = st.error if problem.forbids_training else st.warning
    show(
        plain(translate(problem.message)), icon=":material/error:" if problem.forbids_training else ":material/warning:"
    )

columns = st.grid(2, min_column_width=330, gap="large")
with columns.cell():
    st.subheader(_("How they are dealt out"), anchor=False)
    split_form.show_dealing(split)
    leak_box.show()
with columns.cell():
    st.subheader(_("Images per class and part"), anchor=False)
    st.altair_chart(split_bar.by_class(counts), alt=sentence)
    st.caption(sentence)
    with st.expander(_("As a table"), key="split_table", type="compact"):
        st.dataframe(split_bar.table(counts), hide_index=True, alt=_("Images per class and part"))

st.subheader(_("What landed where"), anchor=False)
part_examples.show(dataset, assignment)

is_blocked = any(problem.forbids_training for problem in problems)
screen.next_step(
    _("Go on to the layers"),
    "pages/model/layers.py",
    key="split_next",
    disabled=is_blocked,
    help=_("First mend what is said in red above.") if is_blocked else None,
)
