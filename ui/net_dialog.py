"""The net as text and as a file: to copy, to paste, to save, and to bring in from elsewhere."""

import streamlit as st

from core.architecture import Summary, summarize
from core.architecture.layers.dense import Dense
from core.architecture.layers.flatten import Flatten
from core.errors import LayerlabError
from core.message import say, times
from core.net_file import SUFFIXES, NetFile, read_net, read_net_text
from core.recipe import Recipe, dump, dump_layers
from ui import opened_layer, screen, session
from ui.bricks.drawing import svg_file
from ui.markdown import plain
from ui.text import _, ngettext, translate

_TEXT = "net_dialog_text"
_FILE = "net_dialog_file"
_LARGEST_MEGABYTES = 200


def show() -> None:
    """Draws the button that opens the dialog."""
    if st.button(_("Text and files"), key="net_dialog_open", icon=":material/description:", type="tertiary"):
        _open()


def _open() -> None:
    @st.dialog(_("This net as text and as a file"), width="large", icon=":material/description:")
    def dialog() -> None:
        copying, pasting, bringing = st.tabs([_("Copy and save"), _("Paste"), _("Bring in a file")])
        with copying:
            _show_text(session.draft())
        with pasting:
            _show_paste()
        with bringing:
            _show_upload()

    dialog()


def _show_text(recipe: Recipe) -> None:
    st.code(dump_layers(recipe.layers), language="yaml", height=320)
    with st.container(horizontal=True):
        _show_downloads(recipe)


def _show_downloads(recipe: Recipe) -> None:
    st.download_button(
        _("Save the picture"),
        svg_file(recipe.summary(), recipe.image.shape),
        file_name="net.svg",
        mime="image/svg+xml",
        key="net_dialog_picture",
        icon=":material/image:",
        help=_("The net as bricks, as an SVG file to print."),
    )
    st.download_button(
        _("Save the whole recipe"),
        dump(recipe),
        file_name="recipe.yaml",
        mime="application/yaml",
        key="net_dialog_save",
        icon=":material/download:",
        help=_("Image size, split, layers and training: what the command line trains."),
    )


def _show_paste() -> None:
    text = st.text_area(
        _("Layers as text"),
        key=_TEXT,
        height=280,
        placeholder=dump_layers((Flatten(), Dense(units=10, activation="softmax"))),
        help=_("The layers of a recipe, a whole recipe, or what model.to_json() of Keras gives."),
    )
    if text.strip():
        _offer("paste", lambda: read_net_text(text, _("The text")))


def _show_upload() -> None:
    file = st.file_uploader(
        _("A recipe (.yaml, .json) or a model of Keras (.keras, or the JSON of model.to_json())"),
        type=list(SUFFIXES),
        key=_FILE,
        max_upload_size=_LARGEST_MEGABYTES,
    )
    if file is not None:
        _offer("file", lambda: read_net(file.getvalue(), file.name))


def _offer(name: str, read) -> None:
    """What was read, and the button that takes it over; or why it cannot be read."""
    try:
        net = read()
    except LayerlabError as error:
        screen.explain(error)
        return
    recipe = session.draft()
    shape = (net.recipe or recipe).image.shape
    summary = summarize(net.layers, shape)
    st.markdown(_in_short(summary))
    for note in net.notes:
        st.caption(f":material/info: {plain(translate(note))}")
    if net.recipe is None and net.input_shape not in (None, recipe.image.shape):
        st.caption(
            _(
                ":material/info: The model was made for images of {theirs}; those of this project stay at {ours}."
            ).format(theirs=times(net.input_shape or ()), ours=times(recipe.image.shape))
        )
    label = _("Replace the whole recipe") if net.recipe else _("Replace the layers")
    if st.button(label, key=f"net_dialog_take_{name}", type="primary", icon=":material/check:"):
        _take(net)


def _in_short(summary: Summary) -> str:
    count = len(summary.readouts)
    layers = ngettext("**{count}** layer", "**{count}** layers", count).format(count=count)
    parameters = _("**{parameters:,}** parameters").format(parameters=summary.parameters)
    if summary.problems:
        return f"{layers} · :orange[:material/warning: {plain(translate(summary.problems[0].message))}]"
    return f"{layers} · {parameters}"


def _take(net: NetFile) -> None:
    recipe = net.recipe or session.draft().model_copy(update={"layers": net.layers})
    if recipe == session.draft():
        screen.fresh(say("That is the net that is here already."))
        st.rerun()
    session.renew_forms()
    session.save_draft(recipe)
    opened_layer.open_at((0,))
    screen.fresh(say("The net was taken over. Undo brings back the one before."))
    st.rerun()
