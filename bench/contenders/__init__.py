"""Who is compared: each contender is a process of its own, ``python -m bench.contenders.NAME``.

Those with PyTorch import nothing of Layerlab, since their Python may be one that has nothing else of ours.
"""
