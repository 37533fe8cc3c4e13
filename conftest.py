"""Settings that must stand before TensorFlow is loaded, and the plugins."""

import os

# One thread per process: the cores belong to the workers, and sums keep their order whatever their number.
for threads in ("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS", "OMP_NUM_THREADS"):
    os.environ[threads] = "1"
# Workers give large blocks of memory back when they are done with them (glibc keeps them otherwise, some 300 MiB).
# Smaller ones they keep: XLA takes some for each product of two matrices, and where the kernel must be asked for them
# every time, steps with several rows are three times as dear.
os.environ.setdefault("MALLOC_MMAP_THRESHOLD_", str(2**20))
os.environ.setdefault("MALLOC_TRIM_THRESHOLD_", str(2**26))
# The verdicts are about Keras on a CPU, the same on every machine; with `--device gpu`, GPUs train.
os.environ.setdefault("CLAIMS_VISIBLE_DEVICES", os.environ.get("CUDA_VISIBLE_DEVICES", ""))
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
# XLA compiles for the processor it finds, and another order of a sum moves verdicts that lie near their bar: three of
# 356 between two processors with AVX-512. What AVX2 has, nearly every one of them has. Stored ensembles know of it.
os.environ.setdefault("XLA_FLAGS", "--xla_cpu_max_isa=AVX2")

pytest_plugins = [
    "pytester",
    "lstm_lab.judging.session.plugin",
    "lstm_lab.suite.plugin",
    "lstm_lab.suite.your_keras",
    "fixtures.models",
    "fixtures.outline",
    "fixtures.not_tested",
    "fixtures.front_page",
    "fixtures.pictures.hooks",
    "fixtures.new_claim",
]
