"""The product: datasets, splits, architectures, training, evaluation. It knows no Streamlit; see
docs/architecture.md."""
