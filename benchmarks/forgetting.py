"""What benchmarks ask of the training process."""


def forget_programs() -> None:
    """Let the training process compile everything anew."""
    from lstm_lab.training.compiled import program

    program.program.cache_clear()
