"""The report as Markdown: its first file, and the details that it leads to."""

from lstm_lab.judging.report.markdown.documents import documents
from lstm_lab.judging.report.markdown.links import FRONT, Resolved
