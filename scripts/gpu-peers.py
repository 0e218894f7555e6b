"""Times PyTorch or JAX on what scripts/gpu-check times of InitLab's, for the same table.

    gpu-peers.py torch|jax [--device cuda|cpu] [--normal FLOATS] [--train TRIALS,WIDTH,STEPS ...] [--rounds N]

It prints a line for each: what InitLab calls it, how many a second (floats, or updates of trials), and what it was,
parted by tabs. Where the library or its GPU is missing it prints 'missing' and why. The best of some rounds counts, after
one that does not, which compiles. A training is an ensemble of 784-[WIDTH]x5-10 networks that share their batches of 10:
tanh, cross-entropy, plain SGD, as one jitted scan over the updates of a vmapped gradient; losses come back to the host.
"""

import argparse
import os
import time

os.environ.setdefault("XLA_PYTHON_CLIENT_PREALLOCATE", "false")

INPUTS, CLASSES, DEPTH, BATCH, EXAMPLES = 784, 10, 5, 10, 6000


def best(work, rounds):
    """Seconds of the fastest round; work waits for its end."""
    work()
    least = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        least = min(least, time.perf_counter() - start)
    return least


def say(key, rate, what):
    print(f"{key}\t{rate:.6g}\t{what}", flush=True)


def by_torch(options):
    import torch

    if options.device == "cuda" and not torch.cuda.is_available():
        raise ImportError(f"PyTorch {torch.__version__} sees no GPU")
    for floats in options.normal:
        values = torch.empty(floats, dtype=torch.float32, device=options.device)

        def fill():
            values.normal_()
            if options.device == "cuda":
                torch.cuda.synchronize()

        say(f"normal {floats}", floats / best(fill, options.rounds), f"PyTorch {torch.__version__} normal_")


def by_jax(options):
    import jax

    try:
        jax.devices(options.device)
    except RuntimeError as e:
        raise ImportError(f"JAX {jax.__version__} sees no {options.device}: {str(e).splitlines()[0]}") from e
    name = f"JAX {jax.__version__}"
    with jax.default_device(jax.devices(options.device)[0]):
        for floats in options.normal:
            draw = jax.jit(lambda key: jax.random.normal(key, (floats,)))
            seconds = best(lambda: draw(jax.random.key(1)).block_until_ready(), options.rounds)
            say(f"normal {floats}", floats / seconds, f"{name} random.normal")
        for trials, width, steps in options.train:
            for precision, title in ("highest", "float32"), ("default", "its default precision"):
                with jax.default_matmul_precision(precision):
                    seconds = best(ensemble(jax, trials, width, steps), options.rounds)
                say(f"train {trials} {width} {steps}", trials * steps / seconds, f"{name} jit(vmap), {title}")


def ensemble(jax, trials, width, steps):
    """What trains the ensemble once, from the same weights each time, and waits for the losses."""
    import numpy

    jnp = jax.numpy
    units = [INPUTS] + [width] * DEPTH + [CLASSES]
    keys = jax.random.split(jax.random.key(2), len(units) + 2)
    first = [
        (0.05 * jax.random.normal(key, (trials, inputs, outputs)), jnp.zeros((trials, outputs)))
        for key, inputs, outputs in zip(keys, units, units[1:])
    ]
    x = jax.random.uniform(keys[-1], (EXAMPLES, INPUTS))
    labels = jax.random.randint(keys[-2], (EXAMPLES,), 0, CLASSES)
    order = jax.random.randint(keys[-3], (steps, BATCH), 0, EXAMPLES)

    def loss(network, z, y):
        for kernel, bias in network[:-1]:
            z = jnp.tanh(z @ kernel + bias)
        kernel, bias = network[-1]
        logits = jax.nn.log_softmax(z @ kernel + bias)
        return -jnp.mean(jnp.take_along_axis(logits, y[:, None], axis=1))

    gradient = jax.vmap(jax.value_and_grad(loss), in_axes=(0, None, None))

    def update(networks, batch):
        losses, slopes = gradient(networks, x[batch], labels[batch])
        return jax.tree.map(lambda w, g: w - 0.01 * g, networks, slopes), losses

    train = jax.jit(lambda networks: jax.lax.scan(update, networks, order))

    def work():
        networks, losses = train(first)
        jax.block_until_ready(networks)
        if not numpy.isfinite(numpy.asarray(losses)).all():
            raise ArithmeticError("a loss is not finite")

    return work


def main():
    parser = argparse.ArgumentParser(description="Times PyTorch or JAX for scripts/gpu-check.")
    parser.add_argument("library", choices=["torch", "jax"])
    parser.add_argument("--device", choices=["cuda", "cpu"], default="cuda")
    parser.add_argument("--normal", type=int, action="append", default=[])
    parser.add_argument("--train", type=lambda text: tuple(map(int, text.split(","))), action="append", default=[])
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    try:
        (by_torch if options.library == "torch" else by_jax)(options)
    except ImportError as e:
        print(f"missing\t0\t{e}")


if __name__ == "__main__":
    main()
