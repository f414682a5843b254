"""One self-contained page of a story or a report, to mail or to keep: no script, no request, everything escaped."""

from onrecord.cli.page.render import origins_drawing, report_page, story_page

__all__ = ["origins_drawing", "report_page", "story_page"]
