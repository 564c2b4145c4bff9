"""How the program logs: one line per event, codes and counts; no text, name, address or token."""

import logging
import sys

import structlog


def set_up_logs(*, quiet: bool = False) -> None:
    """JSON lines on standard error; the demo is quiet and shows warnings only."""
    level = logging.WARNING if quiet else logging.INFO
    logging.basicConfig(level=level, stream=sys.stderr, format="%(message)s", force=True)
    for chatty in ("httpx", "apscheduler", "uvicorn.access"):  # httpx logs addresses with tokens in them
        logging.getLogger(chatty).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.add_log_level,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )
