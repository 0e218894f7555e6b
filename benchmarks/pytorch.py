#!/usr/bin/env python3
"""PyTorch's time an update on one thread: the peer of `initlab bench`.

Trains 784-[width]*depth-10 with softmax cross-entropy and plain SGD on one batch of examples that stays in memory
(no time for data), in several ways, in turn, and prints a line of JSON for each width:

    {"width": 32, ..., "loops": {"autograd": {"us": 310.2, "spread": 0.02, "wall_us": 311.0}, ...}, "ensemble": {...}}

"us" is the median over the rounds of the processor time of the whole process an update, in microseconds (for the
ensembles: an update of one of the networks); "spread" is (largest - smallest) / median over the rounds; "wall_us" is the
median by the wall clock. Every loop is checked against autograd before it is timed: after three updates from the same
weights all parameters must agree to 1e-5. Not measured: GPUs, several threads, optimizers other than SGD.
"""
import argparse
import json
import math
import os
import statistics
import sys
import time

try:
    import torch
    import torch.nn.functional as F
except ModuleNotFoundError:
    sys.exit("pytorch.py: PyTorch is missing. On Debian: apt-get install python3-torch libopenblas0-pthread")

INPUTS, CLASSES, RATE = 784, 10, 0.001
TANH_BACKWARD = torch.ops.aten.tanh_backward.grad_input


def parameters(width, depth, copies=None):
    """Glorot's uniform kernels [in, out] and biases of 0; with copies, that many networks stacked."""
    torch.manual_seed(7)
    sizes = [INPUTS] + [width] * depth + [CLASSES]
    stack = () if copies is None else (copies,)
    kernels, biases = [], []
    for fan_in, fan_out in zip(sizes, sizes[1:]):
        bound = math.sqrt(6 / (fan_in + fan_out))
        kernels.append(torch.empty(*stack, fan_in, fan_out).uniform_(-bound, bound))
        biases.append(torch.zeros(*stack, 1, fan_out) if stack else torch.zeros(fan_out))
    return kernels, biases


class Autograd:
    """As a user writes it, without modules: addmm, tanh, cross_entropy, autograd.grad, SGD by hand under no_grad."""

    def __init__(self, width, depth, x, labels):
        self.w, self.b = parameters(width, depth)
        self.all = [p.requires_grad_() for p in self.w + self.b]
        self.x, self.labels = x, labels

    def gradients(self):
        z = self.x
        for w, b in zip(self.w[:-1], self.b[:-1]):
            z = torch.tanh(torch.addmm(b, z, w))
        loss = F.cross_entropy(torch.addmm(self.b[-1], z, self.w[-1]), self.labels)
        return torch.autograd.grad(loss, self.all)

    def update(self):
        gradients = self.gradients()
        with torch.no_grad():
            for p, g in zip(self.all, gradients):
                p.add_(g, alpha=-RATE)


class AutogradForeach(Autograd):
    """The same with one torch._foreach_add_ for all parameters."""

    def update(self):
        gradients = self.gradients()
        with torch.no_grad():
            torch._foreach_add_(self.all, gradients, alpha=-RATE)


class Usual:
    """As tutorials write it: torch.nn.Sequential, torch.optim.SGD, loss.backward()."""

    def __init__(self, width, depth, x, labels):
        kernels, biases = parameters(width, depth)
        layers = []
        for w, b in zip(kernels, biases):
            linear = torch.nn.Linear(*w.shape)
            with torch.no_grad():
                linear.weight.copy_(w.t())
                linear.bias.copy_(b)
            layers += [linear, torch.nn.Tanh()]
        self.net = torch.nn.Sequential(*layers[:-1])
        linears = [layer for layer in self.net if isinstance(layer, torch.nn.Linear)]
        self.w = [layer.weight.t() for layer in linears]
        self.b = [layer.bias for layer in linears]
        self.sgd = torch.optim.SGD(self.net.parameters(), lr=RATE)
        self.x, self.labels = x, labels

    def update(self):
        self.sgd.zero_grad(set_to_none=True)
        F.cross_entropy(self.net(self.x), self.labels).backward()
        self.sgd.step()


class ByHand:
    """No autograd: the gradients written out, and SGD folded into the products (addmm_ with alpha = -rate)."""

    def __init__(self, width, depth, x, labels):
        self.w, self.b = parameters(width, depth)
        self.x = x
        self.hot = F.one_hot(labels, CLASSES).float()
        self.step = -RATE / len(labels)

    def update(self):
        with torch.inference_mode():
            by_hand(self.w, self.b, self.x, self.hot, self.step)


def by_hand(w, b, x, hot, step):
    z = [x]
    for l in range(len(w) - 1):
        z.append(torch.addmm(b[l], z[l], w[l]).tanh_())
    d = torch.addmm(b[-1], z[-1], w[-1]).softmax(1).sub_(hot)
    for l in range(len(w) - 1, 0, -1):
        below = torch.ops.aten.tanh_backward(d.mm(w[l].t()), z[l])
        w[l].addmm_(z[l].t(), d, alpha=step)
        b[l].add_(d.sum(0), alpha=step)
        d = below
    w[0].addmm_(x.t(), d, alpha=step)
    b[0].add_(d.sum(0), alpha=step)


class InPlace(ByHand):
    """ByHand on memory and views taken once (out=...), the bias's gradient and step in one addmv_."""

    def __init__(self, width, depth, x, labels):
        super().__init__(width, depth, x, labels)
        n, layers = len(labels), range(len(self.w))
        z = [x] + [torch.empty(n, self.w[l].shape[1]) for l in layers]
        d = [None] + [torch.empty_like(z[l + 1]) for l in layers]
        self.ones = torch.ones(n)
        self.forward = [(self.b[l], z[l], self.w[l], z[l + 1]) for l in layers]
        self.output = z[-1], d[-1]
        self.backward = [
            (d[l + 1], self.w[l].t(), d[l], z[l], z[l].t(), self.w[l], self.b[l], d[l + 1].t()) for l in layers[:0:-1]
        ]
        self.first = x.t(), d[1], d[1].t()

    def update(self):
        addmm, mm, tanh_backward, step, ones = torch.addmm, torch.mm, TANH_BACKWARD, self.step, self.ones
        with torch.inference_mode():
            for b, below, w, above in self.forward[:-1]:
                addmm(b, below, w, out=above).tanh_()
            b, below, w, scores = self.forward[-1]
            addmm(b, below, w, out=scores)
            torch.softmax(scores, 1, out=self.output[1]).sub_(self.hot)
            for d, turned, below, z, z_turned, w, b, d_turned in self.backward:
                mm(d, turned, out=below)
                w.addmm_(z_turned, d, alpha=step)
                b.addmv_(d_turned, ones, alpha=step)
                tanh_backward(below, z, grad_input=below)
            x_turned, d, d_turned = self.first
            self.w[0].addmm_(x_turned, d, alpha=step)
            self.b[0].addmv_(d_turned, ones, alpha=step)


@torch.jit.script
def by_hand_script(w: list[torch.Tensor], b: list[torch.Tensor], x: torch.Tensor, hot: torch.Tensor, step: float):
    z = [x]
    last = len(w) - 1
    for l in range(last):
        z.append(torch.addmm(b[l], z[l], w[l]).tanh_())
    d = torch.addmm(b[last], z[last], w[last]).softmax(1).sub_(hot)
    for i in range(last):
        l = last - i
        below = torch.ops.aten.tanh_backward(d.mm(w[l].t()), z[l])
        w[l].addmm_(z[l].t(), d, alpha=step)
        b[l].add_(d.sum([0]), alpha=step)
        d = below
    w[0].addmm_(x.t(), d, alpha=step)
    b[0].add_(d.sum([0]), alpha=step)


class Script(ByHand):
    """ByHand through torch.jit.script: not eager any more, but without Python between the operations."""

    def update(self):
        with torch.inference_mode():
            by_hand_script(self.w, self.b, self.x, self.hot, self.step)


class Ensemble:
    """Many networks side by side, by hand: each product one baddbmm over the stack."""

    def __init__(self, width, depth, x, labels, copies):
        self.w, self.b = parameters(width, depth, copies)
        self.x = x.expand(copies, *x.shape).contiguous()
        self.hot = F.one_hot(labels, CLASSES).float()
        self.step = -RATE / len(labels)

    def update(self):
        with torch.inference_mode():
            w, b, step = self.w, self.b, self.step
            z = [self.x]
            for l in range(len(w) - 1):
                z.append(torch.baddbmm(b[l], z[l], w[l]).tanh_())
            d = torch.baddbmm(b[-1], z[-1], w[-1]).softmax(2).sub_(self.hot)
            for l in range(len(w) - 1, -1, -1):
                if l > 0:
                    below = torch.ops.aten.tanh_backward(d.bmm(w[l].transpose(1, 2)), z[l])
                w[l].baddbmm_(z[l].transpose(1, 2), d, alpha=step)
                b[l].add_(d.sum(1, keepdim=True), alpha=step)
                d = below


class Vmap:
    """Many networks side by side as functorch does it: vmap over grad of one network's loss."""

    def __init__(self, width, depth, x, labels, copies):
        import functorch

        self.w, self.b = parameters(width, depth, copies)
        self.x, self.labels = x, labels
        self.grad = functorch.vmap(functorch.grad(self.loss), in_dims=(0, None, None))

    @staticmethod
    def loss(p, x, labels):
        n = len(p) // 2
        for w, b in zip(p[: n - 1], p[n : 2 * n - 1]):
            x = torch.tanh(x.mm(w) + b)
        return F.cross_entropy(x.mm(p[n - 1]) + p[2 * n - 1], labels)

    def update(self):
        everything = self.w + self.b
        gradients = self.grad(tuple(everything), self.x, self.labels)
        with torch.no_grad():
            torch._foreach_add_(everything, list(gradients), alpha=-RATE)


LOOPS = {
    "usual": Usual,
    "autograd": Autograd,
    "foreach": AutogradForeach,
    "by_hand": ByHand,
    "in_place": InPlace,
    "script": Script,
}
ENSEMBLES = {"baddbmm": Ensemble, "vmap": Vmap}


def check(name, loop, oracle, copy=lambda t: t):
    """Three updates of the loop and of autograd from the same weights must agree."""
    for _ in range(3):
        loop.update()
        oracle.update()
    for got, want in zip(loop.w + loop.b, oracle.w + oracle.b):
        if not torch.allclose(copy(got.detach()).reshape(want.shape), want.detach(), rtol=1e-4, atol=1e-5):
            sys.exit(f"pytorch.py: the loop {name} does not compute what autograd does")


def elapsed(loop, updates):
    """Seconds of processor and wall of this many updates."""
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(updates):
        loop.update()
    return time.process_time() - cpu, time.perf_counter() - wall


def updates_for(loop, seconds):
    """So many updates take about these seconds of processor time; warms up on the way."""
    updates = 1
    while True:
        cpu = elapsed(loop, updates)[0]
        if cpu >= seconds / 4:
            return max(3, round(updates * seconds / cpu))
        updates *= 2


def measure(loops, per, seconds, rounds):
    counts = {name: updates_for(loop, seconds / rounds) for name, loop in loops.items()}
    cpu = {name: [] for name in loops}
    wall = {name: [] for name in loops}
    for _ in range(rounds):
        for name, loop in loops.items():
            c, t = elapsed(loop, counts[name])
            cpu[name].append(c / counts[name] / per * 1e6)
            wall[name].append(t / counts[name] / per * 1e6)
    return {
        name: {
            "us": round(statistics.median(cpu[name]), 2),
            "spread": round((max(cpu[name]) - min(cpu[name])) / statistics.median(cpu[name]), 3),
            "wall_us": round(statistics.median(wall[name]), 2),
        }
        for name in loops
    }


def main():
    options = argparse.ArgumentParser(description="PyTorch's time an update, one thread; a line of JSON a width.")
    options.add_argument("--widths", default="32,100,300,1000", help="units of a hidden layer (default %(default)s)")
    options.add_argument("--depth", type=int, default=5, help="hidden layers (default %(default)s)")
    options.add_argument("--batch", type=int, default=10, help="examples an update (default %(default)s)")
    options.add_argument("--copies", type=int, default=32, help="networks of an ensemble (default %(default)s)")
    options.add_argument("--seconds", type=float, default=1, help="measured for each loop and width (default %(default)s)")
    options.add_argument("--rounds", type=int, default=5, help="turns of all loops (default %(default)s)")
    given = options.parse_args()
    torch.set_num_threads(1)
    x = torch.rand(given.batch, INPUTS)
    labels = torch.arange(given.batch) % CLASSES
    for width in map(int, given.widths.split(",")):
        shape = (width, given.depth, x, labels)
        loops = {name: make(*shape) for name, make in LOOPS.items()}
        for name, loop in loops.items():
            check(name, loop, Autograd(*shape))
        ensembles = {name: make(*shape, given.copies) for name, make in ENSEMBLES.items()}
        check_ensembles(ensembles, shape)
        print(
            json.dumps(
                {
                    "width": width,
                    "depth": given.depth,
                    "batch": given.batch,
                    "copies": given.copies,
                    "torch": torch.__version__,
                    "python": sys.version.split()[0],
                    "openblas_coretype": os.environ.get("OPENBLAS_CORETYPE", ""),
                    "loops": measure(loops, 1, given.seconds, given.rounds),
                    "ensembles": measure(ensembles, given.copies, given.seconds, given.rounds),
                }
            ),
            flush=True,
        )


def check_ensembles(ensembles, shape):
    """The first network of each ensemble, trained alone, must stay the first network of the ensemble."""
    for name, ensemble in ensembles.items():
        alone = Autograd(*shape)
        with torch.no_grad():
            for p, stacked in zip(alone.w + alone.b, ensemble.w + ensemble.b):
                p.copy_(stacked[0].reshape(p.shape))
        check(name, ensemble, alone, copy=lambda stacked: stacked[0])


if __name__ == "__main__":
    main()
