"""Claims of comment 11 (Rob, 2016-10-22) about an import that the last listing lacks.

The listing is missing from the article's text; it is known from public copies, and what it does before it builds its
model is written anew here.
"""

from lstm_lab import Comment, always, claim

COMMENT = Comment(11, "Rob", "2016-10-22")

IMPORT = "from keras.preprocessing.sequence import pad_sequences\n"
PREPARATION = """
import numpy
alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
inputs, targets = [], []
for _ in range(1000):
    start = numpy.random.randint(len(alphabet) - 2)
    end = numpy.random.randint(start, min(start + 5, len(alphabet) - 1))
    inputs.append([alphabet.index(letter) for letter in alphabet[start : end + 1]])
    targets.append(end + 1)
x = pad_sequences(inputs, maxlen=5, dtype="float32").reshape(1000, 5, 1) / 26
"""
BY_HAND = PREPARATION.replace(
    'pad_sequences(inputs, maxlen=5, dtype="float32")',
    "numpy.array([[0] * (5 - len(codes)) + codes for codes in inputs])",
)


@claim(
    "comment-11/import-path-works",
    "The padding function can be imported from where the comment says, and is the one that Keras keeps elsewhere.",
    source=COMMENT,
    criterion=always(),
    asks=["pad_sequences_import"],
    expect="supported",
    control="the same name from the package's neighbour for texts",
    seeds=1,
    seeds_reason="nothing is drawn",
)
def test_import_path_works(broken, observe):
    """In the installed Keras 3, where it is also found among the utilities; some of its neighbours are gone."""
    import keras

    names = {}
    try:
        exec(IMPORT.replace("preprocessing.sequence", "preprocessing.text") if broken else IMPORT, names)
    except ImportError as error:
        observe(False, error=str(error))
    else:
        observe(names.get("pad_sequences") is keras.utils.pad_sequences)


@claim(
    "comment-11/name-is-needed",
    "Without that import the data preparation of the variable-length example ends in an error; with it, it runs.",
    source=COMMENT,
    criterion=always(),
    expect="supported",
    control="a preparation that pads by hand",
    seeds=1,
    seeds_reason="nothing that is drawn decides",
)
def test_name_is_needed(broken, observe):
    """The error must be that of a name that is not defined, and name this one."""
    preparation = BY_HAND if broken else PREPARATION
    without, with_import = _executed(preparation), _executed(IMPORT + preparation)
    observe(
        "pad_sequences" in without and with_import == "",
        without_the_import=without or "runs",
        with_the_import=with_import or "runs",
    )


def _executed(listing):
    """The message of a missing name; empty where the listing runs."""
    names = {}
    try:
        exec(listing, names)
    except NameError as error:
        return str(error)
    assert names["x"].shape == (1000, 5, 1)
    return ""
