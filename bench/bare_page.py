"""The least that a Streamlit page can be: one number input and its readout. The measure for our own screens."""

import streamlit as st

filters = st.number_input("filters", 1, 8192, 32, key="filters")
st.text(f"24 × 24 × {filters}")
