"""The report of a run: as Markdown, JSON, lines of the terminal and an HTML page, with its plots."""

from lstm_lab.judging.report.files import folder_of, page_of, path_error, report_name, write
from lstm_lab.judging.report.final_criteria import open_criteria
from lstm_lab.judging.report.formatting import EMPTY_CELL, NBSP, escaped, inline_code, row, verdict_label
from lstm_lab.judging.report.header import verdict_counts
from lstm_lab.judging.report.json import report_to_json
from lstm_lab.judging.report.report import Report
from lstm_lab.judging.report.scoreboard import headline
from lstm_lab.judging.report.sentences import result_text
from lstm_lab.judging.report.terminal import decidable, finding_line, listing, summary
