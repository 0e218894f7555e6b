"""Draws with the real Keras, JAX and Flax, and asks them for fans.

A line of the input is `file expression`; the file gets the expression's array in little-endian
float32. In the expression `keras` and `jax` are those packages, `init` is jax.nn.initializers, `nn`
flax.linen and `key(seed)` JAX's key; `keras_fans(layer, shape, ...)` and `flax_fans(module, shape,
...)` build a layer for inputs of these shapes, a None or a 1 for the batch, and give the fans that
the package's own function found for each kernel of another shape, in the order in which they are
first drawn. Whole numbers as inputs: `ids`. `keras_asks(initializer, shape)` gives what an initializer
of Keras asks of its backend: 0 for uniform, 1 for normal, 2 for truncated normal, and the two numbers.
Keras and Flax may be missing; then so are their names.
"""

import os
import sys

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import jax._src.nn.initializers as jax_initializers
import numpy

seen = {}
asked = []


def watch(module, name):
    """Every call of this function leaves its answer in `seen`, by the shape that it got."""
    own = getattr(module, name)

    def watched(shape, *arguments, **named):
        fans = own(shape, *arguments, **named)
        seen.setdefault(tuple(shape), [float(fan) for fan in fans])
        return fans

    setattr(module, name, watched)


def keras_fans(layer, *shapes):
    seen.clear()
    layer.build(*shapes)
    return sum(seen.values(), [])


def keras_asks(initializer, shape):
    asked.clear()
    initializer(shape)
    return asked


def overhear(random, number, op, first, second):
    """Every call of this op leaves its number and its two arguments in `asked`."""
    own = getattr(random, op)

    def heard(shape, **named):
        asked[:] = [number, named.get(first, 0), named.get(second, 1)]
        return own(shape=shape, **named)

    setattr(random, op, heard)


def flax_fans(module, *inputs):
    seen.clear()
    module.init(jax.random.key(0), *[jax.numpy.zeros(i) if isinstance(i, tuple) else i for i in inputs])
    return sum(seen.values(), [])


names = {
    "jax": jax,
    "init": jax.nn.initializers,
    "key": jax.random.key,
    "ids": jax.numpy.zeros((1, 2), int),
}
print("jax", jax.__version__)
watch(jax_initializers, "_compute_fans")

try:
    import keras
    import keras.src.initializers.random_initializers as keras_initializers

    print("keras", keras.__version__)
    watch(keras_initializers, "compute_fans")
    overhear(keras_initializers.random, 0, "uniform", "minval", "maxval")
    overhear(keras_initializers.random, 1, "normal", "mean", "stddev")
    overhear(keras_initializers.random, 2, "truncated_normal", "mean", "stddev")
    names.update(keras=keras, keras_fans=keras_fans, keras_asks=keras_asks)
except ImportError as missing:
    print("without Keras:", missing)

try:
    import flax
    from flax import linen as nn

    print("flax", flax.__version__)
    names.update(nn=nn, flax_fans=flax_fans)
except ImportError as missing:
    print("without Flax:", missing)

for line in sys.stdin:
    file, expression = line.strip().split(" ", 1)
    numpy.asarray(eval(expression, dict(names)), dtype="<f4").tofile(file)
