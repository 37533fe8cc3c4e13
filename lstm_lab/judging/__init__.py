"""The wing that judges: claims, criteria, evidence, report. Never imports TensorFlow, Keras or the training wing."""
