# The stock AWS CLI, made ready once for many commands: each runs in a fork of this process, with standard output and error of its
# own, so that it finds nothing of those before. A line of standard input is a command, as a list of its arguments; a line of the
# output is how it ended, {"code", "stdout", "stderr"}.
import gc
import json
import os
import sys
import tempfile

from awscli.clidriver import create_clidriver
from botocore.exceptions import DataNotFoundError

driver = create_clidriver()
driver.create_help_command()  # It lists all commands and
driver.session.create_client("sts", region_name="us-east-1")  # it imports what calls need, neither of which a fork then does.
gc.freeze()  # So that no fork copies all of it only to look through it.
answers = os.fdopen(os.dup(1), "w")


def run(args, out, err):
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(out.fileno(), 1)
    os.dup2(err.fileno(), 2)
    sys.argv = ["aws", *args]
    try:
        code = driver.main(args)
    except SystemExit as ended:
        code = ended.code
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code or 0)


def load(command):
    """Has the model of a service read before it forks, so that each fork finds it read."""
    try:
        driver.session.get_service_model(command)
    except DataNotFoundError:
        pass  # It is a command of the CLI's own, or none.


def read(file):
    file.seek(0)
    return file.read().decode()


for line in sys.stdin:
    args = json.loads(line)
    load(args[0])
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            run(args, out, err)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(json.dumps({"code": code, "stdout": read(out), "stderr": read(err)}), file=answers, flush=True)
