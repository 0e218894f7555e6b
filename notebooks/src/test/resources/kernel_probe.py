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
for code, at in (("Lab.draw(", 6), ("Lab.draw", 8), ("Named", 3), ('Lab.theory("tanh").at(1, 2)', 20)):
    content = client.inspect(code, at, reply=True, timeout=60)["content"]
    told["inspect " + code] = content["data"].get("text/plain", "") if content["found"] else ""


def control(kind):
    """Asks on the control channel, and says what the answer is."""
    client.control_channel.send(client.session.msg(kind))
    return client.get_control_msg(timeout=60)["msg_type"]


def during(name, code, act):
    """Runs a cell that says "running", and acts while it does: before that, it would meet nobody."""
    running = threading.Event()

    def later():
        running.wait(120)
        time.sleep(0.5)
        act()

    threading.Thread(target=later, daemon=True).start()
    run(name, code, lambda kind: running.set() if kind == "stream" else None)


# A cell's output is its own, whatever else is asked while it runs.
during(
    "asked",
    'for (int i = 0; i < 100; i++) { System.out.println("running"); Thread.sleep(20); }',
    lambda: told.setdefault("answer", control("kernel_info_request")),
)
during(
    "interrupted",
    'for (long i = 0; ; i++) { if (i == 0) System.out.println("running"); }',
    manager.interrupt_kernel,
)
run("after", "2 + 3")
during(
    "told to stop",
    'for (long i = 0; ; i++) { if (i == 0) System.out.println("running"); Thread.sleep(10); }',
    lambda: told.setdefault("stopped", control("interrupt_request")),
)

# After a restart, Jupyter asks on both channels until both have answered. It has to hear each answer where it asked.
manager.restart_kernel()
asked = []
for _ in range(15):
    for channel in (client.shell_channel, client.control_channel):
        question = client.session.msg("kernel_info_request")
        asked.append(question["header"]["msg_id"])
        channel.send(question)
    time.sleep(0.1)
heard = [get(timeout=60)["parent_header"]["msg_id"] for _ in range(15) for get in (client.get_shell_msg, client.get_control_msg)]
told["heard"] = heard == asked
run("restarted", "3 + 4")

client.execute('while (true) { System.out.println("running"); Thread.sleep(10); }')
while client.get_iopub_msg(timeout=60)["msg_type"] != "stream":
    pass
began = time.time()
client.shutdown()
while manager.is_alive() and time.time() - began < 60:
    time.sleep(0.05)
told["end_seconds"] = time.time() - began
client.stop_channels()
manager.shutdown_kernel(now=True)
print(json.dumps(told))
