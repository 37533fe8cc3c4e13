"""Training of networks: problems, experiments, the compiled loop, plain Keras, the store. Never imports `judging`."""
