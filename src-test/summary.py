"""Sums up the reports of a test run: the ten slowest, what failed, the totals.

usage: summary.py ROOT SECONDS

Reads ROOT/*/target/*-reports/TEST-*.xml; SECONDS is how long the run took.
Exit status 1 when a test failed, a report cannot be read, or no test ran.
"""

import glob
import os
import sys
import xml.etree.ElementTree as tree

LIMIT_SECONDS = 20 * 60
SLOWEST = 10


def cases_of(report):
    """The (seconds, name, state) of each test case in a report."""
    for case in tree.parse(report).getroot().iter("testcase"):
        name = f'{case.get("classname", "").rsplit(".", 1)[-1]}.{case.get("name")}'
        tags = {child.tag for child in case}
        state = "passed"
        if tags & {"failure", "error"}:
            state = "failed"
        elif "skipped" in tags:
            state = "skipped"
        yield float(case.get("time", "0").replace(",", "")), name, state


def main(root, seconds):
    cases, unreadable = [], []
    for report in sorted(glob.glob(os.path.join(root, "*", "target", "*-reports", "TEST-*.xml"))):
        try:
            cases.extend(cases_of(report))
        except tree.ParseError:
            # The process that wrote it died.
            unreadable.append(os.path.relpath(report, root))
    cases.sort(reverse=True)
    counts = {state: sum(case[2] == state for case in cases) for state in ("passed", "failed", "skipped")}

    if seconds > LIMIT_SECONDS:
        print(f"warning: the tests took {seconds / 60:.1f} minutes; {LIMIT_SECONDS // 60} is the most they should take.")
    print(f"Took {seconds} s.")
    for report in unreadable:
        print(f"FAILED {report} cannot be read")
    for _, name, state in cases:
        if state == "failed":
            print(f"FAILED {name}")
    print("The ten slowest tests:")
    for case_seconds, name, _ in cases[:SLOWEST]:
        print(f"  {case_seconds:7.1f} s  {name}")
    print(f'{counts["passed"]} passed, {counts["failed"]} failed, {counts["skipped"]} skipped')
    if not cases:
        print("error: no test ran", file=sys.stderr)
    return 1 if unreadable or counts["failed"] or not counts["passed"] else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
