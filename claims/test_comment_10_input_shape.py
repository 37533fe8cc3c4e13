"""Claims of comment 10 (Madhav, 2016-10-04, and the reply) about the shape of the input of files of sound.

1000 files of 500 frames of 13 features, two classes of files. The files are lost, so they are made up, smaller: 200
files of 20 frames. They are of two kinds. Where the order is the class, all features rise or all fall, and the mean
frame of a file tells nothing. Where the level is the class, all frames of a file are high or low. Accuracy is that on
200 other files. All models have 16 units and see 50 epochs; one at a time, so frame by frame has twenty times the
updates of the others.
"""

import numpy as np

from fixtures.article import COMMENT_10, COMMENT_10_REPLY_1
from fixtures.comment_experiments import AUDIO_EACH_FRAME, AUDIO_FIRST_FRAME, AUDIO_MEAN_FRAME
from fixtures.experiments import AUDIO
from lstm_lab import Drawn, Frames, OneStep, at_least, beats, case, claim

ORDER = Frames(draw="held out")
FILES, FRAMES, FEATURES = ORDER.files, ORDER.frames, ORDER.features
TEN_FILES = 0.0525  # of 200, and half of one more


def levels(seed):
    """Files in which the level tells the class, and the order of the frames nothing; for training."""
    return _levels(np.random.default_rng((seed, 0)))


def other_levels(seed):
    """Other files of this kind, to test with."""
    return _levels(np.random.default_rng((seed, 1)))


def _levels(random):
    """x (files, frames, features), y (files, 2): a level of 0.5 or -0.5, plus that of the file and noise (normal, 0.5).

    That of the file hides the class in one of six files, from anything.
    """
    high = random.integers(2, size=FILES)
    level = high - 0.5 + random.normal(scale=0.5, size=FILES)
    noise = random.normal(scale=0.5, size=(FILES, FRAMES, FEATURES))
    return level[:, None, None] + noise, np.eye(2)[high]


LEVEL = Drawn(other_levels)
AUDIO_LEVELS = AUDIO.but(problem=Drawn(levels), name="audio, levels")
AUDIO_LEVELS_MEAN_FRAME = AUDIO.but(problem=OneStep(Drawn(levels), "mean"), name="audio, levels, mean frame")
AUDIO_LEVELS_EACH_FRAME = AUDIO.but(problem=OneStep(Drawn(levels), "each"), name="audio, levels, frame by frame")


@claim(
    "comment-10/one-vector-for-each-file",
    "Where {the_class} of a file is its class, files are classified about as well in the shape (files, 1, features), "
    "as one vector for each, as with all their frames.",
    source=COMMENT_10_REPLY_1.at(3),
    stance="stated",
    criterion=at_least(0.8),
    measure="accuracy on other files",
    control="files in which the order of the frames is the class",
    holds_with="files in which their level is the class",
    cases=[
        case(
            the_class="the level",
            in_order=False,
            expect="supported",
            revised="2026-11: statement, measure, criterion, control; was REFUTED",
        ),
        case(
            "where-order-tells",
            the_class="the order of the frames",
            in_order=True,
            stance="strict",
            expect="refuted",
            contradicts=["comment-10/sequence-shape-is-right"],
            revised="2026-11: statement, criterion; was REFUTED",
        ),
    ],
)
def test_one_vector_for_each_file(train, in_order, broken, planted, observe):
    """The vector is the mean frame of the file: 13 features for each file, one time step, as the comment sets it. As
    well is an accuracy that is lower by ten of the 200 files at most.

    The reply says that the shape looks right, and not of which files. That it is where the level is the class follows
    from how these files are made: their mean frame says all. That of the others says nothing. The comment has 500
    frames for each file, and speaks of features that were extracted for a file; which of both kinds of sound his are
    cannot be known, and numbers for every frame do not fit into this shape at all.
    """
    vectors, frames, files = AUDIO_LEVELS_MEAN_FRAME, AUDIO_LEVELS, LEVEL
    if broken or (in_order and not planted):
        vectors, frames, files = AUDIO_MEAN_FRAME, AUDIO, ORDER
    _observe_as_well(observe, train(vectors).accuracy_on(OneStep(files, "mean")), train(frames).accuracy_on(files))


@claim(
    "comment-10/frame-by-frame-by-vote",
    "Where the level of a file is its class, files are classified about as well in the shape (files times frames, 1, "
    "features), by a vote of their frames, as with all their frames in order.",
    source=COMMENT_10.at(7),
    stance="question",
    criterion=at_least(0.8),
    measure="accuracy on other files",
    expect="supported",
    control="files in which the order of the frames is the class",
    revised="2026-11: statement, measure, criterion, control; was REFUTED",
)
def test_frame_by_frame_by_vote(train, broken, observe):
    """Each frame is trained with the class of its file; a tied vote is decided by the mean probability.

    So this shape is right where a frame tells something of the class, by construction. Where their order is the class
    it is not: `comment-10/sequence-shape-is-right`.
    """
    each, in_order, files = (
        (AUDIO_EACH_FRAME, AUDIO, ORDER) if broken else (AUDIO_LEVELS_EACH_FRAME, AUDIO_LEVELS, LEVEL)
    )
    _observe_as_well(observe, _by_vote(train(each), files), train(in_order).accuracy_on(files))


@claim(
    "comment-10/sequence-shape-is-right",
    "Where the order of the frames is the class, files by frames by features classifies other files better than the "
    "two shapes that are asked for.",
    source=[COMMENT_10.at(5), COMMENT_10.at(6), COMMENT_10.at(7), COMMENT_10_REPLY_1.at(3)],
    stance="question",
    criterion=beats(by=TEN_FILES),
    sides=("all frames in order", "the best other shape"),
    measure="accuracy on other files",
    asks=["wrong_features"],
    expect="supported",
    control="the frames of each file in a random order",
    revised="2026-11: statement, criterion; was SUPPORTED",
)
def test_sequence_shape_is_right(train, audio, seed, broken, observe):
    """Against the best of the others: one vector for each file, its mean or its first frame, and votes of its frames.

    Mean frames and votes are at chance by construction, as both classes have as many high frames as low ones. A first
    frame tells a little: that of a file that rises is the lower one, as far as the level of the file does not hide it.
    """
    others = {
        "mean_frame": train(AUDIO_MEAN_FRAME).accuracy_on(OneStep(ORDER, "mean")),
        "first_frame": train(AUDIO_FIRST_FRAME).accuracy_on(OneStep(ORDER, "first")),
        "frame_by_frame": _by_vote(train(AUDIO_EACH_FRAME), ORDER),
    }
    x, y = ORDER.samples(seed)[:2]
    if broken:
        order = np.random.default_rng(seed).permuted(np.tile(np.arange(FRAMES), (FILES, 1)), axis=1)
        x = np.take_along_axis(x, order[..., None], axis=1)
    accuracy = (audio.outputs(x).argmax(axis=-1) == y.argmax(axis=-1)).mean()
    observe(float(accuracy), against=max(others.values()), **others)


def _observe_as_well(observe, accuracy, of_all_frames):
    """Whether this accuracy is lower than that of the frames in order by ten files at most."""
    observe(accuracy >= of_all_frames - TEN_FILES, accuracy=accuracy, all_frames_in_order=of_all_frames)


def _by_vote(member, files):
    """The share of files whose frames vote rightly by majority."""
    ensemble = member.ensemble

    def probe():
        drawn = [OneStep(files, "each").samples(seed) for seed in ensemble.seeds]
        votes_for = ensemble.outputs(np.stack([samples.x for samples in drawn]))[..., 1].reshape(-1, FILES, FRAMES)
        votes = (votes_for > 0.5).sum(axis=-1)
        elected = np.where(votes * 2 == FRAMES, votes_for.mean(axis=-1) > 0.5, votes * 2 > FRAMES)
        return (elected == np.stack([files.samples(seed).y.argmax(axis=-1) for seed in ensemble.seeds])).mean(axis=1)

    return float(ensemble.memoize(("votes", files), probe)[member.index])
