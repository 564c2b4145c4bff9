"""Every report there is: command line, desk and team bot list these and no others."""

from collections.abc import Mapping

from casework.evidence import captures, contacts, decisions, gaps, needs, protocols, visits
from casework.evidence.record import Record, together
from casework.evidence.report import Report
from casework.evidence.table import Table, as_csv, as_text

__all__ = ["REPORTS", "Record", "Report", "Table", "as_csv", "as_text", "together"]

REPORTS: Mapping[str, Report] = {
    report.name: report
    for report in (
        contacts.REPORT,
        protocols.REPORT,
        needs.REPORT,
        gaps.REPORT,
        decisions.REPORT,
        visits.REPORT,
        captures.REPORT,
    )
}
