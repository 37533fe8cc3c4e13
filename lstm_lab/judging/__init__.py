"""Judging: claims, criteria, evidence, verdicts, report. Never imports TensorFlow, Keras or `lstm_lab.training`."""
