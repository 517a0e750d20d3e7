"""Runs a program that must not outlive whoever asked for it: run as a script with a folder and the words of a command.

The asker holds this script's standard input. When it closes - because the asker is done, or because it was killed, in whatever
way - the program and all it started are ended; if the program was still at work, the folder is removed. The exit status is the program's.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading


def main() -> None:
    """Run the command until it ends or the asker is gone."""
    folder, *command = sys.argv[1:]
    group = 0 if os.name == "posix" else None
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, process_group=group)

    def watch() -> None:
        sys.stdin.buffer.read()
        end(process)
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
    status = process.wait()
    end(process)  # what it left behind
    os._exit(status & 0xFF)


def end(process: subprocess.Popen[bytes]) -> None:
    """The program and what it started: they are a group of their own where there are groups."""
    try:
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except OSError:
        return  # it is gone


if __name__ == "__main__":
    main()
