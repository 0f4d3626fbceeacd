"""Times PyTorch's side of the benchmark: one line `name milliseconds` a case. Called by the program beside it."""
import statistics
import sys
import time

try:
    import torch
    from torch import nn
except ImportError:
    print("No PyTorch to compare with: python3 has no torch")
    sys.exit(0)

if not torch.cuda.is_available():
    print("No PyTorch to compare with: torch finds no CUDA device")
    sys.exit(0)

side, elements, parameters, repetitions, *batches = map(int, sys.argv[1:])
cuda = torch.device("cuda")


def median(action):
    times = []
    for i in range(-3, repetitions):
        torch.cuda.synchronize()
        start = time.perf_counter()
        action()
        torch.cuda.synchronize()
        if i >= 0:
            times.append((time.perf_counter() - start) * 1e3)
    return statistics.median(times)


def block(inputs, outputs, kernel=3, stride=1, relu=True):
    layers = [nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(outputs)]
    return layers + [nn.ReLU()] if relu else layers


class Residual(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.around = nn.Sequential(*block(inputs, outputs, 3, stride), *block(outputs, outputs, relu=False))
        same = inputs == outputs and stride == 1
        self.shortcut = nn.Identity() if same else nn.Sequential(*block(inputs, outputs, 1, stride, relu=False))

    def forward(self, x):
        return torch.relu(self.around(x) + self.shortcut(x))


def mlp():
    return nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10))


def lenet():
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10))


def resnet():
    stages = [(64, 64, 1), (64, 64, 1), (64, 128, 2), (128, 128, 1), (128, 256, 2), (256, 256, 1), (256, 512, 2), (512, 512, 1)]
    return nn.Sequential(
        *block(3, 64), *(Residual(*stage) for stage in stages), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 10))


def step(model, shape):
    model = model.to(cuda)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
    x = torch.randn(shape, device=cuda)
    labels = torch.randint(0, 10, (shape[0],), device=cuda)

    def run():
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), labels).backward()
        optimizer.step()

    return run


def run_all(suffix):
    a = torch.randn(side, side, device=cuda)
    x = torch.randn(elements, device=cuda)
    rows = x.view(-1, 1024)
    parameter = nn.Parameter(torch.randn(parameters, device=cuda))
    parameter.grad = torch.randn(parameters, device=cuda)
    adam = torch.optim.Adam([parameter])
    cases = {
        f"matmul {side}": lambda: a @ a,
        f"copy {elements}": lambda: x.clone(),
        f"add {elements}": lambda: x + x,
        f"exp {elements}": lambda: x.exp(),
        f"tanh {elements}": lambda: x.tanh(),
        f"sum {elements}": lambda: x.sum(),
        f"softmax {elements}": lambda: rows.softmax(1),
        f"sum rows {elements}": lambda: rows.sum(1),
        f"sum columns {elements}": lambda: rows.sum(0),
        f"transposed copy {elements}": lambda: rows.t().contiguous(),
        f"adam {parameters}": adam.step,
    }
    for batch in batches:
        cases[f"mlp step {batch}"] = step(mlp(), (batch, 784))
        cases[f"lenet step {batch}"] = step(lenet(), (batch, 1, 28, 28))
    cases["resnet18 step"] = step(resnet(), (256 if repetitions > 3 else 2, 3, 32, 32))
    for name, action in cases.items():
        print(f"{name}{suffix} {median(action):.4f}", flush=True)


# Convolutions in TF32 and products in float32 are PyTorch's own default.
for convolves_tf32, suffix in ((False, ""), (True, " default")):
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = convolves_tf32
    run_all(suffix)
torch.backends.cuda.matmul.allow_tf32 = True
factor = torch.randn(side, side, device=cuda)
print(f"matmul {side} tf32 {median(lambda: factor @ factor):.4f}", flush=True)
