"""Benchmarks: run `pytest benchmarks -n0`."""
