"""Claims of comment 10 (Madhav, 2016-10-04, and the reply) about files of sound: how are they told to an LSTM?

1000 files of 500 frames of 13 features, two classes of files. The files are lost, so they are made up, smaller: 200
files of 20 frames, in which all features rise or all fall. The mean frame of a file tells nothing of its class, a
single frame little, the order of the frames everything. Accuracy is that on 200 other files. All models have 16 units
and see 50 epochs; one at a time, so frame by frame has twenty times the updates of the others.
"""

import numpy as np

from fixtures.comment_experiments import AUDIO_FIRST_FRAME, AUDIO_MEAN_FRAME
from lstm_lab import Comment, Frames, OneStep, always, at_least, beats, case, claim, equivalent, exempt

COMMENT = Comment(10, "Madhav", "2016-10-04")
REPLY = Comment(10, "Jason Brownlee", "2016-10-05")

HELD_OUT = Frames(draw="held out")
FILES, FRAMES = HELD_OUT.files, HELD_OUT.frames


@claim(
    "comment-10/option-1-holds-the-data",
    "1000 files of 500 frames of 13 features can be given the shape (1000, 1, 13).",
    source=COMMENT,
    criterion=always(),
    expect="refuted",
    control=exempt("a plain fact about the number of values"),
    seeds=1,
    seeds_reason="nothing is drawn",
)
def test_option_1_holds_the_data(observe):
    """Without dropping any: NumPy is asked."""
    observe(_reshapes((1000, 1, 13)), values=1000 * 500 * 13, places=1000 * 13)


@claim(
    "comment-10/option-2-holds-the-data",
    "1000 files of 500 frames of 13 features can be given the shape (500,000, 1, 13).",
    source=COMMENT,
    criterion=always(),
    expect="supported",
    control=exempt("a plain fact about the number of values"),
    seeds=1,
    seeds_reason="nothing is drawn",
)
def test_option_2_holds_the_data(observe):
    """Without dropping any: NumPy is asked. That a shape holds the values does not say that it is the right one: what
    is learned from it is a claim of its own."""
    observe(_reshapes((1000 * 500, 1, 13)), values=1000 * 500 * 13, places=1000 * 500 * 13)


@claim(
    "comment-10/option-2-holds-the-data-votes",
    "Trained frame by frame with the class of the file, an LSTM tells the class by a vote of the frames where it is "
    "their order.",
    source=COMMENT,
    criterion=at_least(0.5),
    expect="refuted",
    contradicts=["comment-10/sequence-shape-is-right"],
)
def test_option_2_holds_the_data_votes(audio_each_frame, observe):
    """On 200 other files more right than 95 % of guesses have; a tied vote is decided by the mean probability.

    In these files all features rise, or all fall, around a level that tells nothing: both classes have as many high
    frames as low ones, so votes are at chance by construction. Of classes that differ in level it says nothing.
    """
    from scipy.stats import binom

    accuracy, above_chance = _by_vote(audio_each_frame), (binom.isf(0.05, FILES, 0.5) + 1) / FILES
    observe(accuracy >= above_chance, accuracy=accuracy, above_chance=above_chance)


@claim(
    "comment-10/1000-1-13-is-right",
    "Where the order of the frames is the class, files are classified as well with one vector for each file, its "
    "{frame} frame, as with all frames.",
    source=REPLY,
    criterion=equivalent(within=0.05),
    expect="refuted",
    contradicts=["comment-10/sequence-shape-is-right"],
    cases=[
        case(frame="mean", model=AUDIO_MEAN_FRAME),
        case(
            "first-frame",
            frame="first",
            model=AUDIO_FIRST_FRAME,
            note=(
                "As for the mean, but the first frame tells something: that of a file that rises is the lower, "
                "as far as the level of the file does not hide it."
            ),
        ),
    ],
)
def test_1000_1_13_is_right(model, audio, frame, observe):
    """(files, 1, features) against (files, frames, features).

    In either class features are as far above the level of their file at one end as below it at the other, so the mean
    frame tells nothing and is at chance by construction. Of classes that differ in level it says nothing.
    """
    observe(model.accuracy_on(OneStep(HELD_OUT, frame)), against=audio.accuracy_on(HELD_OUT))


@claim(
    "comment-10/sequence-shape-is-right",
    "Of the three shapes, files by frames by features classifies other files best where the order of the frames is the "
    "class.",
    source=COMMENT,
    criterion=beats(),
    asks=["wrong_features"],
    expect="supported",
    contradicts=["comment-10/1000-1-13-is-right", "comment-10/option-2-holds-the-data-votes"],
)
def test_sequence_shape_is_right(audio, audio_mean_frame, audio_first_frame, audio_each_frame, observe):
    """The answer that nobody gives there, against the better of the two that are given, each as good as it gets.

    The order of the frames is all that the made-up classes differ in: mean frames and votes of frames are at chance by
    construction, and a first frame tells little.
    """
    others = {
        "mean_frame": audio_mean_frame.accuracy_on(OneStep(HELD_OUT, "mean")),
        "first_frame": audio_first_frame.accuracy_on(OneStep(HELD_OUT, "first")),
        "frame_by_frame": _by_vote(audio_each_frame),
    }
    observe(audio.accuracy_on(HELD_OUT), against=max(others.values()), **others)


def _reshapes(shape):
    try:
        np.zeros((1000, 500, 13), np.float32).reshape(shape)
    except ValueError:
        return False
    return True


def _by_vote(member):
    """The share of other files whose frames vote rightly by majority."""
    ensemble = member.ensemble

    def probe():
        drawn = [OneStep(HELD_OUT, "each").samples(seed) for seed in ensemble.seeds]
        rises = ensemble.outputs(np.stack([samples.x for samples in drawn]))[..., 1].reshape(-1, FILES, FRAMES)
        votes = (rises > 0.5).sum(axis=-1)
        elected = np.where(votes * 2 == FRAMES, rises.mean(axis=-1) > 0.5, votes * 2 > FRAMES)
        return (elected == np.stack([HELD_OUT.samples(seed).y.argmax(axis=-1) for seed in ensemble.seeds])).mean(axis=1)

    return float(ensemble.memoize("votes", probe)[member.index])
