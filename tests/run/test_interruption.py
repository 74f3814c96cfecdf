"""An interruption is heard, also where Python drops its exception."""

import subprocess
import sys

CODE = """
import os, signal, time
from zonereport.run import interruption
from zonereport.run.pools import Local

class Dropping:
    # an exception within a finaliser is printed and forgotten
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.1)

def task(starter, item, processes):
    while not starter._halted():
        time.sleep(0.05)
    return {}

interruption.listen()
with Local(1, "fork") as pool:
    ended = pool.each(task, ["a"])
    dropping = Dropping()
    del dropping
    try:
        next(ended)
    except KeyboardInterrupt:
        print("heard")
"""


def test_an_interruption_whose_exception_was_dropped_is_heard():
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True)
    assert "Exception ignored" in done.stderr
    assert done.stdout == "heard\n"
