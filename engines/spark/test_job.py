"""The job on a real cluster of this machine: Spark standalone, a worker killed in the middle, Sail.

    python engines/spark/test_job.py             # pyspark and java
    python engines/spark/test_job.py --kill      # the same, but the killed worker alone
    python engines/spark/test_job.py --sail      # pysail and pyspark-client

All servers listen on loopback. Rows are those of `sayso.read_batch` over all articles at once, in any order.
"""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

import sayso

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "python" / "tests"))
from conftest import articles, pages  # noqa: E402

HOST = "127.0.0.1"
#: So long anything may take.
PATIENCE = 600


def free_port():
    with socket.socket() as one:
        one.bind((HOST, 0))
        return one.getsockname()[1]


def wait_for(port):
    for _ in range(PATIENCE):
        with socket.socket() as one:
            if one.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.2)
    raise SystemExit(f"nothing listens on {HOST}:{port}")


class Started:
    """Programs that this test started, each in a group of its own: these and no others are ended."""

    def __init__(self, folder):
        self.folder, self.all = folder, []

    def __call__(self, *command, **environment):
        log = open(self.folder / f"server-{len(self.all)}.log", "wb")
        env = os.environ | {"SPARK_LOCAL_IP": HOST, "PYSPARK_PYTHON": sys.executable} | environment
        one = subprocess.Popen(command, stdout=log, stderr=log, env=env, start_new_session=True)
        self.all.append(one)
        return one

    def end(self):
        for one in self.all:
            kill(one)


def kill(one):
    if one.poll() is None:
        os.killpg(one.pid, 9)
        one.wait()


def rows(table):
    """Rows in an order of their own, without what engines add."""
    # Parquet's partitions come back as a column; a path is where the file lies.
    names = [name for name in table.column_names if name != "day"]
    return sorted(json.dumps(row, default=str, sort_keys=True) for row in table.select(sorted(names)).to_pylist())


def check(output, given):
    read = ds.dataset(output / "read", format="parquet", partitioning="hive").to_table()
    here = sayso.read_batch(given, texts=True)
    assert rows(read) == rows(here), "rows differ"
    questions = ds.dataset(output / "questions", format="parquet").to_table()
    assert rows(questions) == rows(sayso.link_group(here)), "questions differ"
    print(f"  {read.num_rows} rows and {questions.num_rows} bearings, equal to one machine's")


def spark(started, folder, given, killed_alone):
    import pyspark

    home = Path(pyspark.__file__).parent
    program = str(home / "bin" / "spark-class")
    port = free_port()
    started(program, "org.apache.spark.deploy.master.Master", "--host", HOST, "--port", str(port), "--webui-port", str(free_port()))
    wait_for(port)
    master = f"spark://{HOST}:{port}"

    def worker():
        work = str(folder / f"work-{len(started.all)}")
        return started(program, "org.apache.spark.deploy.worker.Worker", master, "--cores", "1", "--memory", "1g",
                       "--host", HOST, "--webui-port", str(free_port()), "--work-dir", work)

    def job(output, during=None):
        command = [str(home / "bin" / "spark-submit"), "--master", master, "--conf", "spark.executor.memory=512m",
                   "--conf", f"spark.driver.host={HOST}", "--conf", f"spark.driver.bindAddress={HOST}",
                   "--conf", "spark.ui.enabled=false",
                   "--conf", "spark.sql.shuffle.partitions=4", str(HERE / "job.py"), str(folder / "in"), str(output)]
        began = time.monotonic()
        run = started(*command)
        if during:
            during(output, run)
        code = run.wait(PATIENCE)
        assert code == 0, (folder / f"server-{started.all.index(run)}.log").read_text()[-3000:]
        return time.monotonic() - began

    first = worker()
    if not killed_alone:
        print(f"one worker: {job(folder / 'one'):.1f} s")
        check(folder / "one", given)
    worker()
    if not killed_alone:
        print(f"two workers: {job(folder / 'two'):.1f} s")
        check(folder / "two", given)

    def killing(output, run):
        # Once the first task is done, its worker goes, with whatever it holds.
        while run.poll() is None and not list(output.glob("read/_temporary/0/task_*")):
            time.sleep(0.1)
        kill(first)
        print("  a worker was killed")

    print(f"a worker killed: {job(folder / 'killed', killing):.1f} s")
    check(folder / "killed", given)


def sail(started, folder, given):
    port = free_port()
    server = [sys.executable, "-m", "pysail", "spark", "server", "--ip", HOST, "--port", str(port)]
    started(*server, SAIL_MODE="local-cluster", SAIL_CLUSTER__DRIVER_LISTEN_HOST=HOST)
    wait_for(port)
    command = [sys.executable, str(HERE / "job.py"), "--remote", f"sc://{HOST}:{port}", str(folder / "in"), str(folder / "sail")]
    began = time.monotonic()
    run = started(*command)
    code = run.wait(PATIENCE)
    log = (folder / f"server-{started.all.index(run)}.log").read_text()[-3000:]
    assert code == 0, log
    print(f"sail, local cluster: {time.monotonic() - began:.1f} s")
    check(folder / "sail", given)


def main():
    flags = argparse.ArgumentParser()
    flags.add_argument("--sail", action="store_true")
    flags.add_argument("--kill", action="store_true")
    flags.add_argument("--articles", type=int, default=400)
    flags = flags.parse_args()
    # Whoever ends this test ends its servers.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        given = pages([*articles(flags.articles), {"id": "broken", "text": ""}, {"id": "none"}])
        (folder / "in").mkdir()
        parts = 8
        for n in range(parts):
            size = -(-given.num_rows // parts)
            pq.write_table(given.slice(n * size, size), folder / "in" / f"{n}.parquet")
        started = Started(folder)
        try:
            if flags.sail:
                sail(started, folder, given)
            else:
                spark(started, folder, given, flags.kill)
        finally:
            started.end()
    print("1 passed, 0 failed")


if __name__ == "__main__":
    main()
