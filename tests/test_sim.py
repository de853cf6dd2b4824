"""`sim`: a device that differs from the CPU in nothing but its place, and that refuses what CUDA refuses.

To register it is for good: a process cannot take it back. It adds a device and changes nothing for the
CPU, so the tests here register it in their own process; what needs a process without it has one of its own.
"""

import copy
import functools
import io
import multiprocessing
import pickle
import re
import subprocess
import sys
import warnings
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional
from torch.utils.data import DataLoader, TensorDataset

from torchprimer import compare, loops, plain, sim


@pytest.fixture(scope="module", autouse=True)
def registered():
    sim.register(beside_accelerator=True)


@pytest.fixture(autouse=True)
def silent(capfd):
    """Neither a warning nor a word on stderr: nbgrader scores a cell that writes there as failed."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield
    assert capfd.readouterr().err == ""


def in_a_new_process(code):
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, timeout=120
    )
    assert done.stderr == "" and done.returncode == 0, done.stderr
    return done.stdout.strip()


def on(device, *shape, **options):
    generator = torch.Generator().manual_seed(sum(shape))
    return torch.randn(*shape, generator=generator, **options).to(device)


def same(simulated, real):
    """Equal bit for bit, one on `sim` and the other on the CPU."""
    assert simulated.device == torch.device("sim", 0) and real.device.type == "cpu"
    assert simulated.dtype == real.dtype and simulated.stride() == real.stride()
    return torch.equal(simulated.cpu(), real)


# ------------------------------------------------------------ registering


def test_importing_registers_nothing_and_registering_once_is_enough():
    assert (
        in_a_new_process(
            "import torch\n"
            "from torchprimer import sim\n"
            "assert not sim.is_registered() and not hasattr(torch, 'sim') and not torch.accelerator.is_available()\n"
            "sim.register(); sim.register()\n"
            "print(sim.is_registered(), torch.accelerator.current_accelerator(), torch.accelerator.device_count())"
        )
        == "True sim 1"
    )


def test_a_real_accelerator_is_not_hidden_unasked():
    assert "real accelerator, 'cuda': use that" in in_a_new_process(
        "import torch\n"
        "from torchprimer import sim\n"
        "torch.accelerator.current_accelerator = lambda check_available=False: torch.device('cuda')\n"
        "try: sim.register()\n"
        "except RuntimeError as refusal: print(refusal)\n"
        "assert not sim.is_registered()\n"
        "sim.register(beside_accelerator=True)\n"
        "torch.ones(2, device='sim')"
    )


def test_another_backend_is_left_alone():
    assert "'npu' has taken it" in in_a_new_process(
        "import torch\n"
        "from torchprimer import sim\n"
        "torch.utils.rename_privateuse1_backend('npu')\n"
        "try: sim.register()\n"
        "except RuntimeError as refusal: print(refusal)"
    )


def test_the_cpu_stays_as_it_is():
    """Registered or not, an operation on the CPU meets no code of this package.

    Excepted are the call of `backward`, and what it and torch.optim ask on every machine with an accelerator.
    """
    assert (
        in_a_new_process(
            "import sys, torch\n"
            "from torchprimer import sim\n"
            "sim.register()\n"
            "seen = []\n"
            "sys.setprofile(lambda frame, event, _: seen.append(frame.f_code))\n"
            "layer = torch.nn.Linear(3, 3); optimizer = torch.optim.Adam(layer.parameters())\n"
            "layer(torch.ones(2, 3)).sum().backward(); optimizer.step()\n"
            "torch.rand(3).to(torch.float64)[torch.tensor([0])].clone().numpy()\n"
            "sys.setprofile(None)\n"
            "met = {code.co_name for code in seen if 'torchprimer' in code.co_filename}\n"
            "print(met - {'run_backward', 'type_', 'is_available'})"
        )
        == "set()"
    )


# ------------------------------------------------------------ making and moving


CREATIONS = [
    lambda: torch.tensor([[1, 2], [3, 4]]),
    lambda: torch.tensor(2.5),
    lambda: torch.as_tensor([1.0, 2.0]),
    lambda: torch.asarray([True, False]),
    lambda: torch.zeros(2, 3),
    lambda: torch.ones(2, 0),
    lambda: torch.full((2,), 7),
    lambda: torch.eye(3),
    lambda: torch.arange(2, 11, 3),
    lambda: torch.arange(0.0, 1.0, 0.25),
    lambda: torch.linspace(0, 1, 5),
    lambda: torch.logspace(0, 2, 3),
    lambda: torch.tril_indices(3, 3),
    lambda: torch.hann_window(5),
    lambda: torch.complex(torch.ones(2), torch.zeros(2)),
    lambda: torch.zeros_like(torch.ones(3, 2).t()),
    lambda: torch.full_like(torch.ones(2), 3.0),
    lambda: torch.ones(2).new_tensor([1, 2]),
    lambda: torch.ones(2).new_zeros(3),
    lambda: torch.rand(4),
    lambda: torch.randn(3, 3),
    lambda: torch.randint(0, 9, (5,)),
    lambda: torch.randperm(6),
    lambda: torch.rand_like(torch.ones(2)),
    lambda: torch.bernoulli(torch.full((8,), 0.5)),
    lambda: torch.multinomial(torch.ones(5), 3),
    lambda: torch.normal(torch.zeros(3), 2.0),
    lambda: torch.empty(3).uniform_(1, 2),
    lambda: nn.Linear(3, 2).weight.detach(),
]


@pytest.mark.parametrize("make", CREATIONS)
def test_every_way_of_making_a_tensor(make):
    torch.manual_seed(1)
    real = make()
    torch.manual_seed(1)
    with torch.device("sim"):
        simulated = make()
    assert type(simulated) is torch.Tensor
    assert same(simulated, real)


def test_default_device():
    torch.set_default_device("sim")
    try:
        assert torch.ones(2).is_sim and nn.Linear(2, 2).bias.is_sim
        assert torch.from_numpy(np.ones(2)).device.type == "cpu"
        assert torch.get_default_device().type == "sim"
    finally:
        torch.set_default_device(None)
    assert torch.ones(2).device.type == "cpu"


def test_to_in_all_its_forms():
    real = on("cpu", 3, 2).t()
    here = torch.ones(1, device="sim")
    moved = [
        real.to("sim"),
        real.to("sim:0"),
        real.to(torch.device("sim")),
        real.to(torch.device("sim", 0), non_blocking=True),
        real.to(device="sim", dtype=torch.float32),
        real.to(here),
        real.sim(),
        torch.empty_like(real, device="sim").copy_(real),
    ]
    assert all(same(tensor, real) for tensor in moved)
    simulated = moved[0]
    assert simulated.to("sim") is simulated and simulated.to("sim:0") is simulated
    assert simulated.to("sim", copy=True).data_ptr() != simulated.data_ptr()
    assert simulated.to(torch.float64).is_sim and same(simulated.to("sim", torch.float64), real.double())
    for back in (
        simulated.cpu(),
        simulated.to("cpu"),
        simulated.to("cpu", non_blocking=True),
        simulated.to(real),
    ):
        assert back.device.type == "cpu" and torch.equal(back, real)
        assert back.data_ptr() != simulated.data_ptr()
    assert simulated.to("meta").device.type == "meta"


DTYPES = """
    bool uint8 int8 int16 int32 int64 uint16 float16 bfloat16 float32 float64 complex64 complex128 float8_e4m3fn
"""


@pytest.mark.parametrize("dtype", [getattr(torch, name) for name in DTYPES.split()])
def test_every_dtype_survives_the_way_there_and_back(dtype):
    real = torch.arange(6.0).to(dtype)
    assert real.to("sim").dtype == dtype
    assert torch.equal(real.to("sim").cpu().view(torch.uint8), real.view(torch.uint8))


def test_there_is_one_device():
    for ask in (
        lambda: torch.ones(2, device="sim:1"),
        lambda: torch.ones(2).to("sim:1"),
        lambda: torch.rand(2, device=torch.device("sim", 7)),
        lambda: nn.Linear(2, 2).to("sim:1"),
        lambda: torch.tril_indices(2, 2, device="sim:1"),
        lambda: torch.Generator("sim:1"),
        lambda: torch.accelerator.set_device_index(1),
    ):
        with pytest.raises(
            torch.AcceleratorError, match=r"^sim error: invalid device ordinal\nGPU device may be"
        ):
            ask()


def test_numbers_out_of_a_tensor():
    tensor = torch.tensor([[1.0, 2.5], [3.0, 4.0]], device="sim")
    assert tensor.tolist() == [[1.0, 2.5], [3.0, 4.0]]
    assert (
        tensor[0, 1].item() == 2.5 and float(tensor[1, 0]) == 3.0 and bool(tensor[0, 0]) and len(tensor) == 2
    )
    assert [row.tolist() for row in tensor] == tensor.tolist()
    wording = "^can't convert sim:0 device type tensor to numpy. Use Tensor.cpu\\(\\) to copy the tensor to host memory first.$"
    for convert in (
        lambda: tensor.numpy(),
        lambda: np.asarray(tensor),
        lambda: tensor.requires_grad_().numpy(),
    ):
        with pytest.raises(TypeError, match=wording):
            convert()
    assert tensor.detach().cpu().numpy().tolist() == tensor.numpy(force=True).tolist() == tensor.tolist()


def test_printing_names_the_device():
    assert repr(torch.tensor([1.0, 2.0], device="sim")) == "tensor([1., 2.], device='sim:0')"
    assert "device='sim:0', requires_grad=True" in repr(nn.Linear(1, 1).to("sim").weight)
    assert f"{torch.tensor(2.0, device='sim'):.1f}" == "2.0"
    assert re.sub(r",\s+device='sim:0'", "", repr(on("sim", 40, 40))) == repr(on("cpu", 40, 40))


# ------------------------------------------------------------ views and writing in place


def every_kind_of_view(base):
    return [
        base.view(2, 12),
        base.reshape(-1),
        base.t(),
        base[1:],
        base[:, 2],
        base[::2, 1::2],
        base[1, 3:],
        base.diagonal(),
        base.unsqueeze(0).expand(3, 4, 6)[1],
        base.unfold(0, 2, 1),
        base.split(3)[1],
        base.unbind(1)[4],
        base.as_strided((2, 2), (1, 6), 3),
        base.view(torch.int32),
        base.squeeze(),
        base.detach(),
        base.narrow(1, 2, 3),
        base.movedim(0, 1),
    ]


def test_views_share_memory_as_on_the_cpu():
    count = len(every_kind_of_view(on("cpu", 4, 6)))
    for number in range(count):
        bases = {device: on(device, 4, 6) for device in ("cpu", "sim")}
        views = {device: every_kind_of_view(base)[number] for device, base in bases.items()}
        assert same(views["sim"], views["cpu"])
        assert views["sim"].storage_offset() == views["cpu"].storage_offset()
        assert views["sim"].untyped_storage()._cdata == bases["sim"].untyped_storage()._cdata
        for view in views.values():
            view.fill_(9)
        assert same(bases["sim"], bases["cpu"])
        assert bases["sim"]._version == bases["cpu"]._version


def test_writing_in_place():
    def write(tensor):
        index = torch.tensor([0, 2], device=tensor.device)
        tensor.add_(1).mul_(tensor)
        tensor[1] = 5
        tensor[:, 0] = torch.arange(4.0, device=tensor.device)
        tensor[tensor > 3] = -1
        tensor[index] += 1
        tensor[index, index] = tensor[0, 0] + 1
        tensor.t()[3:].zero_()
        tensor.clamp_(max=4).sub_(tensor.mean())
        tensor.index_add_(0, index, torch.ones(2, 6, device=tensor.device))
        tensor.masked_fill_(tensor == 0, 7).scatter_(1, index.unsqueeze(0), 3.0)
        tensor.squeeze_().t_().unsqueeze_(0)
        return tensor

    assert same(write(on("sim", 4, 6)), write(on("cpu", 4, 6)))


def test_out_takes_the_result():
    first, second = on("sim", 3, 4), on("sim", 3, 4).abs()
    for out in (
        torch.empty(0, device="sim"),
        torch.empty(3, 4, device="sim"),
        torch.empty(4, 3, device="sim").t(),
    ):
        kept = out.stride()
        assert torch.add(first, second, out=out) is out
        assert same(out.contiguous(), first.cpu() + second.cpu())
        assert out.numel() == 12 and (out.stride() == kept or kept == (1,))
    base = torch.zeros(5, 4, device="sim")
    torch.mul(first, 2, out=base[1:4])
    assert torch.equal(base[1:4], first * 2) and base[0].sum() == 0 == base[4].sum()
    values, indices = torch.empty(0, device="sim"), torch.empty(0, device="sim", dtype=torch.int64)
    torch.max(first, 1, out=(values, indices))
    assert same(values, first.cpu().max(1).values) and same(indices, first.cpu().max(1).indices)


def test_resize_keeps_the_numbers():
    tensor = torch.arange(6.0, device="sim")
    assert tensor.resize_(2, 2).tolist() == [[0, 1], [2, 3]]
    assert tensor.resize_(3, 4).flatten()[:6].tolist() == [0, 1, 2, 3, 4, 5]


# ------------------------------------------------------------ two devices in one operation

TENSORS = "Expected all tensors to be on the same device, but found at least two devices, sim:0 and cpu!"


def got(name, place, others, method):
    return (
        f"Expected all tensors to be on the same device, but got {name} is on {place}, "
        f"different from other tensors on {others} (when checking argument in method wrapper_sim_{method})"
    )


REFUSED = [
    (lambda s, c: s + c, TENSORS),
    (lambda s, c: c + s, TENSORS),
    (lambda s, c: s.add_(c), TENSORS),
    (lambda s, c: c.mul_(s), TENSORS),
    (lambda s, c: s > c, TENSORS),
    (lambda s, c: torch.where(s > 0, s, c), TENSORS),
    (lambda s, c: torch.add(s, s, out=c), TENSORS),
    (lambda s, c: torch.add(c, c, out=s), TENSORS),
    (lambda s, c: c.add_(s[0, 0]), TENSORS),
    (lambda s, c: c + s[0, 0], TENSORS),
    (lambda s, c: c[0, 0].add_(s[0, 0]), TENSORS),
    (lambda s, c: functional.mse_loss(s, c), TENSORS),
    (lambda s, c: torch.allclose(s, c), TENSORS),
    (lambda s, c: s @ c, got("mat2", "cpu", "sim:0", "mm")),
    (lambda s, c: c @ s, got("mat2", "sim:0", "cpu", "mm")),
    (lambda s, c: torch.mm(s, s, out=c), got("out", "cpu", "sim:0", "mm")),
    (lambda s, c: functional.linear(c, s, s[0]), got("mat1", "cpu", "sim:0", "addmm")),
    (lambda s, c: nn.Linear(2, 2)(s), got("mat1", "sim:0", "cpu", "addmm")),
    (lambda s, c: nn.Linear(2, 2).to("sim")(c), got("mat1", "cpu", "sim:0", "addmm")),
    (lambda s, c: torch.cat([s, c]), got("tensors", "cpu", "sim:0", "cat")),
    (lambda s, c: torch.stack([c, s]), got("tensors", "sim:0", "cpu", "cat")),
    (lambda s, c: torch.equal(s, c), got("other", "cpu", "sim:0", "_equal")),
    (lambda s, c: functional.embedding(torch.tensor([0]), s), got("index", "cpu", "sim:0", "_index_select")),
    (lambda s, c: s.gather(0, torch.tensor([[0, 0]])), got("index", "cpu", "sim:0", "gather")),
    (
        lambda s, c: functional.cross_entropy(s, torch.tensor([0, 1])),
        got("target", "cpu", "sim:0", "nll_loss_forward"),
    ),
    (lambda s, c: nn.LayerNorm(2)(s), got("weight", "cpu", "sim:0", "_native_layer_norm")),
    (
        lambda s, c: nn.Conv1d(2, 1, 1)(s),
        "Input type (torch.sim.FloatTensor) and weight type (torch.FloatTensor) should be the same",
    ),
    (
        lambda s, c: nn.Conv2d(1, 1, 1).to("sim")(c.view(1, 1, 2, 2)),
        "Input type (torch.FloatTensor) and weight type (torch.sim.FloatTensor) should be the same",
    ),
    (
        lambda s, c: nn.LSTM(2, 2)(s),
        "Input and parameter tensors are not at the same device, found input tensor at sim:0 and parameter tensor at cpu",
    ),
    (
        lambda s, c: nn.GRU(2, 2).to("sim")(s, torch.zeros(1, 2)),
        "Input and hidden tensors are not at the same device, found input tensor at sim:0 and hidden tensor at cpu",
    ),
    (
        lambda s, c: functional.scaled_dot_product_attention(s, c, s),
        "Expected query, key, and value to have the same device type, but got query.device: sim:0 key.device: cpu and value.device: sim:0 instead.",
    ),
    (
        lambda s, c: s.masked_fill(c > 0, 0),
        "expected self and mask to be on the same device, but got mask on cpu and self on sim:0",
    ),
    (
        lambda s, c: c[torch.tensor([0], device="sim")],
        "indices should be either on cpu or on the same device as the indexed tensor (cpu)",
    ),
    (
        lambda s, c: torch.rand(2, device="sim", generator=torch.Generator()),
        "Expected a 'sim' device type for generator but found 'cpu'",
    ),
    (
        lambda s, c: setattr(s.requires_grad_(), "grad", c),
        "attempting to assign a gradient with device type 'cpu' to a tensor with device type 'sim'. "
        "Please ensure that the gradient and the tensor are on the same device",
    ),
    (lambda s, c: s.pin_memory(), "cannot pin 'torch.sim.FloatTensor' only dense CPU tensors can be pinned"),
]


@pytest.mark.parametrize(("operation", "wording"), REFUSED)
def test_what_mixes_devices_is_refused_in_the_words_for_cuda(operation, wording):
    with pytest.raises(RuntimeError) as refusal:
        operation(torch.ones(2, 2, device="sim"), torch.ones(2, 2))
    assert str(refusal.value) == wording


ALLOWED = [
    lambda s, number, index, mask: s + number,
    lambda s, number, index, mask: number / s,
    lambda s, number, index, mask: s.mul_(number),
    lambda s, number, index, mask: torch.maximum(s, number),
    lambda s, number, index, mask: torch.where(s > 1, s, number),
    lambda s, number, index, mask: s.masked_fill(s > 1, number),
    lambda s, number, index, mask: s.index_put((index,), number),
    lambda s, number, index, mask: s.fill_(number),
    lambda s, number, index, mask: s + 2,
    lambda s, number, index, mask: torch.remainder(s, 2),
    lambda s, number, index, mask: torch.copysign(s, -1.5),
    lambda s, number, index, mask: s[index],
    lambda s, number, index, mask: s[:, mask],
    lambda s, number, index, mask: s[index, index],
    lambda s, number, index, mask: s.copy_(torch.arange(4.0)),
]


@pytest.mark.parametrize("operation", ALLOWED)
def test_what_cuda_takes_from_the_cpu_is_taken(operation):
    """Single numbers, indices, and what is copied."""
    number, index, mask = torch.tensor(1.5), torch.tensor([2, 0]), torch.tensor([True, False, True, True])
    want = operation(on("cpu", 3, 4), number, index, mask)
    assert same(operation(on("sim", 3, 4), number, index, mask), want)


def test_writing_with_the_cpus_indices():
    tensors = {device: on(device, 3, 4) for device in ("cpu", "sim")}
    for tensor in tensors.values():
        tensor[torch.tensor([0, 2])] = 5
        tensor[torch.tensor([[True, False, False, True]] * 3)] = torch.tensor(7.0)
        tensor[1, torch.tensor([1])] = tensor[0, 0]
        tensor[1] = torch.arange(4.0)
    assert same(tensors["sim"], tensors["cpu"])


def test_what_cannot_be_simulated_is_said_in_one_sentence():
    tensor = torch.ones(3, device="sim")
    for impossible in (
        lambda: tensor.to_sparse(),
        lambda: torch.sparse_coo_tensor([[0]], [1.0], (3,), device="sim", check_invariants=True),
    ):
        with pytest.raises(NotImplementedError, match=r"^sim holds ordinary dense tensors only.*\.$"):
            impossible()
    with pytest.raises(NotImplementedError, match=r"^sim cannot run aten::_cudnn_rnn_flatten_weight: .*\.$"):
        torch._cudnn_rnn_flatten_weight([tensor], 1, 1, 0, 1, 0, 1, False, False)
    first, second = torch.Event("sim", enable_timing=True), torch.Event("sim", enable_timing=True)
    first.record(), second.record(), second.synchronize()
    with pytest.raises(RuntimeError, match=r"^sim computes on the CPU: .*\.$"):
        first.elapsed_time(second)


# ------------------------------------------------------------ autograd


def test_gradients_and_their_gradients():
    def derive(device):
        x = on(device, 5).requires_grad_()
        y = (x.sin() * x).pow(2).sum() + x[1:3].exp().prod()
        (gradient,) = torch.autograd.grad(y, x, create_graph=True)
        (second,) = torch.autograd.grad(gradient.square().sum(), x, retain_graph=True)
        y.backward()
        return gradient.detach(), second, x.grad

    assert all(map(same, derive("sim"), derive("cpu")))
    assert torch.autograd.gradgradcheck(torch.tanh, on("sim", 4, dtype=torch.float64).requires_grad_())


def test_hooks_see_tensors_on_the_device():
    seen = []
    layer = nn.Linear(3, 2).to("sim")
    layer.register_forward_hook(lambda module, inputs, output: seen.append(output.device))
    layer.register_full_backward_hook(lambda module, inputs, outputs: seen.append(outputs[0].device))
    layer.weight.register_hook(lambda gradient: seen.append(gradient.device) or 2 * gradient)
    layer.weight.register_post_accumulate_grad_hook(lambda weight: seen.append(weight.grad.device))
    layer(on("sim", 4, 3).requires_grad_()).sum().backward()
    assert seen == [torch.device("sim", 0)] * 4
    assert same(layer.weight.grad, 2 * on("cpu", 4, 3).sum(0).expand(2, 3).contiguous())


def test_a_network_to_watch_leaves_the_devices_generator_alone():
    before = torch.sim.get_rng_state()
    loops.network(3, seed=1)
    assert torch.equal(torch.sim.get_rng_state(), before)


def test_the_graph_crosses_devices():
    start = on("cpu", 3).requires_grad_()
    moved = start.to("sim")
    assert not moved.is_leaf and start.is_leaf
    (moved * 2).cpu().sum().backward()
    assert moved.grad_fn is not None and start.grad.tolist() == [2, 2, 2]
    leaf = on("cpu", 3).to("sim").requires_grad_()
    assert leaf.is_leaf


def test_in_place_changes_are_seen_by_autograd():
    x = on("sim", 4).requires_grad_()
    y = x.exp()
    y.add_(1)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        y.sum().backward()
    with pytest.raises(RuntimeError, match="a leaf Variable that requires grad is being used in an in-place"):
        x.add_(1)

    def derive(device):
        x = on(device, 4).requires_grad_()
        whole = x * 1
        part = whole[:2]
        part.mul_(3).add_(x[2:])
        assert part._base is whole
        (whole**2).sum().backward()
        return x.grad

    assert same(derive("sim"), derive("cpu"))


def test_an_exception_in_a_backward_pass_comes_out_of_it():
    """A hook's exception must neither end the process nor be lost, which takes some care: see sim/guard.py."""

    def broken(gradient):
        raise LookupError("in the hook")

    for _ in range(3):
        x = on("sim", 4).requires_grad_()
        y = x * 2
        y.register_hook(broken)
        with pytest.raises(LookupError, match="in the hook"):
            y.sum().backward()
        with pytest.raises(LookupError, match="in the hook"):
            torch.autograd.grad((y * 3).sum(), x)
    y = x * 2
    y.register_hook(lambda gradient: gradient + torch.ones(4))
    with pytest.raises(RuntimeError, match="found at least two devices, sim:0 and cpu!"):
        y.sum().backward()
    y = (x * 2).expand(2**12, 4).exp().sum()
    with sim.memory_limit(sim.memory_allocated() + 2**10), pytest.raises(torch.OutOfMemoryError):
        y.backward()
    (x * 2).sum().backward()
    assert x.grad.tolist() == [2, 2, 2, 2]


def test_an_own_function():
    class Cube(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return x**3

        @staticmethod
        def backward(ctx, gradient):
            (x,) = ctx.saved_tensors
            return 3 * x**2 * gradient

    x = on("sim", 3).requires_grad_()
    Cube.apply(x).sum().backward()
    assert same(x.grad, 3 * on("cpu", 3) ** 2)


def test_threads():
    def gradient(device):
        weight = on(device, 4, 4).requires_grad_()
        for _ in range(10):
            (on(device, 3, 4) @ weight).square().sum().backward()
        return weight.grad.tolist()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(gradient, ["sim"] * 8)) == [gradient("cpu")] * 8


# ------------------------------------------------------------ training


class Tokens(nn.Module):
    """An embedding, something that reads a sequence, and a head."""

    def __init__(self, reader):
        super().__init__()
        self.embedding, self.reader, self.head = nn.Embedding(11, 8), reader, nn.Linear(8, 3)

    def forward(self, tokens):
        states = self.reader(self.embedding(tokens))
        states = states[0] if isinstance(states, tuple) else states
        return self.head(states[:, -1])


def mlp():
    return nn.Sequential(nn.Linear(5, 16), nn.ReLU(), nn.Linear(16, 1))


def cnn():
    return nn.Sequential(
        *(nn.Conv2d(3, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(8, 4, 3, stride=2), nn.GroupNorm(2, 4), nn.GELU(), nn.AdaptiveAvgPool2d(1)),
        *(nn.Flatten(), nn.Dropout(0.3), nn.Linear(4, 3)),
    )


def trained(make, make_optimizer, device, steps=4):
    """Everything that a model has learnt, on the CPU."""
    torch.manual_seed(0)
    model = make()
    kind = model[0] if isinstance(model, nn.Sequential) else model
    if isinstance(kind, nn.Linear):
        inputs, targets, loss = torch.randn(20, 5), torch.randn(20, 1), functional.mse_loss
    else:
        inputs = torch.randint(0, 11, (6, 7)) if isinstance(model, Tokens) else torch.randn(6, 3, 12, 12)
        targets, loss = torch.randint(0, 3, (6,)), functional.cross_entropy
    model, inputs, targets = model.to(device), inputs.to(device), targets.to(device)
    optimizer = make_optimizer(model.parameters())
    torch.manual_seed(1)  # for dropout: `sim` has a generator of its own, which starts here as the CPU's does

    def closure():
        optimizer.zero_grad()
        value = loss(model(inputs), targets)
        value.backward()
        return value

    for _ in range(steps):
        optimizer.step(closure)
    return {name: value.cpu() for name, value in model.state_dict().items()}


def assert_trains_alike(make, make_optimizer, on_the_cpu=None):
    real = trained(make, on_the_cpu or make_optimizer, "cpu")
    simulated = trained(make, make_optimizer, "sim")
    start = trained(make, make_optimizer, "cpu", steps=0)
    assert real.keys() == simulated.keys()
    assert all(torch.equal(real[name], simulated[name]) for name in real)
    assert any(not torch.equal(real[name], start[name]) for name in real)


OPTIMIZERS = [
    kind
    for kind in vars(torch.optim).values()
    if isinstance(kind, type)
    and issubclass(kind, torch.optim.Optimizer)
    and kind is not torch.optim.Optimizer
]
# Where nothing is said, these update a list of tensors at once on an accelerator and one by one on the CPU, and
# that rounds differently.
ROUND_DIFFERENTLY = {torch.optim.ASGD, torch.optim.NAdam, torch.optim.RAdam}


@pytest.mark.parametrize("kind", [kind for kind in OPTIMIZERS if kind is not torch.optim.SparseAdam])
def test_every_optimizer_learns_what_it_learns_on_the_cpu(kind):
    def make():
        model = mlp()
        if kind is torch.optim.Muon:  # takes matrices only
            for layer in model[::2]:
                layer.bias = None
        return model

    make_optimizer = functools.partial(kind, lr=0.01)
    foreach = functools.partial(kind, lr=0.01, foreach=True) if kind in ROUND_DIFFERENTLY else None
    assert_trains_alike(make, make_optimizer, on_the_cpu=foreach)


@pytest.mark.parametrize("options", [{"foreach": False}, {"foreach": True}, {"fused": True}])
def test_every_implementation_of_adam(options):
    assert_trains_alike(mlp, functools.partial(torch.optim.Adam, lr=0.01, amsgrad=True, **options))


@pytest.mark.parametrize(
    "make",
    [
        cnn,
        lambda: Tokens(nn.LSTM(8, 8, 2, batch_first=True, dropout=0.2)),
        lambda: Tokens(nn.GRU(8, 8, bidirectional=False, batch_first=True)),
        lambda: Tokens(nn.RNN(8, 8, batch_first=True)),
        lambda: Tokens(nn.TransformerEncoderLayer(8, 2, 16, batch_first=True)),
    ],
    ids=["cnn", "lstm", "gru", "rnn", "transformer"],
)
def test_networks_train_bit_for_bit_as_on_the_cpu(make):
    assert_trains_alike(make, functools.partial(torch.optim.SGD, lr=0.05, momentum=0.9, nesterov=True))
    assert_trains_alike(make, functools.partial(torch.optim.AdamW, lr=0.01))


def test_evaluating_without_a_graph():
    model = Tokens(nn.TransformerEncoderLayer(8, 2, 16, batch_first=True)).eval()
    simulated = copy.deepcopy(model).to("sim")
    tokens = torch.randint(0, 11, (4, 5), generator=torch.Generator().manual_seed(0))
    for without in (torch.no_grad, torch.inference_mode):
        with without():
            assert same(simulated(tokens.to("sim")), model(tokens))


def test_a_module_moves_in_place_and_back():
    model = cnn()
    model.register_buffer("constant", torch.ones(2))
    parameter = model[0].weight
    assert model.to("sim") is model and model[0].weight is parameter and parameter.is_sim
    assert model.constant.is_sim and model[1].running_mean.is_sim
    assert all(isinstance(one, nn.Parameter) and one.is_leaf for one in model.parameters())
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    assert model.cpu() is model and not any(one.is_sim for one in model.state_dict().values())
    assert optimizer.param_groups[0]["params"][0] is model[0].weight


# ------------------------------------------------------------ copies and files


def test_copies_stay_on_the_device():
    model = nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2)).to("sim")
    for again in (copy.deepcopy(model), pickle.loads(pickle.dumps(model))):
        assert again.state_dict().keys() == model.state_dict().keys()
        for name, value in again.state_dict().items():
            assert value.is_sim and torch.equal(value, model.state_dict()[name])
            assert value.data_ptr() != model.state_dict()[name].data_ptr()
        assert isinstance(again[0].weight, nn.Parameter) and again[0].weight.requires_grad
    whole = torch.arange(4.0, device="sim")
    part, again = copy.deepcopy((whole, whole[1:]))[::-1]
    part[0] = 9
    assert again.tolist() == [0, 9, 2, 3] and whole.tolist() == [0, 1, 2, 3]


def saved(value):
    file = io.BytesIO()
    torch.save(value, file)
    file.seek(0)
    return file


@pytest.mark.parametrize("weights_only", [True, False])
@pytest.mark.parametrize(
    ("location", "lands"),
    [
        (None, "sim"),
        ("cpu", "cpu"),
        ("sim", "sim"),
        ("sim:0", "sim"),
        ({"sim:0": "cpu"}, "cpu"),
    ],
)
def test_a_checkpoint_lands_where_map_location_says(location, lands, weights_only):
    model = mlp().to("sim")
    optimizer = torch.optim.Adam(model.parameters())
    model(on("sim", 4, 5)).sum().backward()
    optimizer.step()
    file = saved({"model": model.state_dict(), "optimizer": optimizer.state_dict()})
    loaded = torch.load(file, map_location=location, weights_only=weights_only)
    for name, value in loaded["model"].items():
        assert value.device.type == lands and torch.equal(value.cpu(), model.state_dict()[name].cpu())
    assert loaded["optimizer"]["state"][0]["exp_avg"].device.type == lands
    other = mlp().to(lands)
    other.load_state_dict(loaded["model"])
    again = torch.optim.Adam(other.parameters())
    again.load_state_dict(loaded["optimizer"])
    other(on(lands, 4, 5)).sum().backward()
    again.step()


def test_a_checkpoint_of_the_cpu_goes_to_the_device():
    real = on("cpu", 3, 2).t()
    assert same(torch.load(saved(real), map_location="sim"), real)
    with pytest.raises(RuntimeError, match=r"SIM device 1 but torch\.sim\.device_count\(\) is 1"):
        torch.load(saved(real), map_location="sim:1")


def test_a_checkpoint_of_the_device_where_there_is_none(tmp_path):
    torch.save(torch.ones(2, device="sim"), tmp_path / "there.pt")
    load = f"import torch\nprint(torch.load({str(tmp_path / 'there.pt')!r}, map_location='cpu'))"
    assert in_a_new_process(load) == "tensor([1., 1.])"


# ------------------------------------------------------------ random numbers


def test_the_device_has_a_generator_of_its_own():
    torch.manual_seed(5)
    state = torch.get_rng_state()
    first = torch.rand(3, device="sim")
    functional.dropout(first)
    assert torch.equal(torch.get_rng_state(), state)
    torch.rand(9)
    torch.manual_seed(5)
    assert torch.equal(torch.rand(3, device="sim"), first)
    torch.manual_seed(5)
    assert same(first, torch.rand(3))
    torch.sim.manual_seed(5)
    assert torch.equal(torch.rand(3, device="sim"), first)


def test_generators():
    generator = torch.Generator(device="sim")
    assert generator.device == torch.device("sim", 0) and isinstance(generator, torch.Generator)
    assert generator.manual_seed(3) is generator and generator.initial_seed() == 3
    here = torch.randn(4, device="sim", generator=generator)
    assert same(here, torch.randn(4, generator=torch.Generator().manual_seed(3)))
    again = pickle.loads(pickle.dumps(generator))
    other = generator.clone_state()
    follow = torch.rand(2, device="sim", generator=generator)
    for one in (again, other):
        assert torch.equal(torch.rand(2, device="sim", generator=one), follow)
    assert isinstance(torch.default_generator, torch.Generator) and not isinstance(3, torch.Generator)
    assert torch.Generator().device.type == "cpu" == torch.Generator("cpu").device.type
    assert torch.Generator.manual_seed is torch._C.Generator.manual_seed


def test_recomputation_draws_the_same_dropout():
    model = nn.Sequential(nn.Linear(3, 3), nn.Dropout(0.5)).to("sim")
    x = on("sim", 4, 3).requires_grad_()
    torch.manual_seed(2)
    model(x).sum().backward()
    plain_gradient, x.grad = x.grad, None
    torch.manual_seed(2)
    torch.utils.checkpoint.checkpoint(model, x, use_reentrant=False).sum().backward()
    assert torch.equal(x.grad, plain_gradient)
    with torch.random.fork_rng(device_type="sim"):
        inside = torch.rand(2, device="sim")
    assert torch.equal(torch.rand(2, device="sim"), inside)


# ------------------------------------------------------------ loaders

NUMBERS = TensorDataset(torch.arange(8.0), torch.arange(8))


@pytest.mark.parametrize("context", [None, "fork", "spawn"])
@pytest.mark.parametrize("pin", [False, True])
def test_loaders_feed_the_device(context, pin):
    workers = 0 if context is None else 2
    if context == "fork" and sys.platform != "linux":
        pytest.skip("no safe fork on this system")
    loader = DataLoader(
        NUMBERS, batch_size=3, pin_memory=pin, num_workers=workers, multiprocessing_context=context
    )
    batches = list(loader)
    assert all(values.is_pinned() == pin and labels.is_pinned() == pin for values, labels in batches)
    moved = [values.to("sim", non_blocking=True) for values, _ in batches]
    assert torch.cat(moved).tolist() == list(range(8))


INHERITED = []


def read_what_is_inherited(_):
    return INHERITED[0].sum().item()


def seed_everything(seed):
    torch.manual_seed(seed)


def test_a_forked_process_cannot_use_the_device():
    INHERITED.append(torch.arange(8.0, device="sim"))
    assert all(batch.is_sim for (batch,) in DataLoader(TensorDataset(INHERITED[0]), batch_size=4))
    if sys.platform != "linux":
        pytest.skip("no safe fork on this system")
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork")) as pool:
        assert pool.submit(torch.sim._is_in_bad_fork).result()
        for use in (read_what_is_inherited, functools.partial(torch.ones, device="sim")):
            with pytest.raises(
                RuntimeError, match=r"^Cannot re-initialize sim in forked subprocess\. To use sim"
            ):
                pool.submit(use, 2).result()
        assert pool.submit(seed_everything, 2).result() is None  # as every worker of a DataLoader does


def test_pinned_memory():
    tensor = torch.arange(3.0)
    pinned = tensor.pin_memory()
    assert pinned.is_pinned() and pinned[1:].is_pinned() and not tensor.is_pinned()
    assert pinned.pin_memory() is pinned and pinned.tolist() == tensor.tolist()
    assert not torch.ones(2, device="sim").is_pinned()


# ------------------------------------------------------------ torch.accelerator, autocast, memory


def test_torch_accelerator():
    accelerator = torch.accelerator
    assert accelerator.is_available() and accelerator.device_count() == 1
    assert accelerator.current_accelerator() == torch.device("sim")
    assert accelerator.current_device_index() == 0
    accelerator.set_device_index(0)
    accelerator.synchronize(), accelerator.empty_cache(), accelerator.empty_host_cache()
    accelerator.reset_accumulated_memory_stats()
    assert torch.float32 in accelerator.get_device_capability()["supported_dtypes"]
    assert torch.get_device_module("sim") is torch.sim is torch.get_device_module()
    torch.sim.synchronize()
    with torch.sim.device(0), torch.Stream("sim") as stream:
        assert (torch.ones(2, device="sim") + 1).tolist() == [2, 2]
    stream.synchronize()


def test_autocast_casts_what_it_casts_on_cuda():
    layer, x = nn.Linear(4, 4).to("sim"), on("sim", 2, 4)
    with torch.autocast("sim", dtype=torch.bfloat16):
        assert torch.is_autocast_enabled("sim")
        low = layer(x)
        assert (
            low.dtype == torch.bfloat16
            and (low + 1).dtype == torch.bfloat16
            and (low + x).dtype == torch.float32
        )
        assert (
            low.softmax(-1).dtype == low.sum().dtype == functional.mse_loss(low, low).dtype == torch.float32
        )
        assert layer(x.double().float()).dtype == torch.bfloat16
        with torch.autocast("sim", enabled=False):
            assert layer(x).dtype == torch.float32
        with pytest.raises(RuntimeError, match="BCELoss are unsafe to autocast"):
            functional.binary_cross_entropy(x.sigmoid(), x.sigmoid())
        functional.mse_loss(low, x.to(low.dtype)).backward()
    assert layer.weight.grad.dtype == torch.float32
    cpu_layer = copy.deepcopy(layer).cpu()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        assert layer(x).dtype == torch.float32
        assert same(low.detach(), cpu_layer(x.cpu()).detach())
    with torch.autocast("sim"):
        assert layer(x).dtype == torch.float16


def test_gradient_scaling():
    model = mlp().to("sim")
    optimizer, scaler = (
        torch.optim.SGD(model.parameters(), lr=0.1),
        torch.amp.GradScaler("sim", init_scale=4.0),
    )
    with torch.autocast("sim"):
        loss = functional.mse_loss(model(on("sim", 6, 5)), on("sim", 6, 1))
    scaler.scale(loss).backward()
    before = model[0].weight.detach().clone()
    scaler.step(optimizer)
    scaler.update()
    assert not torch.equal(model[0].weight, before) and scaler.get_scale() == 4.0


def test_memory_is_that_of_the_living_storages():
    start = sim.memory_allocated()
    tensor = torch.ones(1000, device="sim")
    assert sim.memory_allocated() - start == 4096  # in blocks of 512 bytes, as on CUDA
    view = tensor.view(10, 100)[3:]
    assert sim.memory_allocated() - start == 4096
    sim.reset_peak_memory_stats()
    tensor = tensor.sum()
    assert sim.memory_allocated() - start == 4096 + 512
    del view
    assert sim.memory_allocated() - start == 512
    assert sim.max_memory_allocated() - start == 4096 + 512
    del tensor
    assert (
        sim.memory_allocated()
        == start
        == torch.accelerator.memory_allocated()
        == torch.sim.memory_allocated()
    )
    free, total = torch.accelerator.get_memory_info()
    assert total - free == start
    torch.accelerator.reset_peak_memory_stats()
    assert torch.accelerator.max_memory_allocated() == start


def test_a_training_step_gives_its_memory_back():
    model = cnn().to("sim")
    optimizer = torch.optim.Adam(model.parameters())
    allocated = []
    for _ in range(3):
        optimizer.zero_grad()
        model(on("sim", 6, 3, 12, 12)).sum().backward()
        optimizer.step()
        allocated.append(sim.memory_allocated())
    assert allocated[0] == allocated[1] == allocated[2]
    assert sim.max_memory_allocated() > allocated[0]


def test_too_much_memory():
    start = sim.memory_allocated()
    with sim.memory_limit(start + 2**20):
        assert torch.accelerator.get_memory_info() == (2**20, start + 2**20)
        kept = torch.ones(2**17, device="sim")
        with pytest.raises(torch.OutOfMemoryError) as refusal:
            torch.ones(2**18, device="sim")
        assert str(refusal.value).startswith(
            "sim out of memory. Tried to allocate 1.00 MiB. GPU 0 has a total capacity of "
        )
        assert "of which 512.00 KiB is free. Of the allocated memory " in str(refusal.value)
        with pytest.raises(torch.OutOfMemoryError, match=r"Tried to allocate 1\.00 MiB"):
            torch.ones(2**18).to("sim")
        twice = kept + kept
        with pytest.raises(torch.OutOfMemoryError):
            kept * twice
        del twice
        kept * kept
    assert torch.ones(2**18, device="sim").sum() == 2**18
    with pytest.raises(torch.OutOfMemoryError, match=r"capacity of 16\.00 GiB"):
        torch.empty(2**33, device="sim")


# ------------------------------------------------------------ the checks of this course


def test_plain_data_may_lie_on_the_device():
    tensor = on("sim", 3, 4)
    for kept in (tensor, tensor.t(), tensor[1:, ::2], tensor[0, 0], nn.Parameter(tensor), tensor > 0):
        for same_layout in (False, True):
            again = plain.copy(kept, same_layout=same_layout)
            assert plain.same(again, kept.detach()) and again.requires_grad == kept.requires_grad
            assert again.untyped_storage().data_ptr() != kept.untyped_storage().data_ptr()
            assert not same_layout or (again.stride(), again.storage_offset()) == (
                kept.stride(),
                kept.storage_offset(),
            )


@pytest.mark.parametrize(
    "wrong",
    [
        lambda x: x + 1,
        lambda x: -x,
        lambda x: 2 * x,
        lambda x: x.flip(0),
        lambda x: x.t(),
        lambda x: x.long(),
    ],
)
def test_a_difference_on_the_device_has_the_same_sentence(wrong):
    tensor = on("sim", 3, 4)
    sentence = compare.difference(wrong(tensor), tensor)
    assert sentence and sentence == compare.difference(wrong(tensor.cpu()), tensor.cpu())
    assert compare.difference(tensor.clone(), tensor) is None
    assert "on `cpu`; it was expected on `sim:0`" in compare.difference(tensor.cpu(), tensor)


def test_an_answer_is_tried_on_the_cpu_and_on_a_second_device():
    places = sim.places()
    assert places[0] == "cpu"
    assert len(places) == 2
    assert torch.ones(2, device=places[1]).device == torch.device(places[1])


def test_a_refusal_comes_without_the_simulators_own_lines():
    with pytest.raises(torch.OutOfMemoryError) as refused:
        torch.zeros(10**14, device="sim")
    with pytest.raises(torch.AcceleratorError) as unknown:
        torch.ones(2, device="sim:99")
    for raised in (refused, unknown):
        inner = [
            entry.name
            for entry in raised.traceback
            if "torchprimer" in str(entry.path) and "sim" in str(entry.path.parent.name)
        ]
        assert inner == ["run"]
