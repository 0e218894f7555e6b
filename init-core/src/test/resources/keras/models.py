#!/usr/bin/env python3
"""Writes the model files beside this script: the public architectures, layer by layer, in the notation of Keras's
to_json(). Keras 2 for VGG16 and MobileNet, Keras 3 for ResNet50 and the text model. python3 models.py"""
import json
import pathlib

HERE = pathlib.Path(__file__).parent
GLOROT = {"class_name": "GlorotUniform", "config": {"seed": None}}
ZEROS = {"class_name": "Zeros", "config": {}}
ORTHOGONAL = {"class_name": "OrthogonalInitializer", "config": {"gain": 1.0, "seed": None}}


class Functional:
    """A Functional model that grows call by call."""

    def __init__(self, name, version, shape):
        self.name, self.version, self.layers = name, version, []
        self.input = self.add("InputLayer", "input", [], batch_shape=[None] + shape)

    def add(self, kind, name, inputs, **config):
        config = {"name": name, "trainable": True, **config}
        if self.version == 2:
            if "batch_shape" in config:
                config["batch_input_shape"] = config.pop("batch_shape")
            nodes = [[[i, 0, 0, {}] for i in inputs]] if inputs else []
            layer = {"class_name": kind, "config": config, "name": name, "inbound_nodes": nodes}
        else:
            tensors = [
                {"class_name": "__keras_tensor__",
                 "config": {"shape": [], "dtype": "float32", "keras_history": [i, 0, 0]}} for i in inputs]
            args = [tensors] if len(tensors) > 1 else tensors
            nodes = [{"args": args, "kwargs": {}}] if inputs else []
            layer = {"module": "keras.layers", "class_name": kind, "config": config, "registered_name": None,
                     "name": name, "inbound_nodes": nodes}
        self.layers.append(layer)
        return name

    def conv(self, x, name, filters, size, strides=1, padding="same", activation="linear", use_bias=True):
        return self.add("Conv2D", name, [x], filters=filters, kernel_size=[size, size], strides=[strides, strides],
                        padding=padding, data_format="channels_last", dilation_rate=[1, 1], groups=1,
                        activation=activation, use_bias=use_bias, kernel_initializer=GLOROT, bias_initializer=ZEROS)

    def dense(self, x, name, units, activation):
        return self.add("Dense", name, [x], units=units, activation=activation, use_bias=True,
                        kernel_initializer=GLOROT, bias_initializer=ZEROS)

    def norm(self, x, name):
        return self.add("BatchNormalization", name, [x], axis=[3] if self.version == 2 else -1, momentum=0.99,
                        epsilon=1e-3, center=True, scale=True)

    def relu(self, x, name):
        return self.add("Activation", name, [x], activation="relu")

    def write(self):
        end = self.layers[-1]["name"]
        ends = [["input", 0, 0]], [[end, 0, 0]]
        model = {"class_name": "Functional",
                 "config": {"name": self.name, "trainable": True, "layers": self.layers,
                            "input_layers": ends[0], "output_layers": ends[1]}}
        if self.version == 2:
            model.update(keras_version="2.15.0", backend="tensorflow")
        else:
            model = {"module": "keras", **model, "registered_name": "Functional", "build_config": {}}
        (HERE / f"{self.name}.json").write_text(json.dumps(model) + "\n")


def vgg16():
    m = Functional("vgg16", 2, [224, 224, 3])
    x = m.input
    for block, (convs, filters) in enumerate(((2, 64), (2, 128), (3, 256), (3, 512), (3, 512)), 1):
        for i in range(1, convs + 1):
            x = m.conv(x, f"block{block}_conv{i}", filters, 3, activation="relu")
        x = m.add("MaxPooling2D", f"block{block}_pool", [x], pool_size=[2, 2], strides=[2, 2], padding="valid",
                  data_format="channels_last")
    x = m.add("Flatten", "flatten", [x], data_format="channels_last")
    x = m.dense(x, "fc1", 4096, "relu")
    x = m.dense(x, "fc2", 4096, "relu")
    m.dense(x, "predictions", 1000, "softmax")
    m.write()


def resnet50():
    m = Functional("resnet50", 3, [224, 224, 3])
    x = m.add("ZeroPadding2D", "conv1_pad", [m.input], padding=[[3, 3], [3, 3]], data_format="channels_last")
    x = m.relu(m.norm(m.conv(x, "conv1_conv", 64, 7, 2, "valid"), "conv1_bn"), "conv1_relu")
    x = m.add("ZeroPadding2D", "pool1_pad", [x], padding=[[1, 1], [1, 1]], data_format="channels_last")
    x = m.add("MaxPooling2D", "pool1_pool", [x], pool_size=[3, 3], strides=[2, 2], padding="valid",
              data_format="channels_last")
    for stack, (filters, blocks) in enumerate(((64, 3), (128, 4), (256, 6), (512, 3)), 2):
        for block in range(1, blocks + 1):
            name = f"conv{stack}_block{block}"
            strides = 2 if block == 1 and stack > 2 else 1
            skip = x
            if block == 1:
                skip = m.norm(m.conv(x, name + "_0_conv", 4 * filters, 1, strides, "valid"), name + "_0_bn")
            y = m.relu(m.norm(m.conv(x, name + "_1_conv", filters, 1, strides, "valid"), name + "_1_bn"),
                       name + "_1_relu")
            y = m.relu(m.norm(m.conv(y, name + "_2_conv", filters, 3), name + "_2_bn"), name + "_2_relu")
            y = m.norm(m.conv(y, name + "_3_conv", 4 * filters, 1, 1, "valid"), name + "_3_bn")
            x = m.relu(m.add("Add", name + "_add", [skip, y]), name + "_out")
    x = m.add("GlobalAveragePooling2D", "avg_pool", [x], data_format="channels_last", keepdims=False)
    m.dense(x, "predictions", 1000, "softmax")
    m.write()


def mobilenet():
    m = Functional("mobilenet", 2, [224, 224, 3])
    x = m.norm(m.conv(m.input, "conv1", 32, 3, 2, use_bias=False), "conv1_bn")
    x = m.add("ReLU", "conv1_relu", [x], max_value=6.0, negative_slope=0.0, threshold=0.0)
    blocks = [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2)] + [(512, 1)] * 5 + [(1024, 2), (1024, 1)]
    for i, (filters, strides) in enumerate(blocks, 1):
        if strides == 2:
            x = m.add("ZeroPadding2D", f"conv_pad_{i}", [x], padding=[[0, 1], [0, 1]], data_format="channels_last")
        x = m.add("DepthwiseConv2D", f"conv_dw_{i}", [x], kernel_size=[3, 3], strides=[strides, strides],
                  padding="same" if strides == 1 else "valid", data_format="channels_last", dilation_rate=[1, 1],
                  depth_multiplier=1, use_bias=False, activation="linear", depthwise_initializer=GLOROT,
                  bias_initializer=ZEROS)
        x = m.norm(x, f"conv_dw_{i}_bn")
        x = m.add("ReLU", f"conv_dw_{i}_relu", [x], max_value=6.0, negative_slope=0.0, threshold=0.0)
        x = m.norm(m.conv(x, f"conv_pw_{i}", filters, 1, use_bias=False), f"conv_pw_{i}_bn")
        x = m.add("ReLU", f"conv_pw_{i}_relu", [x], max_value=6.0, negative_slope=0.0, threshold=0.0)
    x = m.add("GlobalAveragePooling2D", "global_average_pooling2d", [x], data_format="channels_last", keepdims=True)
    x = m.add("Dropout", "dropout", [x], rate=0.001, noise_shape=None, seed=None)
    x = m.conv(x, "conv_preds", 1000, 1)
    x = m.add("Reshape", "reshape_2", [x], target_shape=[1000])
    m.add("Activation", "predictions", [x], activation="softmax")
    m.write()


def text():
    """A text classifier: an embedding of 20,000 words, an LSTM, a sigmoid. Sequential, Keras 3."""
    uniform = {"module": "keras.initializers", "class_name": "RandomUniform",
               "config": {"minval": -0.05, "maxval": 0.05, "seed": None}, "registered_name": None}
    layers = [
        {"module": "keras.layers", "class_name": "InputLayer",
         "config": {"batch_shape": [None, 80], "dtype": "int32", "name": "words"}, "registered_name": None},
        {"module": "keras.layers", "class_name": "Embedding",
         "config": {"name": "embedding", "input_dim": 20000, "output_dim": 128, "embeddings_initializer": uniform},
         "registered_name": None},
        {"module": "keras.layers", "class_name": "LSTM",
         "config": {"name": "lstm", "units": 128, "return_sequences": False, "activation": "tanh",
                    "recurrent_activation": "sigmoid", "use_bias": True, "kernel_initializer": GLOROT,
                    "recurrent_initializer": ORTHOGONAL, "bias_initializer": ZEROS, "unit_forget_bias": True},
         "registered_name": None},
        {"module": "keras.layers", "class_name": "Dense",
         "config": {"name": "dense", "units": 1, "activation": "sigmoid", "use_bias": True,
                    "kernel_initializer": GLOROT, "bias_initializer": ZEROS}, "registered_name": None},
    ]
    model = {"module": "keras", "class_name": "Sequential",
             "config": {"name": "text", "trainable": True, "layers": layers, "build_input_shape": [None, 80]},
             "registered_name": None, "build_config": {"input_shape": [None, 80]}}
    (HERE / "text.json").write_text(json.dumps(model) + "\n")


if __name__ == "__main__":
    vgg16()
    resnet50()
    mobilenet()
    text()
