#!/usr/bin/env python3
"""Writes the Keras models beside this script, whose fate is known, and the three programs of the article in ../keras, in
the notation of Keras 3's to_json(). dl4j-lecun-uniform.json and the files in ../dl4j are Deeplearning4j's own toJson().
python3 models.py"""
import json
import pathlib

HERE = pathlib.Path(__file__).parent


def obj(module, kind, **config):
    return {"module": module, "class_name": kind, "config": config, "registered_name": None}


def init(kind, **config):
    return obj("keras.initializers", kind, **config)


GLOROT = init("GlorotUniform", seed=None)
DTYPE = obj("keras", "DTypePolicy", name="float32")


def layer(kind, name, shape=None, **config):
    one = obj("keras.layers", kind, name=name, trainable=True, dtype=DTYPE, **config)
    if shape:
        one["build_config"] = {"input_shape": [None] + shape}
    return one


def entrance(shape):
    return obj("keras.layers", "InputLayer", batch_shape=[None] + shape, dtype="float32", sparse=False, ragged=False,
               name="input_layer")


def dense(name, units, activation, initializer, shape):
    return layer("Dense", name, shape, units=units, activation=activation, use_bias=True,
                 kernel_initializer=initializer, bias_initializer=init("Zeros"), kernel_regularizer=None,
                 bias_regularizer=None, kernel_constraint=None, bias_constraint=None)


def conv(name, filters, activation, initializer, shape):
    return layer("Conv2D", name, shape, filters=filters, kernel_size=[3, 3], strides=[1, 1], padding="same",
                 data_format="channels_last", dilation_rate=[1, 1], groups=1, activation=activation, use_bias=True,
                 kernel_initializer=initializer, bias_initializer=init("Zeros"), kernel_regularizer=None,
                 bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None)


def pool(name):
    return layer("MaxPooling2D", name, pool_size=[2, 2], padding="valid", strides=[2, 2], data_format="channels_last")


def sequential(path, name, shape, layers):
    shape = [None] + shape
    config = {"name": name, "trainable": True, "dtype": DTYPE, "layers": layers, "build_input_shape": shape}
    model = {"module": "keras", "class_name": "Sequential", "config": config, "registered_name": None,
             "build_config": {"input_shape": shape}, "compile_config": None}
    (HERE / path).write_text(json.dumps(model) + "\n")


def mlp(path, name, depth, width, activation, initializer, inputs):
    layers, last = [entrance([inputs])], inputs
    for i in range(depth):
        layers.append(dense(f"dense_{i}" if i else "dense", width, activation, initializer, [last]))
        last = width
    sequential(path, name, [inputs], layers + [dense(f"dense_{depth}", 10, "softmax", GLOROT, [last])])


if __name__ == "__main__":
    mlp("sigmoid-keras-defaults.json", "sigmoid_5x1000", 5, 1000, "sigmoid", GLOROT, 784)
    mlp("relu-glorot-uniform.json", "relu_30", 30, 256, "relu", GLOROT, 256)
    mlp("relu-he-normal.json", "relu_30_he", 30, 256, "relu", init("HeNormal", seed=None), 256)
    gain = init("VarianceScaling", scale=25 / 9, mode="fan_in", distribution="untruncated_normal", seed=None)
    mlp("tanh-pytorch-gain.json", "tanh_30", 30, 256, "tanh", gain, 256)
    mlp("selu-lecun-normal.json", "selu_30", 30, 256, "selu", init("LecunNormal", seed=None), 256)
    mlp("tanh-unit-normal.json", "tanh_5_naive", 5, 256, "tanh", init("RandomNormal", mean=0.0, stddev=1.0, seed=None),
        784)
    sequential("../keras/article-dense.json", "sequential", [100],
               [entrance([100]), dense("dense", 50, "linear", GLOROT, [100])])
    sequential("../keras/article-conv.json", "sequential_1", [32, 32, 3],
               [entrance([32, 32, 3]), conv("conv2d", 32, "linear", init("GlorotNormal", seed=None), [32, 32, 3])])
    sequential("../keras/article-cnn.json", "sequential_2", [28, 28, 1],
               [entrance([28, 28, 1]), conv("conv2d", 32, "relu", GLOROT, [28, 28, 1]), pool("max_pooling2d"),
                conv("conv2d_1", 64, "relu", GLOROT, [14, 14, 32]), pool("max_pooling2d_1"),
                layer("Flatten", "flatten", data_format="channels_last"),
                dense("dense", 128, "relu", GLOROT, [3136]), dense("dense_1", 10, "softmax", GLOROT, [128])])
