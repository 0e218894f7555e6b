#!/usr/bin/env python3
"""PyTorch's time an update of a convolutional network on one thread: the peer of `initlab bench --architecture cnn`.

Trains InitLab's `cnn` with its usual arguments on 28x28x1 numbers: `depth` convolutions of 3x3 with a border of zeros and
relu, in two groups that end with a maximum over 2x2, [channels] in the first and twice as many in the second; then a
dense layer to 10 classes, softmax cross-entropy, plain SGD; one batch that stays in memory. As pytorch.py it measures
several ways to write the loop in turn, checks each against the others before, and prints a line of JSON for each number
of channels. "weights" is the number of all kernels' numbers, by which table.py sees that both sides train one network.
Not measured: GPUs, several threads, other optimizers than SGD, many networks at once.
"""
import argparse
import json
import math
import os
import sys

from pytorch import CLASSES, RATE, F, check, measure, torch

SIDE, KERNEL, HALVINGS, GROWTH = 28, 3, 2, 2
CONVOLUTION_BACKWARD = torch.ops.aten.convolution_backward
POOL_BACKWARD = torch.ops.aten.max_pool2d_with_indices_backward
RELU_BACKWARD = torch.ops.aten.threshold_backward


class Shape:
    """The convolutions of a network: (channels in, channels out, pooled afterwards), and what is left for the head."""

    def __init__(self, width, depth):
        self.convolutions = []
        channels, side = 1, SIDE
        for group in range(HALVINGS):
            count = depth // HALVINGS + (group < depth % HALVINGS)
            for i in range(count):
                out = width * GROWTH**group
                self.convolutions.append((channels, out, i == count - 1))
                channels = out
            side //= 2
        self.left = side * side * channels


def parameters(shape):
    """Glorot's uniform kernels, [out, in, 3, 3] and [classes, in], and biases of 0."""
    torch.manual_seed(7)
    taps = KERNEL * KERNEL
    sizes = [(out, channels, KERNEL, KERNEL) for channels, out, _ in shape.convolutions] + [(CLASSES, shape.left)]
    fans = [taps * (channels + out) for channels, out, _ in shape.convolutions] + [shape.left + CLASSES]
    kernels = [torch.empty(size).uniform_(-1, 1).mul_(math.sqrt(6 / fan)) for size, fan in zip(sizes, fans)]
    return kernels, [torch.zeros(size[0]) for size in sizes]


class Autograd:
    """Functional, with autograd.grad, SGD by hand under no_grad."""

    def __init__(self, shape, x, labels):
        self.shape, self.x, self.labels = shape, x, labels
        self.w, self.b = parameters(shape)
        self.all = [p.requires_grad_() for p in self.w + self.b]

    def gradients(self):
        z = self.x
        for w, b, (_, _, pooled) in zip(self.w, self.b, self.shape.convolutions):
            z = F.relu(F.conv2d(z, w, b, padding=1))
            z = F.max_pool2d(z, 2) if pooled else z
        loss = F.cross_entropy(F.linear(z.flatten(1), self.w[-1], self.b[-1]), self.labels)
        return torch.autograd.grad(loss, self.all)

    def update(self):
        gradients = self.gradients()
        with torch.no_grad():
            torch._foreach_add_(self.all, gradients, alpha=-RATE)


class Usual:
    """As tutorials write it: torch.nn.Sequential, torch.optim.SGD, loss.backward()."""

    layout = torch.contiguous_format

    def __init__(self, shape, x, labels):
        kernels, biases = parameters(shape)
        layers = []
        for channels, out, pooled in shape.convolutions:
            layers += [torch.nn.Conv2d(channels, out, KERNEL, padding=1), torch.nn.ReLU()]
            layers += [torch.nn.MaxPool2d(2)] if pooled else []
        self.net = torch.nn.Sequential(*layers, torch.nn.Flatten(), torch.nn.Linear(shape.left, CLASSES))
        holders = [layer for layer in self.net if hasattr(layer, "weight")]
        with torch.no_grad():
            for holder, w, b in zip(holders, kernels, biases):
                holder.weight.copy_(w)
                holder.bias.copy_(b)
        self.net = self.net.to(memory_format=self.layout)
        self.w = [holder.weight for holder in holders]
        self.b = [holder.bias for holder in holders]
        self.sgd = torch.optim.SGD(self.net.parameters(), lr=RATE)
        self.x, self.labels = x.contiguous(memory_format=self.layout), labels

    def update(self):
        self.sgd.zero_grad(set_to_none=True)
        F.cross_entropy(self.net(self.x), self.labels).backward()
        self.sgd.step()


class UsualLast(Usual):
    """The same with memory_format=torch.channels_last for the network and its examples."""

    layout = torch.channels_last


class Script(Usual):
    """The same network through torch.jit.script."""

    def __init__(self, shape, x, labels):
        super().__init__(shape, x, labels)
        self.net = torch.jit.script(self.net)


class ByHand:
    """No autograd: the backward functions of convolution, maximum and relu called one after another."""

    layout = torch.contiguous_format

    def __init__(self, shape, x, labels):
        self.shape = shape
        kernels, self.b = parameters(shape)
        self.w = [w.contiguous(memory_format=self.layout) if w.dim() == 4 else w for w in kernels]
        self.x = x.contiguous(memory_format=self.layout)
        self.hot = F.one_hot(labels, CLASSES).float()
        self.step = -RATE / len(labels)

    def update(self):
        with torch.inference_mode():
            below, active, z = [], [], self.x
            for w, b, (_, _, pooled) in zip(self.w, self.b, self.shape.convolutions):
                below.append(z)
                z = self.forward(z, w, b).relu_()
                chosen = None
                active.append((z, chosen))
                if pooled:
                    full = z
                    z, chosen = torch.ops.aten.max_pool2d_with_indices(z, [2, 2], [2, 2])
                    active[-1] = full, chosen
            flat = z.flatten(1)
            d = torch.addmm(self.b[-1], flat, self.w[-1].t()).softmax(1).sub_(self.hot)
            under = d.mm(self.w[-1]).view(z.shape)
            self.w[-1].addmm_(d.t(), flat, alpha=self.step)
            self.b[-1].add_(d.sum(0), alpha=self.step)
            d = under
            for l in range(len(below) - 1, -1, -1):
                full, chosen = active[l]
                if chosen is not None:
                    d = d.contiguous(memory_format=self.layout)
                    d = POOL_BACKWARD(d, full, [2, 2], [2, 2], [0, 0], [1, 1], False, chosen)
                d = self.backward(l, RELU_BACKWARD(d, full, 0), below[l])

    def forward(self, z, w, b):
        return F.conv2d(z, w, b, padding=1)

    def backward(self, l, d, z):
        """The step of layer l, and the gradient below it."""
        w, b = self.w[l], self.b[l]
        one, zero = [1, 1], [0, 0]
        under, dw, db = CONVOLUTION_BACKWARD(d, z, w, [len(b)], one, one, one, False, zero, 1, [l > 0, True, True])
        w.add_(dw, alpha=self.step)
        b.add_(db, alpha=self.step)
        return under


class ByHandLast(ByHand):
    """The same in torch.channels_last."""

    layout = torch.channels_last


class Unfold(ByHand):
    """By hand on patches, as InitLab does it: unfold, products, fold."""

    def forward(self, z, w, b):
        patches = F.unfold(z, KERNEL, padding=1)
        s = torch.matmul(w.view(len(b), -1), patches).add_(b.view(-1, 1))
        return s.view(len(z), len(b), *z.shape[2:])

    def backward(self, l, d, z):
        w, b = self.w[l], self.b[l]
        rows = w.view(len(b), -1)
        flat = d.reshape(len(d), len(b), -1)
        under = None
        if l > 0:
            under = F.fold(torch.matmul(rows.t(), flat), z.shape[2:], KERNEL, padding=1)
        patches = F.unfold(z, KERNEL, padding=1)
        rows.add_(torch.bmm(flat, patches.transpose(1, 2)).sum(0), alpha=self.step)
        b.add_(flat.sum((0, 2)), alpha=self.step)
        return under


LOOPS = {
    "usual": Usual,
    "channels_last": UsualLast,
    "script_autograd": Script,
    "autograd": Autograd,
    "by_hand": ByHand,
    "by_hand_last": ByHandLast,
    "unfold": Unfold,
}


def main():
    options = argparse.ArgumentParser(description="PyTorch's time an update of a cnn, one thread; JSON, a line a width.")
    options.add_argument("--widths", default="8,16,32,64", help="channels of the first group (default %(default)s)")
    options.add_argument("--depth", type=int, default=4, help="convolutions (default %(default)s)")
    options.add_argument("--batch", type=int, default=32, help="examples an update (default %(default)s)")
    options.add_argument("--seconds", type=float, default=1, help="measured for each loop and width (default %(default)s)")
    options.add_argument("--rounds", type=int, default=5, help="turns of all loops (default %(default)s)")
    given = options.parse_args()
    torch.set_num_threads(1)
    x = torch.rand(given.batch, 1, SIDE, SIDE)
    labels = torch.arange(given.batch) % CLASSES
    for width in map(int, given.widths.split(",")):
        shape = Shape(width, given.depth)
        loops = {name: make(shape, x, labels) for name, make in LOOPS.items()}
        for name, loop in loops.items():
            check(name, loop, Autograd(shape, x, labels))
        print(
            json.dumps(
                {
                    "width": width,
                    "depth": given.depth,
                    "batch": given.batch,
                    "weights": sum(w.numel() for w in parameters(shape)[0]),
                    "torch": torch.__version__,
                    "python": sys.version.split()[0],
                    "openblas_coretype": os.environ.get("OPENBLAS_CORETYPE", ""),
                    "loops": measure(loops, 1, given.seconds, given.rounds),
                }
            ),
            flush=True,
        )


if __name__ == "__main__":
    main()
