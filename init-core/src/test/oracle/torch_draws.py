"""Draws with the real PyTorch.

A line of the input is `seed lengths file call`, where call is an expression in which `init` is
torch.nn.init and `w` an empty float32 tensor with these lengths, or in which fans(w, weight)
puts the fans of a module's weight into w; the file gets little-endian float32. Every call starts from torch.manual_seed(seed).
"""

import sys
import warnings

import torch
from torch import nn
from torch.nn import init

warnings.simplefilter("ignore")


def fans(w, weight):
    w.copy_(torch.tensor(init._calculate_fan_in_and_fan_out(weight)))


print("pytorch", torch.__version__)
for line in sys.stdin:
    seed, lengths, file, call = line.strip().split(" ", 3)
    w = torch.empty([int(n) for n in lengths.split(",")])
    torch.manual_seed(int(seed))
    eval(call, {"init": init, "nn": nn, "fans": fans, "w": w, "sqrt5": 5**0.5})
    w.numpy().astype("<f4").tofile(file)
