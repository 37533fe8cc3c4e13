"""The report as Markdown: its front page, and the details that the front page leads to."""

from lstm_lab.judging.report.markdown.details import render
