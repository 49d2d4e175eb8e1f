"""Layerlab as a contender, with the threads that the engine would give it."""

from bench.contender import Script
from bench.work import recipe
from core.runs.machine import cores
from core.runs.threads import Threads

SCRIPT = Script("layerlab", environment=Threads.for_recipe(recipe(epochs=1), cores()).environment)
