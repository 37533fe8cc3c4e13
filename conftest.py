"""Settings that must stand before TensorFlow is loaded, and the plugins."""

import os

# One thread per process: the cores belong to the workers, and sums keep their order whatever their number.
for threads in ("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS", "OMP_NUM_THREADS"):
    os.environ[threads] = "1"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"  # the verdicts are about Keras on a CPU, the same on every machine
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
# XLA uses half of a 512-bit vector unit unless told; steps take a fifth less time. Stored ensembles know of it.
os.environ.setdefault("XLA_FLAGS", "--xla_cpu_prefer_vector_width=512")

pytest_plugins = ["pytester", "lstm_lab.judging.plugin", "fixtures.plugin", "fixtures.models", "fixtures.not_tested"]
