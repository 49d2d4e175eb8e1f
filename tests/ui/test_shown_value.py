from streamlit.testing.v1 import AppTest


def screen() -> None:
    import streamlit as st

    from ui import shown_value

    shown_value.show("height", 28)
    st.number_input("Height", 1, 100, key="height")
    st.button("Again", key="again")


def test_the_browser_is_told_the_value_at_each_run_since_it_may_never_have_got_that_of_the_last():
    app = AppTest.from_function(screen, default_timeout=60).run()
    for _ in range(2):
        told = app.number_input(key="height").proto
        assert (told.set_value, told.value) == (True, 28)
        app.button(key="again").click().run()
