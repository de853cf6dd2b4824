# %% right: counting users, Kahn's way
import math


class Value:
    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        return self * -1.0

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            for v in (self, other):
                v.grad = v.grad + out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        users, todo = {}, [self]
        met = {id(self)}
        while todo:
            node = todo.pop()
            for parent in node.parents:
                users[id(parent)] = users.get(id(parent), 0) + 1
                if id(parent) not in met:
                    met.add(id(parent))
                    todo.append(parent)
        self.grad = 1.0
        ready = [self]
        while ready:
            node = ready.pop()
            node.pass_on()
            for parent in node.parents:
                users[id(parent)] -= 1
                if users[id(parent)] == 0:
                    ready.append(parent)

    def __sub__(self, other):
        return self + (-other)

    __radd__, __rmul__ = __add__, __mul__


# %% right: another form of each rule
import math


class Value:
    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        return self * -1.0

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            for one, two in ((self, other), (other, self)):
                one.grad += two.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            if n != 0:
                self.grad += out.grad * n * self.data ** (n - 1)

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += out.grad / math.cosh(self.data) ** 2

        out.pass_on = pass_on
        return out

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: overwrites in mul | `+=`, not `=`
import math


class Value:
    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        return self * -1.0

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad = other.data * out.grad
            other.grad = self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: overwrites in add | `+=`, not `=`
import math


class Value:
    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        return self * -1.0

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad = out.grad
            other.grad = out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: add gives to one only | Only one of the two inputs
import math


class Value:
    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        return self * -1.0

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: factors swapped | the *other* factor
import math


class Value:
    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        return self * -1.0

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += self.data * out.grad
            other.grad += other.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: n missing | The factor n is missing
import math


class Value:
    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        return self * -1.0

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: exponent kept | must go down by one
import math


class Value:
    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        return self * -1.0

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data**n * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: arriving gradient missing in pow | The gradient that arrives is missing
import math


class Value:
    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        return self * -1.0

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1)

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: tanh of the input squared | you squared the input
import math


class Value:
    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        return self * -1.0

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - self.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: tanh without the square | The square is missing
import math


class Value:
    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        return self * -1.0

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: arriving gradient missing in tanh | The gradient that arrives is missing
import math


class Value:
    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        return self * -1.0

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += 1 - out.data**2

        out.pass_on = pass_on
        return out

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: the walk goes forward | begins at the wrong end
import math


class Value:
    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        return self * -1.0

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in order:
            node.pass_on()

    def __sub__(self, other):
        return self + (-other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: depth first without an order | uses it had done so
import math


class Value:
    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        return self * -1.0

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        self.grad = 1.0
        seen = set()

        def visit(node):
            if node in seen:
                return
            seen.add(node)
            node.pass_on()
            for parent in node.parents:
                visit(parent)

        visit(self)

    def __sub__(self, other):
        return self + (-other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: every path once more | uses it had done so
import math


class Value:
    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        return self * -1.0

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        self.grad = 1.0

        def visit(node):
            node.pass_on()
            for parent in node.parents:
                visit(parent)

        visit(self)

    def __sub__(self, other):
        return self + (-other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: no start | its own gradient at 0
import math


class Value:
    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        return self * -1.0

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: backward does nothing | Begin there
import math


class Value:
    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        return self * -1.0

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        ...

    def __sub__(self, other):
        return self + (-other)

    __radd__, __rmul__ = __add__, __mul__


# %% right: iterative post-order with a stack
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        order, seen, stack = [], set(), [(self, False)]
        while stack:
            node, done = stack.pop()
            if done:
                order.append(node)
            elif id(node) not in seen:
                seen.add(id(node))
                stack.append((node, True))
                stack.extend((p, False) for p in node.parents)
        self.grad = 1.0
        while order:
            order.pop().pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% right: creation counter and sort
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        Value.made = getattr(Value, "made", 0) + 1
        self.number = Value.made
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        nodes, todo = {id(self): self}, [self]
        while todo:
            for p in todo.pop().parents:
                if id(p) not in nodes:
                    nodes[id(p)] = p
                    todo.append(p)
        self.grad = 1
        for node in sorted(nodes.values(), key=lambda v: -v.number):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% right: depth by longest path
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        depth = {}

        def d(node):
            if node not in depth:
                depth[node] = 1 + max((d(p) for p in node.parents), default=0)
            return depth[node]

        d(self)
        self.grad = 1.0
        for node in sorted(depth, key=depth.get, reverse=True):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% right: Kahn with Counter
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        from collections import Counter, deque
        nodes, todo = {self}, deque([self])
        waiting = Counter()
        while todo:
            for p in todo.popleft().parents:
                waiting[p] += 1
                if p not in nodes:
                    nodes.add(p)
                    todo.append(p)
        self.grad = 1.0
        ready = deque([self])
        while ready:
            node = ready.popleft()
            node.pass_on()
            for p in node.parents:
                waiting[p] -= 1
                if not waiting[p]:
                    ready.append(p)

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% right: graphlib
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        from graphlib import TopologicalSorter
        graph, todo = {}, [self]
        while todo:
            v = todo.pop()
            if v not in graph:
                graph[v] = set(v.parents)
                todo += v.parents
        self.grad = 1.0
        for v in reversed(list(TopologicalSorter(graph).static_order())):
            v.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% right: recursion as generator, list for seen
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        seen = []

        def walk(v):
            if not any(v is s for s in seen):
                seen.append(v)
                for p in v.parents:
                    yield from walk(p)
                yield v

        order = list(walk(self))
        self.grad = 1.0
        for v in order[::-1]:
            v.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: every gradient zeroed first | clears the gradients that were there
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        order, seen = [], set()

        def visit(node):
            if node in seen:
                return
            seen.add(node)
            for parent in node.parents:
                visit(parent)
            order.insert(0, node)

        visit(self)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in order:
            node.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% right: mul with itself by cases
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            if other is self:
                self.grad += 2 * self.data * out.grad
            else:
                self.grad += other.data * out.grad
                other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% right: pow by division
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += out.grad * n * out.data / self.data if self.data else 0.0

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% right: tanh by exponentials
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            e = math.exp(-2 * self.data)
            self.grad += 4 * e / (1 + e) ** 2 * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% right: grad replaced, not added in place
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad = self.grad + out.grad
            other.grad = other.grad + out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% right: an add rule over parents
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            for p in out.parents:
                p.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% right: accumulates the start
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad += 1.0
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% right: fixpoint sweeps with fresh sums
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        order, seen = [], set()
        stack = [iter([self])]
        path = []
        seen.add(self)
        path = [(self, iter(self.parents))]
        while path:
            v, it = path[-1]
            for p in it:
                if p not in seen:
                    seen.add(p)
                    path.append((p, iter(p.parents)))
                    break
            else:
                order.append(v)
                path.pop()
        self.grad = 1.0
        for v in reversed(order):
            v.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: no seen in the recursive order | In a graph where one value is used twice, the gradients are off.
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        order = []

        def visit(node):
            for parent in node.parents:
                visit(parent)
            order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: pre-order reversed | In a graph where one value is used twice, the gradients are off.
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                order.append(node)
                for parent in node.parents:
                    visit(parent)

        visit(self)
        self.grad = 1.0
        for node in order:
            node.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: starts with 1 but the parents only | In a graph where one value is used twice
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        self.grad = 1.0
        self.pass_on()
        for p in self.parents:
            p.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: calls backward of parents, no start set | In a graph where one value is used twice, the gradients are off.
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        if not self.grad:
            self.grad = 1.0
        self.pass_on()
        for p in self.parents:
            p.backward()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: stops at the leaves that are seen twice: parents as a set | In a graph where one value is used twice, the gradients are off.
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        order = []

        def visit(node):
            if node not in order:
                order.append(node)
                for parent in set(node.parents):
                    visit(parent)

        visit(self)
        self.grad = 1.0
        for node in order:
            node.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: mul multiplies grads | The rule for `*` adds nothing
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.grad * out.grad
            other.grad += self.grad * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: backward and add only | The rule for `tanh` adds nothing
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            ...

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            ...

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            ...

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: add without what arrives | The gradient that arrives is missing: multiply the local derivative by `out.grad`.
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += 1.0
            other.grad += 1.0

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: add: data in place of grad | For `a + b` at a = 0.5, b = -3.0 the gradients of a and b are -2.5 and -2.5; 1 and 1 were expected.
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.data
            other.grad += out.data

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: mul: adds to self only | Only one of the two inputs of `*` gets a gradient: add to both.
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: mul: both with product | For `a * b` at a = 0.5, b = -3.0 the gradients of a and b are -1.5 and -1.5; -3 and 0.5 were expected.
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += out.data * out.grad
            other.grad += out.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: mul: no out.grad | The gradient that arrives is missing: multiply the local derivative by `out.grad`.
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data
            other.grad += self.data

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: pow precedence | `**` goes before `-`: put brackets around the exponent, `data ** (n - 1)`.
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** n - 1 * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: pow of out | The rule for `**` takes the number that went in, `self.data`, not the result.
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * out.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: tanh of the output again | `out.data` is the tanh already: square it, and take no tanh of it again.
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - math.tanh(out.data) ** 2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: tanh: out.grad not multiplied but added | What arrives is multiplied by 1 - tanh², not added to it.
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) + out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: local variables in place of attributes | The rule for `+` adds nothing to the `grad` of its inputs yet:
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self_grad = out.grad
            other_grad = out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: changes data | The rule for `+` adds nothing to the `grad` of its inputs yet:
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.data += out.grad
            other.data += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: grad not set to 1 | `backward()` leaves even its own gradient at 0.
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: parents' backward | After `(-a).backward()` the gradient of a is 1; -1 was expected.
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        self.grad = 1.0
        self.pass_on()
        for parent in self.parents:
            parent.backward()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: parents' backward, start kept | In a graph where one value is used twice, the gradients are off.
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        if self.grad == 0:
            self.grad = 1.0
        self.pass_on()
        for parent in self.parents:
            parent.backward()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: forward order | After `(-(-a)).backward()` the gradient of a is 0; 1 was expected.
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in order:
            node.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: seen by data | In a graph where one value is used twice, the gradients are off.
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        order, seen = [], set()

        def visit(node):
            if node.data not in seen:
                seen.add(node.data)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: parents after the node | In a graph where one value is used twice, the gradients are off.
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                order.append(node)
                for parent in node.parents:
                    visit(parent)

        visit(self)
        self.grad = 1.0
        for node in order:
            node.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: pass_on not called | After `(-a).backward()` the gradient of a is 0; -1 was expected: call `pass_on()`, with its brackets, of every
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: pass_on of self only | After `(-a).backward()` the gradient of a is -2; -1 was expected: every node passes on once, by its own `pass_
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            self.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: only one level | After `(-(-a)).backward()` the gradient of a is 0; 1 was expected.
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        self.grad = 1.0
        self.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: one only: backward not begun | `backward()` leaves even its own gradient at 0.
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        ...

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% wrong: tanh missing only | The rule for `tanh` adds nothing to the `grad` of its inputs yet:
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            ...

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% right: stack walk
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            self.grad += out.grad
            other.grad += out.grad

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad += n * self.data ** (n - 1) * out.grad

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += (1 - out.data**2) * out.grad

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        order, stack, done = [], [(self, False)], set()
        while stack:
            node, expanded = stack.pop()
            if expanded:
                order.append(node)
            elif id(node) not in done:
                done.add(id(node))
                stack.append((node, True))
                stack.extend((p, False) for p in node.parents)
        self.grad = 1
        for node in order[::-1]:
            node.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__


# %% right: rules written out
import math


class Value:
    """A number that remembers how it was made."""

    def __init__(self, data, parents=()):
        self.data, self.grad = float(data), 0.0
        self.parents = parents
        self.pass_on = lambda: None

    def __neg__(self):
        out = Value(-self.data, (self,))

        def pass_on():
            self.grad += -1.0 * out.grad

        out.pass_on = pass_on
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data, (self, other))

        def pass_on():
            for one in (self, other):
                one.grad = one.grad + out.grad * 1

        out.pass_on = pass_on
        return out

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data, (self, other))

        def pass_on():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pass_on = pass_on
        return out

    def __pow__(self, n):
        out = Value(self.data**n, (self,))

        def pass_on():
            self.grad = self.grad + out.grad * n * math.pow(self.data, n - 1)

        out.pass_on = pass_on
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def pass_on():
            self.grad += out.grad / math.cosh(self.data) ** 2

        out.pass_on = pass_on
        return out

    def backward(self):
        """Fill `grad` of every Value that this one was made from."""
        order, seen = [], set()

        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.pass_on()

    def __sub__(self, other):
        return self + (-other if isinstance(other, Value) else -other)

    __radd__, __rmul__ = __add__, __mul__
