"""The environment of the training process: its Keras computes with JAX, on one core or on a GPU."""

from __future__ import annotations

import os

# The environment variable with the GPUs that the user lets programs see: TensorFlow, which is asked, sees none.
VISIBLE_DEVICES = "CLAIMS_VISIBLE_DEVICES"

ON_A_CORE = {
    "JAX_PLATFORMS": "cpu",
    "NPROC": "1",  # threads of XLA: with more, they wait for each other for longer than they compute
}
# XLA compiles a loop into one function where its arrays are small, below this many bytes, and starts each operation of
# a larger one by itself. That costs as much as the arithmetic of networks of the article's size: with the whole
# training loop in one function, a step takes a half to two thirds of the time, and so does compiling.
FLAGS_ON_A_CORE = (
    "--xla_cpu_multi_thread_eigen=false",
    f"--xla_backend_extra_options=xla_cpu_small_while_loop_byte_threshold={2**40}",
)

ON_A_GPU = {
    "JAX_PLATFORMS": "cuda",
    "JAX_DEFAULT_MATMUL_PRECISION": "highest",  # float32, as on a core, not TF32
    "XLA_PYTHON_CLIENT_PREALLOCATE": "false",  # several processes share the GPU
}
FLAGS_ON_A_GPU = ("--xla_gpu_deterministic_ops=true",)


def training_environment(*, gpu: bool) -> dict[str, str | None]:
    """The variables of the environment in which the training process is started; None for those it must not have."""
    flags = FLAGS_ON_A_GPU if gpu else FLAGS_ON_A_CORE
    return {
        "KERAS_BACKEND": "jax",
        "XLA_FLAGS": " ".join([*os.environ.get("XLA_FLAGS", "").split(), *flags]),
        "JAX_ENABLE_X64": "0",
        **(ON_A_GPU if gpu else ON_A_CORE),
        **({"CUDA_VISIBLE_DEVICES": os.environ.get(VISIBLE_DEVICES) or None} if gpu else {}),
    }
