"""A screen that edits the draft of a project, and what a person reads and does on it."""

from dataclasses import dataclass
from typing import Any

from streamlit.testing.v1 import AppTest

from core.architecture import Layer
from core.recipe import Recipe
from core.runs import projects
from core.runs.database import Database


@dataclass(frozen=True)
class DraftScreen:
    """The app, open at a screen of the project."""

    app: AppTest
    database: Database
    project_id: str

    @property
    def draft(self) -> Recipe:
        """As the database keeps it."""
        draft = projects.get(self.database, self.project_id).draft
        assert draft is not None
        return draft

    @property
    def layers(self) -> tuple[Layer, ...]:
        return self.draft.layers

    @property
    def kinds(self) -> list[str]:
        return [layer.kind for layer in self.layers]

    @property
    def totals(self) -> dict[str, str]:
        return {metric.label: metric.value for metric in self.app.metric}

    @property
    def texts(self) -> str:
        return "\n".join(element.value for kind in (self.app.markdown, self.app.caption) for element in kind)

    @property
    def toasts(self) -> list[str]:
        return [toast.value for toast in self.app.toast]

    @property
    def errors(self) -> list[str]:
        return [error.value for error in self.app.error]

    def field(self, label: str) -> Any:
        """The one field that is called ``label``: keys of forms have a number in them that changes."""
        app = self.app
        kinds = (
            app.number_input,
            app.selectbox,
            app.toggle,
            app.text_area,
            app.radio,
            app.segmented_control,
            app.pills,
        )
        [found] = [widget for kind in kinds for widget in kind if widget.label == label]
        return found

    def fill(self, label: str, value: Any) -> None:
        self.field(label).set_value(value)
        self.run()

    def type_in(self, label: str, text: str) -> None:
        """Types what the field's menu does not offer; AppTest by itself sends nothing but what is offered."""
        field = self.field(label)
        field.options.append(text)
        field.set_value(text)
        self.run()

    def click(self, key: str) -> None:
        self.app.button(key=key).click()
        self.run()

    def choose(self, menu: str, option: str) -> None:
        self.app.menu_button(key=menu).click(option)
        self.run()

    def view(self, name: str) -> None:
        """Shows another side of the open layer: settings, numbers, sees or maps."""
        self.app.segmented_control(key="layer_inspector_view").set_value(name)
        self.run()

    def open_layer(self, *place: int) -> None:
        """What a click on its row does: the list itself is drawn by the browser."""
        self.app.session_state["opened_layer_place"] = place
        self.run()

    def run(self) -> None:
        self.app.run()
        assert not self.app.exception
