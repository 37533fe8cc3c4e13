"""The environment of the training process: its Keras computes with JAX, on one core or on a GPU."""

from __future__ import annotations

import os

CPU_FLAGS = (
    "--xla_cpu_multi_thread_eigen=false",
    # XLA compiles a loop into one function where its arrays are small, below this many bytes, and starts each operation
    # of a larger one by itself. That costs as much as the arithmetic of networks of the article's size: with the whole
    # training loop in one function, a step takes a half to two thirds of the time, and compiling as well.
    f"--xla_backend_extra_options=xla_cpu_small_while_loop_byte_threshold={2**40}",
)


def training_environment() -> dict[str, str]:
    """The variables of the environment in which the training process is started, beside those of this process."""
    return {
        "KERAS_BACKEND": "jax",
        "XLA_FLAGS": " ".join([*os.environ.get("XLA_FLAGS", "").split(), *CPU_FLAGS]),
        "JAX_PLATFORMS": "cpu",
        "JAX_ENABLE_X64": "0",
        "NPROC": "1",  # threads of XLA: with more, they wait for each other for longer than they compute
    }
