"""Talks to the kernel as a front end does, and prints what came back as JSON."""

import json
import signal
import sys
import threading
import time

from jupyter_client.manager import start_new_kernel

# What a shell starts in the background ignores interrupts, and so would a kernel started from it.
signal.signal(signal.SIGINT, signal.default_int_handler)

told = {}
start = time.time()
manager, client = start_new_kernel(kernel_name="initlab", startup_timeout=120)


def run(name, code, hook=lambda kind: None):
    """Runs a cell; keeps its status, outputs and seconds under a name, and tells each output's kind."""
    out = []
    began = time.time()

    def keep(message):
        out.append((message["msg_type"], message["content"]))
        hook(message["msg_type"])

    reply = client.execute_interactive(code, timeout=120, output_hook=keep)
    told[name] = {
        "status": reply["content"]["status"],
        "seconds": time.time() - began,
        "outputs": [
            {"type": kind, **content} for kind, content in out if kind not in ("status", "execute_input")
        ],
    }


run("first", "1 + 1")
told["start_seconds"] = time.time() - start
for name, code in json.load(open(sys.argv[1])).items():
    run(name, code)
run("warm", 'Figures.histogram("a", new double[] {1, 2, 2, 3}, 3)')
run("figure", 'Lab.draw("glorot_uniform", 300, 200, 7).histogram()')

for code in ('Lab.dr', 'Lab.draw("glorot_u', "Figures.", 'Lab.theory("tanh").cri', "Named.initi"):
    content = client.complete(code, len(code), reply=True, timeout=60)["content"]
    told["complete " + code] = {"matches": content["matches"], "start": content["cursor_start"]}
for code, at in (("Lab.draw(", 6), ("Named", 3), ('Lab.theory("tanh").at(1, 2)', 20)):
    content = client.inspect(code, at, reply=True, timeout=60)["content"]
    told["inspect " + code] = content["data"].get("text/plain", "") if content["found"] else ""


# An interrupt before the cell runs would meet nobody, so the cell says when it does.
running = threading.Event()


def later():
    running.wait(120)
    time.sleep(0.5)
    manager.interrupt_kernel()


threading.Thread(target=later, daemon=True).start()
run(
    "interrupted",
    'for (long i = 0; ; i++) { if (i == 0) System.out.println("running"); }',
    lambda kind: running.set() if kind == "stream" else None,
)
run("after", "2 + 3")
client.stop_channels()
manager.shutdown_kernel()
print(json.dumps(told))
