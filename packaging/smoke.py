"""Does the unpacked folder work on a computer without Python? Each way of using it once; the first that fails is named.

    python packaging/smoke.py FOLDER

The programs in FOLDER run with an empty home and with nothing on PATH but the system's folders from which Python was left out.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
SECONDS = 180


def main() -> None:
    """Run all; exit status 1 with a line for what failed."""
    folder = Path(sys.argv[1]).resolve()
    program = next(path for path in (folder / "fazhi", folder / "fazhi.exe") if path.exists())
    page = next(path for path in (folder / "法治报告检查", folder / "法治报告检查.exe") if path.exists())
    with tempfile.TemporaryDirectory() as work:
        here = Path(work)
        environment = bare(here)

        def fazhi(*words: str, status: int = 0) -> str:
            done = subprocess.run(
                [program, *words], cwd=here, env=environment, capture_output=True, timeout=SECONDS, encoding="utf-8", errors="replace"
            )
            check(done.returncode == status, f"fazhi {' '.join(words)}: {done.returncode}\n{done.stdout}{done.stderr}")
            return done.stdout + done.stderr

        fazhi("score", str(EXAMPLES / "gaps.docx"), "-o", "gaps.html")
        check("</html>" in (here / "gaps.html").read_text("utf-8"), "score: no page")
        (here / "report.pdf").write_bytes(pdf(["This is a report on something else, and no annual report of ours."] * 9))
        said = fazhi("score", "report.pdf", status=2)
        check("不是法治政府建设年度报告" in said, f"score: the PDF was not read: {said}")
        fazhi("annotate", str(EXAMPLES / "gaps.docx"), "-o", "notes.docx")
        check("word/comments.xml" in zipfile.ZipFile(here / "notes.docx").namelist(), "annotate: no comments")
        fazhi("outline", "--level", "county", "--report-year", "2026", "-o", "outline.docx")
        check(zipfile.is_zipfile(here / "outline.docx"), "outline: no Word file")
        (here / "slips.txt").write_text("某某县人民政府2024年法治政府建设年度报告\n会同县工商局检查____次。\n", "utf-8")
        said = fazhi("publish-check", "slips.txt", status=1)
        check("市场监督管理局" in said, f"publish-check: {said}")
        fazhi("audit", str(EXAMPLES / "audit/2024年度"), "-o", "out", "--year", "2024", "--jobs", "2")
        check((here / "out/index.html").stat().st_size > 1000 and (here / "out/audit.xlsx").exists(), "audit: nothing written")
        serve(page, environment)
    print("smoke test passed")


def serve(page: Path, environment: dict[str, str]) -> None:
    """The page answers a check, a second start ends at once, and it ends when it is told to."""
    process = subprocess.Popen([page], env=environment)
    try:
        for _ in range(SECONDS * 5):
            try:
                # Another program may have the usual port: the page writes down which one it got.
                base = f"http://127.0.0.1:{next(Path(environment['HOME']).rglob('page.port')).read_text('ascii')}"
                with urllib.request.urlopen(f"{base}/api/hello", timeout=2) as answer:
                    check(b"fazhi-scorer" in answer.read(), "serve: another program answers")
                break
            except (OSError, StopIteration):
                check(process.poll() is None, f"serve: ended with {process.returncode}")
                time.sleep(0.2)
        else:
            sys.exit("serve: no answer")
        head = {"Origin": base, "Content-Type": "application/octet-stream"}
        body = (EXAMPLES / "gaps.docx").read_bytes()
        with urllib.request.urlopen(urllib.request.Request(f"{base}/api/check?name=gaps.docx", body, head), timeout=SECONDS) as answer:
            check(b'"report":true' in answer.read(), "serve: the check gave no result")
        check(subprocess.run([page], env=environment, timeout=SECONDS).returncode == 0, "serve: the second start failed")
        urllib.request.urlopen(urllib.request.Request(f"{base}/api/quit", b"", head), timeout=SECONDS).close()
        check(process.wait(SECONDS) == 0, f"serve: ended with {process.returncode}")
    finally:
        if process.poll() is None:
            process.kill()


def bare(home: Path) -> dict[str, str]:
    """An environment as on a computer without Python, with its home folder here and no browser to be opened."""
    keep = {name: os.environ[name] for name in ("SYSTEMROOT", "WINDIR", "TEMP", "TMP", "COMSPEC") if name in os.environ}
    folder = home / "bin"
    folder.mkdir()
    return {
        **keep, "PATH": str(folder), "HOME": str(home), "USERPROFILE": str(home), "LOCALAPPDATA": str(home), "BROWSER": "true",
        "FAZHI_NO_BROWSER": "1", "LANG": "C.UTF-8", "PYTHONUTF8": "1",
    }  # fmt: skip


def pdf(lines: list[str]) -> bytes:
    """A PDF of one page with these lines."""
    shown = "".join(f"({line}) Tj 0 -20 Td " for line in lines).encode()
    content = b"BT /F1 12 Tf 72 700 Td " + shown + b"ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, thing in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, thing)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (table, len(out))


def check(holds: bool, words: str) -> None:
    """End with the words when it does not hold."""
    if not holds:
        sys.exit(words)


if __name__ == "__main__":
    main()
