"""The load generator: wrk where it is installed, a small one of our own otherwise. Both keep connections open."""

import asyncio
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

REPORT = """
done = function(summary, latency, requests)
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write
                 + summary.errors.status + summary.errors.timeout
  io.write(string.format("MEASURED %d %d %d %d %d\\n", summary.requests, summary.duration,
           latency:percentile(50), latency:percentile(95), failed))
end
"""


@dataclass(frozen=True)
class Measured:
    """Requests per second, and the time in milliseconds within which half and 95 of 100 were answered."""

    rate: float
    p50: float
    p95: float
    failed: int


def generator() -> str:
    return "wrk" if shutil.which("wrk") else "the built-in generator"


def drive(url: str, connections: int, seconds: float) -> Measured:
    """Ask for one page again and again, each of `connections` as soon as it has its answer."""
    return _wrk(url, connections, seconds) if shutil.which("wrk") else asyncio.run(_own(url, connections, seconds))


def _wrk(url: str, connections: int, seconds: float) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "report.lua"
        script.write_text(REPORT)
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds:.0f}s", "--timeout", "30s", "-s", str(script)]
        said = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    found = re.search(r"MEASURED (\d+) (\d+) (\d+) (\d+) (\d+)", said)
    if found is None:
        raise RuntimeError(f"wrk did not report: {said}")
    requests, microseconds, p50, p95, failed = map(int, found.groups())
    return Measured(requests / microseconds * 1e6, p50 / 1000, p95 / 1000, failed)


async def _own(url: str, connections: int, seconds: float) -> Measured:
    times: list[float] = []
    failed = [0]
    started = time.perf_counter()
    await asyncio.gather(*(_ask(url, started + seconds, times, failed) for _ in range(connections)))
    spent = time.perf_counter() - started
    cuts = statistics.quantiles(times, n=100) if len(times) > 1 else [0.0] * 99
    return Measured(len(times) / spent, cuts[49] * 1000, cuts[94] * 1000, failed[0])


async def _ask(url: str, end: float, times: list[float], failed: list[int]) -> None:
    """One connection until `end`."""
    parts = urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    request = f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode()
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    while (before := time.perf_counter()) < end:
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        if found := re.search(rb"content-length: (\d+)", head):
            await reader.readexactly(int(found[1]))
        else:
            while size := int((await reader.readline()).split(b";")[0], 16):
                await reader.readexactly(size + 2)
            await reader.readline()
        failed[0] += not head.startswith(b"http/1.1 200")
        times.append(time.perf_counter() - before)
    writer.close()
