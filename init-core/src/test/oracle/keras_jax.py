"""Draws with the real Keras, JAX and Flax, and asks them for fans.

A line of the input is `file expression`; the file gets the expression's array in little-endian
float32. In the expression `keras` and `jax` are those packages, `init` is jax.nn.initializers, `nn`
flax.linen and `key(seed)` JAX's key; `keras_fans(layer, shape, ...)` and `flax_fans(module, shape,
...)` build a layer for inputs of these shapes, a None or a 1 for the batch, and give the fans that
the package's own function found for each kernel of another shape, in the order in which they are
first drawn. Whole numbers as inputs: `ids`.
"""

import os
import sys

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_PLATFORMS"] = "cpu"

import flax
import jax
import jax._src.nn.initializers as jax_initializers
import keras
import keras.src.initializers.random_initializers as keras_initializers
import numpy
from flax import linen as nn

seen = {}


def watch(module, name):
    """Every call of this function leaves its answer in `seen`, by the shape that it got."""
    own = getattr(module, name)

    def watched(shape, *arguments, **named):
        fans = own(shape, *arguments, **named)
        seen.setdefault(tuple(shape), [float(fan) for fan in fans])
        return fans

    setattr(module, name, watched)


watch(jax_initializers, "_compute_fans")
watch(keras_initializers, "compute_fans")


def keras_fans(layer, *shapes):
    seen.clear()
    layer.build(*shapes)
    return sum(seen.values(), [])


def flax_fans(module, *inputs):
    seen.clear()
    module.init(jax.random.key(0), *[jax.numpy.zeros(i) if isinstance(i, tuple) else i for i in inputs])
    return sum(seen.values(), [])


print("keras", keras.__version__)
print("jax", jax.__version__)
print("flax", flax.__version__)
names = {
    "keras": keras,
    "jax": jax,
    "init": jax.nn.initializers,
    "nn": nn,
    "key": jax.random.key,
    "ids": jax.numpy.zeros((1, 2), int),
    "keras_fans": keras_fans,
    "flax_fans": flax_fans,
}
for line in sys.stdin:
    file, expression = line.strip().split(" ", 1)
    numpy.asarray(eval(expression, dict(names)), dtype="<f4").tofile(file)
