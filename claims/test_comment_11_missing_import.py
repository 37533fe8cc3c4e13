"""The claim of comment 11 (Rob, 2016-10-22) about an import that the last listing lacks."""

from fixtures.article import COMMENT_11
from lstm_lab import always, claim

IMPORT = "from keras.preprocessing.sequence import pad_sequences\n"


@claim(
    "comment-11/import-path-works",
    "The padding function can be imported from where the comment says, and is the one that Keras keeps elsewhere.",
    source=COMMENT_11.at(3),
    stance="stated",
    criterion=always(),
    asks=["pad_sequences_import"],
    expect="supported",
    control="the same name from the package's neighbour for texts",
    seeds=1,
    seeds_reason="nothing is drawn",
    revised="2026-11: measure; was SUPPORTED",
)
def test_import_path_works(broken, observe):
    """In the installed Keras 3, where it is also found among the utilities; some of its neighbours are gone.

    The listing that lacks it is missing from the text, so that it lacks it cannot be seen here.
    """
    import keras

    names = {}
    try:
        exec(IMPORT.replace("preprocessing.sequence", "preprocessing.text") if broken else IMPORT, names)
    except ImportError as error:
        observe(False, error=str(error))
    else:
        observe(names.get("pad_sequences") is keras.utils.pad_sequences)
