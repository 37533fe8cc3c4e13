"""Training by plain Keras, one seed at a time: the reference, and own models that the compiled loop cannot train."""

from lstm_lab.training.plain_keras.eligibility import decide_eligibility
from lstm_lab.training.plain_keras.predict import keras_predictor, output_layout, output_mask
