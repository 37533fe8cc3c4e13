"""The pictures of the report, drawn by Matplotlib."""
