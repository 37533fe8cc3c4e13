"""The plots of the report, drawn by Matplotlib as SVG."""
