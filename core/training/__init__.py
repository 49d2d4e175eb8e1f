"""The processes that train: the only package that imports TensorFlow and Keras, imported by nobody but themselves."""

import os

# Read once, when TensorFlow and Keras are first imported, which every module below does later than this.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ["KERAS_BACKEND"] = "tensorflow"
if threads := os.environ.get("LAYERLAB_THREADS"):  # this process's share of the cores: see core.runs.threads
    computes_apart = os.environ.get("LAYERLAB_SHARES", "1") != "1"
    os.environ["TF_NUM_INTRAOP_THREADS"] = "1" if computes_apart else threads
    os.environ["TF_NUM_INTEROP_THREADS"] = threads
