"""Benchmarks of the compiled loop, the store and the suite: run `pytest benchmarks -n0`."""
