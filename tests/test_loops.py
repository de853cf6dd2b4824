"""`loops`: a training loop is watched without being changed, and what it shows is told in words."""

import copy

import pytest
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from torchprimer import loops, plain


@pytest.fixture
def data():
    random = torch.Generator().manual_seed(1)
    return torch.randn(8, 3, generator=random), torch.randn(8, 1, generator=random)


def parts(momentum=0.9, lr=0.1):
    model = loops.network(3, seed=1)
    return model, loops.Pinball(), torch.optim.SGD(model.parameters(), lr=lr, momentum=momentum)


def step(model, loss_fn, optimizer, x, y):
    loss = loss_fn(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


def kinds(watch):
    return [event["kind"] for event in watch.events]


def test_a_watched_loop_computes_what_it_computes_alone(data):
    alone, watched = parts(), parts()
    first = [step(*alone, *data) for _ in range(4)]
    with loops.Watch(*watched):
        second = [step(*watched, *data) for _ in range(4)]
    assert first == second
    assert plain.same(dict(alone[0].state_dict()), dict(watched[0].state_dict()))


def test_everything_is_as_before_afterwards(data):
    model, loss_fn, optimizer = parts()
    before = type(model), type(loss_fn)
    with loops.Watch(model, loss_fn, optimizer) as watch:
        assert isinstance(model, nn.Sequential)
        step(model, loss_fn, optimizer, *data)
    assert (type(model), type(loss_fn)) == before
    seen = len(watch.events)
    step(model, loss_fn, optimizer, *data)
    assert len(watch.events) == seen
    with pytest.raises(ZeroDivisionError), loops.Watch(model, loss_fn, optimizer):
        raise ZeroDivisionError
    assert (type(model), type(loss_fn)) == before


def test_the_events_of_a_step(data):
    model, loss_fn, optimizer = parts()
    with loops.Watch(model, loss_fn, optimizer) as watch:
        value = step(model, loss_fn, optimizer, *data)
        step(model, loss_fn, optimizer, *data)
    record = watch.record()
    once = ["forward", "loss", "backward", "step"]
    assert kinds(watch) == [*once, "forward", "loss", "clear", "backward", "step"]
    forward, loss, backward, made = record["events"][:4]
    assert forward["mode"] == "train" and forward["called"] and forward["graph"]
    assert torch.equal(forward["input"], data[0])
    assert loss["value"] == value and loss["order"] == "prediction, target"
    assert not backward["stale"]
    assert all(torch.equal(made["gradient"][name], loss["gradient"][name]) for name in made["gradient"])
    assert record["steps"] == 2 and record["moved"] and not record["stopped"]
    assert loops.slips(record) == []


def test_a_record_is_plain_data(data):
    model, loss_fn, optimizer = parts()
    with loops.Watch(model, loss_fn, optimizer) as watch:
        step(model, loss_fn, optimizer, *data)
        with torch.inference_mode():
            loss_fn(model.eval()(data[0]), data[1])
    assert "Stranger" not in repr(plain.copy(watch.record()))


def zero_grad(model, optimizer):
    optimizer.zero_grad()


def kept_zeros(model, optimizer):
    model.zero_grad(set_to_none=False)


def none_by_hand(model, optimizer):
    for parameter in model.parameters():
        parameter.grad = None


@pytest.mark.parametrize("clear", [zero_grad, kept_zeros, none_by_hand])
@pytest.mark.parametrize("first", [True, False])
def test_right_loops_show_no_slip(data, clear, first):
    model, loss_fn, optimizer = parts()
    with loops.Watch(model, loss_fn, optimizer) as watch:
        for x, y in zip(data[0].split(4), data[1].split(4), strict=True):
            if first:
                clear(model, optimizer)
            loss_fn(model(x), y).backward()
            optimizer.step()
            if not first:
                clear(model, optimizer)
    assert loops.slips(watch.record()) == []


def test_a_closure_and_autograd_grad_show_no_slip(data):
    x, y = data
    model, loss_fn, optimizer = parts()

    def closure():
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        return loss

    with loops.Watch(model, loss_fn, optimizer) as watch:
        optimizer.step(closure)
        optimizer.step(closure)
        parameters = list(model.parameters())
        gradients = torch.autograd.grad(loss_fn(model(x), y), parameters)
        for parameter, gradient in zip(parameters, gradients, strict=True):
            parameter.grad = gradient
        optimizer.step()
    assert loops.slips(watch.record()) == []


def test_a_gradient_that_is_zero_by_itself_is_no_slip(data):
    model, _, optimizer = parts()
    loss = nn.MSELoss()
    with loops.Watch(model, loss, optimizer) as watch:
        optimizer.zero_grad()
        prediction = model(data[0])
        loss(prediction, prediction.detach()).backward()
        optimizer.step()
    assert loops.slips(watch.record()) == []


def never_cleared(model, loss_fn, optimizer, x, y):
    for _ in range(2):
        loss_fn(model(x), y).backward()
        optimizer.step()


def cleared_too_soon(model, loss_fn, optimizer, x, y):
    loss_fn(model(x), y).backward()
    optimizer.zero_grad()
    optimizer.step()


def stepped_first(model, loss_fn, optimizer, x, y):
    loss = loss_fn(model(x), y)
    optimizer.step()
    loss.backward()


def no_backward(model, loss_fn, optimizer, x, y):
    loss_fn(model(x), y)
    optimizer.step()


def no_step(model, loss_fn, optimizer, x, y):
    loss_fn(model(x), y).backward()


def other_optimizer(model, loss_fn, optimizer, x, y):
    step(model, loss_fn, torch.optim.SGD(model.parameters(), lr=0.1), x, y)


def no_graph(model, loss_fn, optimizer, x, y):
    with torch.no_grad():
        loss_fn(model(x), y)


def new_leaf(model, loss_fn, optimizer, x, y):
    loss = loss_fn(model(x).detach().requires_grad_(), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


def evaluating(model, loss_fn, optimizer, x, y):
    step(model.eval(), loss_fn, optimizer, x, y)


def half_evaluating(model, loss_fn, optimizer, x, y):
    model.training = False
    step(model, loss_fn, optimizer, x, y)


def target_first(model, loss_fn, optimizer, x, y):
    loss_fn(y, model(x)).backward()


def flat_target(model, loss_fn, optimizer, x, y):
    step(model, loss_fn, optimizer, x, y.flatten())


def twice(model, loss_fn, optimizer, x, y):
    loss = loss_fn(model(x), y)
    loss.backward(retain_graph=True)
    loss.backward()
    optimizer.step()


def batches_for_one_step(model, loss_fn, optimizer, x, y):
    for _ in range(3):
        loss_fn(model(x), y).backward()
    optimizer.step()


def scaled(model, loss_fn, optimizer, x, y):
    (loss_fn(model(x), y) * 3).backward()
    optimizer.step()


def own_loss(model, loss_fn, optimizer, x, y):
    step(model, nn.MSELoss(), optimizer, x, y)


def a_copy(model, loss_fn, optimizer, x, y):
    step(copy.deepcopy(model), loss_fn, optimizer, x, y)


def diverges(model, loss_fn, optimizer, x, y):
    step(model, loss_fn, optimizer, x, y)
    step(model, loss_fn, optimizer, x * float("inf"), y)


@pytest.mark.parametrize(
    ("loop", "words"),
    [
        (never_cleared, "At step 2 the gradients of an earlier batch were still there"),
        (cleared_too_soon, "cleared between `backward()` and `step()`"),
        (stepped_first, "`step()` came before `backward()`"),
        (no_backward, "No `backward()` reached the loss"),
        (no_step, "`step()` of the optimizer was never called"),
        (other_optimizer, "not by the optimizer that was given"),
        (no_graph, "without a graph"),
        (new_leaf, "does not depend on the weights"),
        (evaluating, "step 1 ran in evaluation mode"),
        (half_evaluating, "some layers were in training mode"),
        (target_first, "got the target first"),
        (flat_target, "They broadcast to (8, 8)"),
        (twice, "same loss more than once"),
        (batches_for_one_step, "the `backward()` of 3 batches"),
        (scaled, "is not that of `loss_fn(prediction, target)`"),
        (own_loss, "The `loss_fn` that was given is never called"),
        (a_copy, "The `model` that was given is never called"),
        (diverges, "The loss became nan after 1 step."),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_slip_is_told(data, loop, words):
    model, loss_fn, optimizer = parts()
    with loops.Watch(model, loss_fn, optimizer) as watch:
        loop(model, loss_fn, optimizer, *data)
    assert words in loops.slips(watch.record())[0]


def test_classes_are_no_shape_slip(data):
    model = loops.network(3, 4, seed=1)
    optimizer = torch.optim.Adam(model.parameters())
    loss_fn = nn.CrossEntropyLoss()
    with loops.Watch(model, loss_fn, optimizer) as watch:
        step(model, loss_fn, optimizer, data[0], torch.arange(8) % 4)
    assert loops.slips(watch.record()) == []


def test_forward_without_a_call_is_seen(data):
    model, loss_fn, _ = parts()
    with loops.Watch(model, loss_fn) as watch:
        model.forward(data[0])
        model(data[0])
    assert [event["called"] for event in watch.events] == [False, True]


@pytest.mark.parametrize(
    ("what", "words"),
    [("step", "20 steps and gone on; the loss was"), ("pass", "20 forward passes and no step")],
)
def test_an_endless_loop_is_stopped(data, what, words):
    model, loss_fn, optimizer = parts()
    with loops.Watch(model, loss_fn, optimizer, most=20) as watch:
        while True:
            try:
                loss = loss_fn(model(data[0]), data[1])
                if what == "step":
                    loss.backward()
                    optimizer.step()
            except Exception:
                pass
    assert words in loops.unfinished(watch.record(), "fit")


def test_a_loop_that_ends_has_nothing_to_say(data):
    with loops.Watch(*parts()) as watch:
        pass
    assert loops.unfinished(watch.record(), "fit") is None


def test_errors_say_what_led_to_them(data):
    x, y = data

    def graphless(model, loss_fn, optimizer):
        with torch.no_grad():
            loss = loss_fn(model(x), y)
        loss.backward()

    def detached(model, loss_fn, optimizer):
        loss_fn(model(x).detach(), y).backward()

    def number(model, loss_fn, optimizer):
        loss_fn(model(x), y).item().backward()

    def one_sample(model, loss_fn, optimizer):
        for x_one, y_one in DataLoader(TensorDataset(x, y), batch_size=1):
            loss_fn(model(x_one), y_one)

    def old_graph(model, loss_fn, optimizer):
        first = loss_fn(model(x), y)
        first.backward(retain_graph=True)
        optimizer.step()
        first.backward()

    for loop, words in (
        (graphless, "forward pass ran without a graph"),
        (detached, "the graph was left"),
        (number, "A Python number has no graph"),
        (one_sample, "BatchNorm was in training mode"),
        (old_graph, "first `backward()`, then `step()`"),
    ):
        with (
            pytest.raises((RuntimeError, AttributeError, ValueError)) as raised,
            loops.Watch(*parts_of(loop)),
        ):
            loop(*loop.parts)
        assert words in str(raised.value)
        assert len(str(raised.value)) < 240, "a check shows no more"


def parts_of(loop):
    loop.parts = parts()
    return loop.parts


def test_the_network_is_seeded_and_leaves_the_generator_alone():
    before = torch.get_rng_state()
    one, two, other = (loops.network(3, seed=seed) for seed in (1, 1, 2))
    assert torch.equal(before, torch.get_rng_state())
    assert plain.same(dict(one.state_dict()), dict(two.state_dict()))
    assert not torch.equal(one[0].weight, other[0].weight)


def test_pinball_is_another_number_when_swapped():
    loss_fn = loops.Pinball(0.8)
    low, high = torch.zeros(1), torch.ones(1)
    assert loss_fn(low, high).item() == pytest.approx(0.8)
    assert loss_fn(high, low).item() == pytest.approx(0.2)
