"""Over shards every answer is that of one corpus, byte for byte, or says which shard is missing."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest
import shard_answers
import shard_workers as workers
from pandas.testing import assert_frame_equal
from shard_answers import ANSWERS, TEXTS, cut, names_of, node, rows, told

import corpuskit as ck
from corpuskit.corpus.disk.stored import open_corpus

RAW = Path(__file__).parent.parent / "data" / "raw"
WHOLE = ck.Corpus.from_frame(rows())
EXPECTED: dict[str, dict[str, str]] = {}


def expected(name):
    if name not in EXPECTED:
        EXPECTED[name] = told(ANSWERS[name](WHOLE))
    return EXPECTED[name]


def parts(shards):
    borders = cut(len(TEXTS), shards)
    return [ck.Corpus.from_frame(rows()[low:high]) for low, high in pairwise(borders)]


@pytest.fixture(scope="module")
def stores(tmp_path_factory):
    """Three stores on disk."""
    folder = tmp_path_factory.mktemp("stores")
    for name, part in zip("abc", parts(3), strict=True):
        part.save(folder / name)
    return folder


@pytest.fixture
def own_stores(tmp_path):
    """Three stores that a test may damage."""
    for name, part in zip("abc", parts(3), strict=True):
        part.save(tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("shards", [1, 3, 7])
@pytest.mark.parametrize("name", ANSWERS)
def test_shards_answer_as_one_corpus(name, shards):
    assert told(ANSWERS[name](ck.Shards(parts(shards)))) == expected(name)


@pytest.mark.parametrize("name", ANSWERS)
def test_an_empty_shard_changes_nothing(name):
    empty = ck.Corpus([])
    first, *others = parts(3)
    assert told(ANSWERS[name](ck.Shards([empty, first, empty, *others]))) == expected(name)


def said(name, corpus):
    """Return an answer, or the error in its place."""
    try:
        return told(ANSWERS[name](corpus))
    except (ValueError, IndexError) as error:
        return type(error).__name__, str(error)


@pytest.mark.parametrize("name", ANSWERS)
def test_shards_without_articles_answer_as_an_empty_corpus(name):
    empty = ck.Corpus([])
    assert said(name, ck.Shards([empty, empty])) == said(name, empty)
    nobody = WHOLE.where(outlet="nobody")
    assert said(name, ck.Shards(parts(3)).where(outlet="nobody")) == said(name, nobody)


# -- every analysis -----------------------------------------------------------------------

# Of a corpus or of hits: what is no answer, with the reason.
COLUMNS = ("mask", "holds", "words", "ground", "sentence_numbers", "span", "ends_of", "stretches")
NO_ANSWER = {
    "store": "the columns: refused one by one",
    **dict.fromkeys(COLUMNS, "works on columns: refused"),
    **dict.fromkeys(("map", "map_held", "map_with", "map_each"), "how shards are asked"),
    **dict.fromkeys(("summed", "gathered", "forms_at", "find_by", "again"), "how shards are asked"),
    **dict.fromkeys(("apart", "among", "whole_columns", "chosen"), "how parts are made"),
    **dict.fromkeys(("source", "id_of", "text_of"), "by number: behind text, page and article"),
    **dict.fromkeys(("texts_of", "listed"), "by number: behind the lines of a concordance"),
    "article_of": "takes token positions",
    "from_frame": "makes a corpus",
    "check": "tells the shard of each file, too",
    "corpus": "where hits were found",
}


TRIED = set().union(*(names_of(answer.__code__) for answer in ANSWERS.values()))


def takes_a_corpus(function):
    given = inspect.signature(function).parameters.values()
    return any(re.search(r"\b(Corpus|Hits)\b", str(one.annotation)) for one in given)


def verbs():
    """Return every public function that is given a corpus or hits, by its name."""
    homes = {"corpuskit": ck, "export": ck.export, "plot": ck.plot}
    for home in homes.values():
        for name in home.__all__:
            value = getattr(home, name)
            if inspect.isfunction(value) and takes_a_corpus(value):
                yield name


@pytest.mark.parametrize("name", list(verbs()))
def test_every_function_of_a_corpus_or_hits_is_tried_over_shards(name):
    assert name in TRIED, f"add {name} to ANSWERS in shard_answers.py"


@pytest.mark.parametrize("kind", [ck.Corpus, ck.Hits])
def test_everything_that_a_corpus_and_hits_offer_is_tried_over_shards(kind):
    offered = {name for name in dir(kind) if not name.startswith("_")}
    offered |= {name for one in kind.__mro__ for name in vars(one).get("__annotations__", ())}
    left = {name for name in offered - TRIED - NO_ANSWER.keys() if not name.startswith("_")}
    assert not left, "add these to ANSWERS in shard_answers.py"


def test_every_method_of_a_result_is_tried_over_shards():
    kinds = {type(ANSWERS[name](WHOLE)) for name in ANSWERS}
    bases = {base for kind in kinds for base in kind.__mro__ if issubclass(base, ck.Result)}
    methods = {
        name
        for base in bases - {ck.Result}
        for name, value in vars(base).items()
        if isinstance(value, Callable) and not name.startswith("_")
    }
    assert "baseline" in methods
    assert methods - TRIED - {"to_html_table"} == set()  # `told` looks at the views


# -- executors ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def executors():
    """Executors by name, each begun when it is first asked for."""
    made = {}
    with ExitStack() as stack:

        def one(name):
            if name not in made:
                pool = (
                    ThreadPoolExecutor(2)
                    if name == "threads"
                    else ProcessPoolExecutor(2, mp_context=get_context("spawn"))
                )
                made[name] = stack.enter_context(pool)
            return made[name]

        yield one


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize("executor", ["threads", "processes"])  # Dask: test_dask.py
def test_any_executor_gives_the_same_answer(name, executor, stores, executors):
    shards = ck.open_shards(stores, executor=executors(executor))
    assert told(ANSWERS[name](shards)) == expected(name)


# -- the teaching corpus ------------------------------------------------------------------


@pytest.fixture(scope="module")
def teaching(tmp_path_factory):
    """The teaching corpus: read as one, and built as seven stores."""
    folder = tmp_path_factory.mktemp("teaching") / "stores"
    return ck.read_corpus(RAW), ck.build_shards(RAW, folder, shards=7)


@pytest.mark.parametrize("name", [name for name in ANSWERS if "explained" not in name])
def test_the_teaching_corpus_in_seven_stores_answers_as_one(name, teaching):
    whole, shards = teaching
    assert len(shards.far.members.names) == 7
    assert told(ANSWERS[name](shards)) == told(ANSWERS[name](whole))


# -- like a corpus ------------------------------------------------------------------------


def test_groups_words_and_texts():
    shards = ck.Shards(parts(3))
    assert repr(shards) == "Shards (3 shards): " + repr(WHOLE).removeprefix("Corpus: ")
    assert shards.groups_of("outlet")[0] == WHOLE.groups_of("outlet")[0]
    assert shards.words_per_article().tolist() == WHOLE.words_per_article().tolist()
    assert [shards.text(n) for n in range(len(shards))] == TEXTS
    assert shards.article("n05") == WHOLE.article("n05")
    for (name, part), (label, own) in zip(
        shards.groups("page").items(), WHOLE.groups("page").items(), strict=True
    ):
        assert name == label
        assert_frame_equal(part.articles, own.articles)


def test_lines_of_a_concordance_lead_to_their_texts():
    far, near = (ck.kwic(node(corpus)).sort("1R") for corpus in (ck.Shards(parts(3)), WHOLE))
    for line in range(len(near)):
        assert far.text(line) == near.text(line)
        assert far.sentence(line) == near.sentence(line)
        assert repr(far.page(line)) == repr(near.page(line))


def test_to_corpus_puts_the_chosen_articles_into_one(tmp_path):
    shards = ck.Shards(parts(3)).where(outlet="Post")
    assert_frame_equal(shards.to_corpus().articles, WHOLE.where(outlet="Post").articles)
    shards.save(tmp_path / "one")
    assert len(open_corpus(tmp_path / "one")) == len(shards)


def test_columns_that_one_shard_lacks_are_empty_there():
    one = ck.Corpus.from_frame([{"id": "a", "text": "A pact.", "desk": "foreign"}])
    two = ck.Corpus.from_frame([{"id": "b", "text": "A deal.", "page": 3}])
    frame = ck.Shards([one, two]).articles
    assert frame["desk"].tolist() == ["foreign", ""]
    assert frame["page"].tolist() == ["", 3]


def test_what_needs_tokens_in_one_place_says_so():
    shards = ck.Shards(parts(3)).where(zone="lead")
    for name in COLUMNS:
        with pytest.raises(TypeError, match=r"^A corpus of shards has no column '\w+': its tokens"):
            getattr(shards, name)(*[np.arange(2)] * (2 if name == "span" else 1))
    with pytest.raises(TypeError, match=r"^A corpus of shards has no column 'ids': its tokens"):
        _ = shards.store.ids


def test_hits_that_are_not_there_cannot_be_taken():
    for hits in (node(WHOLE), node(ck.Shards(parts(3)))):
        with pytest.raises(IndexError, match="out of bounds"):
            hits.take([len(hits)])


def test_a_wrong_question_is_told_as_by_one_corpus():
    with pytest.raises(ValueError, match="`pattern`") as near:
        WHOLE.find("(", match="regex")
    with pytest.raises(ValueError, match="`pattern`") as far:
        ck.Shards(parts(3)).find("(", match="regex")
    assert str(far.value) == str(near.value)
    assert type(far.value) is type(near.value)


def test_two_articles_with_one_id_are_refused():
    one = ck.Corpus.from_frame([{"id": "a", "text": "A pact."}])
    with pytest.raises(ck.DataError, match=r"^a: two articles have this id, perhaps in two shards"):
        ck.Shards([one, one])


def test_no_store_is_refused(tmp_path):
    with pytest.raises(ck.StoreError, match="there is no store in it"):
        ck.open_shards(tmp_path)
    with pytest.raises(ValueError, match="one corpus or more"):
        ck.Shards([])


# -- faults -------------------------------------------------------------------------------

GONE = "c: RuntimeError: the disk of this worker is gone"
LAST = "n11"  # an article of the last shard


def damage(store, start="ids"):
    """Turn one bit of a column."""
    (column,) = store.glob(f"generations/*/{start}.*")
    data = bytearray(column.read_bytes())
    data[len(data) // 2] ^= 4
    column.chmod(0o644)
    column.write_bytes(bytes(data))


def rest():
    """The corpus without the last shard."""
    borders = cut(len(TEXTS), 3)
    return ck.Corpus.from_frame(rows()[: borders[2]]), len(TEXTS) - borders[2]


def test_a_task_that_fails_once_is_done_again(stores, executors, tmp_path):
    for name in ("threads", "processes"):
        shards = ck.open_shards(stores, executor=executors(name))
        found = shards.map(workers.fail_once, LAST, str(tmp_path / name))
        assert sum(found) == len(TEXTS)


@pytest.mark.parametrize("executor", ["none", "threads", "processes"])
def test_a_shard_that_raises_is_named(executor, stores, executors):
    chosen = None if executor == "none" else executors(executor)
    shards = ck.open_shards(stores, executor=chosen)
    with pytest.raises(ck.ShardError) as caught:
        shards.map(workers.raise_with, LAST)
    assert str(caught.value) == (
        f"{GONE}. This shard gave no answer, tried twice. Check the store with check(), or open "
        "the shards with partial=True for an answer made of the others."
    )


def test_a_worker_that_dies_is_named_and_costs_no_other(stores):
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        shards = ck.open_shards(stores, executor=pool)
        with pytest.raises(ck.ShardError, match=r"^c: BrokenProcessPool: .*\. This shard gave"):
            shards.map(workers.die_with, LAST)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        shards = ck.open_shards(stores, executor=pool, partial=True)
        answer = workers.sizes(shards, workers.die_with, LAST)
    corpus, lost = rest()
    assert answer.frame["articles"].sum() == len(corpus)
    assert answer.notes[0].startswith("Partial: 1 shard is missing (c: BrokenProcessPool: ")
    assert answer.notes[0].endswith(
        f"Not counted: {lost} articles there; counted: {len(corpus)} in the others."
    )


def test_a_shard_that_hangs_is_named(stores):
    with ThreadPoolExecutor(6) as pool:
        shards = ck.open_shards(stores, executor=pool, timeout=0.5)
        with pytest.raises(ck.ShardError, match=r"^c: no answer within 0\.5 seconds\. This shard"):
            shards.map(workers.hang_with, LAST)


def test_a_damaged_store_is_named_and_can_be_left_out(own_stores):
    damage(own_stores / "c")
    with pytest.raises(ck.ShardError, match=r"^c: StoreError: .*ids.*checksum"):
        ck.frequency_list(ck.open_shards(own_stores), case=True)
    corpus, lost = rest()
    answer = ck.frequency_list(ck.open_shards(own_stores, partial=True), case=True)
    near = ck.frequency_list(corpus, case=True)
    assert answer.to_frame().to_csv() == near.to_frame().to_csv()
    assert answer.summary == near.summary
    assert answer.notes[1:] == near.notes
    assert answer.notes[0].startswith("Partial: 1 shard is missing (c: StoreError: ")
    assert answer.notes[0].endswith(f"{lost} articles there; counted: {len(corpus)} in the others.")


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    """Two stores, and one that does not open."""
    folder = tmp_path_factory.mktemp("broken")
    for name, part in zip("abc", parts(3), strict=True):
        part.save(folder / name)
    (folder / "c" / "CURRENT").write_bytes(b"nothing")
    return folder


def answer_or_error(name, corpus):
    try:
        return ANSWERS[name](corpus), None
    except ValueError as error:
        return None, error


@pytest.mark.parametrize("name", ANSWERS)
def test_every_partial_answer_says_so_first_and_is_that_of_the_others(name, broken):
    corpus, _ = rest()
    shards = ck.open_shards([broken / one for one in "abc"], partial=True)
    near, wrong = answer_or_error(name, corpus)
    assert (wrong is not None) == (name in OF_THE_LOST)
    if wrong:
        _, told_far = answer_or_error(name, shards)
        assert (type(told_far), str(told_far)) == (type(wrong), str(wrong))
        (note,) = told_far.__notes__
        assert note.startswith("Partial: 1 shard is missing (c: ")
        return
    far = ANSWERS[name](shards)
    if isinstance(far, ck.Result) and name not in PLAIN:
        assert far.notes[0].startswith("Partial: 1 shard is missing (c: ")
        assert ", and those of shards that did not open" in far.notes[0]
        assert far.notes[1:] == near.notes
        assert told(far)["csv"] == told(near)["csv"]
    elif name not in SAYS_SO:
        assert told(far) == told(near)


SAYS_SO = ("hits in words", "methods", "share")  # in their own words
OF_THE_LOST = ("unit explained",)  # what is asked stands in the lost shard alone
PLAIN = ("cleaned again", "undone")  # answers of a corpus made of the others; its report says so


def test_an_article_of_a_shard_that_is_missing_is_not_known(broken):
    shards = ck.open_shards([broken / one for one in "abc"], partial=True)
    with pytest.raises(ValueError, match=r"^`a` must be one of 'n00', ") as caught:
        ck.differences(shards, LAST, "n00")
    assert caught.value.__notes__[0].startswith("Partial: 1 shard is missing (c: ")


def test_texts_that_are_partial_say_so(own_stores):
    damage(own_stores / "c", "postings")
    shards = ck.open_shards(own_stores, partial=True)
    assert repr(node(shards)).endswith("; missing: c")
    assert repr(node(shards).corpus).startswith("Shards (2 shards; missing: c): ")
    note = "Partial: 1 shard is missing (c: StoreError"
    assert note in ANSWERS["methods"](shards)
    assert node(shards).corpus.to_corpus().report.notes[0].startswith(note)
    assert any(
        one.startswith(note)
        for one in ck.export.to_share(own_stores / "share.zip", node(shards).corpus).notes
    )


def test_hits_of_what_is_left_know_what_is_missing(own_stores):
    damage(own_stores / "c", "postings")
    shards = ck.open_shards(own_stores, partial=True)
    hits = node(shards)
    corpus, lost = rest()
    assert len(hits) == len(node(corpus))
    assert [(one.name, one.articles) for one in hits.missing] == [("c", lost)]
    assert ck.kwic(hits).notes[0].startswith("Partial: 1 shard is missing (c: StoreError: ")
    assert ck.kwic(hits).sort("1R").notes[0].startswith("Partial: ")


def test_without_any_shard_there_is_no_answer(own_stores):
    for name in "abc":
        (own_stores / name / "CURRENT").write_bytes(b"nothing")
    with pytest.raises(ck.ShardError, match="These 3 shards gave no answer"):
        ck.open_shards([own_stores / one for one in "abc"], partial=True)


# -- shards that are lost after the answer was given ---------------------------------------


class Losing(Executor):
    """Works in this process until it has lost the shard of an article."""

    def __init__(self):
        self.lost = ""

    def submit(self, work, number, ask, given):
        future, piece = Future(), given[0][0][0] if isinstance(given[0], tuple) else given[0]
        if self.lost and self.lost in piece.corpus.articles["id"].tolist():
            future.set_exception(OSError("its machine is gone"))
        else:
            future.set_result(work(number, ask, given))
        return future


AGAIN = "^c: OSError: its machine is gone. This shard gave no answer, tried twice. Check the "


def losing(stores, *, partial=True):
    """Return three shards, and their executor, which may lose one."""
    executor = Losing()
    return ck.open_shards(stores, executor=executor, partial=partial), executor


LINES = {
    "as found": lambda hits: ck.kwic(hits, 4),
    "sorted": lambda hits: ck.kwic(hits, 4).sort("1R 2R 1L"),
    "by node and outlet": lambda hits: ck.kwic(hits, 4).sort("node outlet"),
    "of sentences": lambda hits: ck.kwic(hits, within="sentence").sort("2L"),
    "taken": lambda hits: ck.kwic(hits.take(range(len(hits)))),
    "of base forms": lambda hits: ck.kwic(ck.lemma_hits(hits.corpus, "partner")).sort("1L"),
}


@pytest.mark.parametrize("name", LINES)
@pytest.mark.parametrize("look", ["frame", "repr", "html", "order", "head"])
def test_lines_of_a_shard_that_is_lost_later_are_left_out_and_counted(name, look, stores):
    shards, executor = losing(stores)
    lines, near = LINES[name](node(shards)), LINES[name](node(rest()[0]))
    found = len(lines)
    executor.lost = LAST
    looked = {
        "frame": lambda: lines.frame,
        "repr": lambda: repr(lines),
        "html": lambda: lines._repr_html_(),
        "order": lambda: lines.order,
        "head": lambda: lines.head(3),
    }[look]()
    if look == "repr":  # what is said first knows what was found out last
        assert looked.splitlines()[0] == near.caption
    assert lines.to_frame().to_csv() == near.to_frame().to_csv()
    assert len(lines) == len(near)
    assert lines.notes[0].startswith(
        "Partial: 1 shard is missing (c: OSError: its machine is gone)"
    )
    gone = found - len(near)
    wanted = f"{gone} line{'' if gone == 1 else 's'} of c left out: lost after they were found."
    assert lines.notes[1] == wanted
    assert lines.summary == near.summary
    assert [one.name for one in lines.hits.missing] == ["c"]


@pytest.mark.parametrize("name", LINES)
@pytest.mark.parametrize("number", [0, 1])
def test_lines_of_an_earlier_shard_that_is_lost_later_are_left_out(name, number, stores):
    shards, executor = losing(stores)
    lines = LINES[name](node(shards))
    low, high = cut(len(TEXTS), 3)[number : number + 2]
    near = LINES[name](node(ck.Corpus.from_frame([*rows()[:low], *rows()[high:]])))
    executor.lost = rows()[low]["id"]
    assert lines.to_frame().to_csv() == near.to_frame().to_csv()
    assert lines.head(4).to_frame().to_csv() == near.head(4).to_frame().to_csv()


def test_lines_that_were_drawn_stay_those_that_were_drawn(stores):
    shards, executor = losing(stores)
    drawn = ck.kwic(node(shards)).sort("1R").sample(9, seed=5)
    kept = ck.kwic(node(WHOLE)).sort("1R").sample(9, seed=5).to_frame()
    executor.lost = LAST
    last = {row["id"] for row in rows()[cut(len(TEXTS), 3)[2] :]}
    kept = kept[~kept["article"].isin(last)].reset_index(drop=True)
    assert drawn.to_frame().to_csv() == kept.to_csv()
    assert drawn.notes[1] == f"{9 - len(kept)} lines of c left out: lost after they were found."
    assert any(note.startswith("A sample of 9 of ") for note in drawn.notes)


def test_two_shards_that_are_lost_one_after_the_other_are_both_named(stores):
    shards, executor = losing(stores)
    lines = ck.kwic(node(shards)).sort("1R")
    executor.lost = LAST
    assert len(lines.frame) == len(node(rest()[0]))
    executor.lost = "n00"
    lines = lines.sort("2R")
    borders = cut(len(TEXTS), 3)
    near = ck.kwic(node(ck.Corpus.from_frame(rows()[borders[1] : borders[2]]))).sort("2R")
    assert lines.to_frame().to_csv() == near.to_frame().to_csv()
    assert lines.notes[0].startswith("Partial: 2 shards are missing (a: OSError: ")
    assert [note.split(" ", 3)[2:] for note in lines.notes[1:3]] == [
        ["of", "a left out: lost after they were found."],
        ["of", "c left out: lost after they were found."],
    ]


def test_without_partial_a_later_loss_is_named_after_two_tries(stores):
    shards, executor = losing(stores, partial=False)
    lines = ck.kwic(node(shards)).sort("1R")
    executor.lost = LAST
    for look in (lambda: lines.frame, lambda: repr(lines), lambda: lines.sort("node")):
        with pytest.raises(ck.ShardError, match=AGAIN) as caught:
            look()
        assert caught.value.lost == ()
    executor.lost = ""
    assert lines.to_frame().to_csv() == ck.kwic(node(WHOLE)).sort("1R").to_frame().to_csv()


def test_what_has_no_place_for_a_note_raises_and_says_how_to_go_on(stores):
    shards, executor = losing(stores)
    hits = node(shards)
    executor.lost = LAST
    for look in (hits.to_frame, lambda: hits.places, shards.to_nltk, lambda: hits.take([0, 17])):
        with pytest.raises(ck.ShardError, match=AGAIN) as caught:
            look()
        assert str(caught.value).endswith(
            "or go on with the others: corpus.without(error.lost), hits.without(error.lost)."
        )
    spared = hits.without(caught.value.lost)
    assert told(spared.to_frame()) == told(node(rest()[0]).to_frame())
    assert told(ck.kwic(spared))["csv"] == told(ck.kwic(node(rest()[0])))["csv"]


def test_a_share_is_whole_or_none(stores, tmp_path):
    shards, executor = losing(stores)
    hits, lines = node(shards), ck.kwic(node(shards))
    executor.lost = LAST
    for given in ({"hits": hits}, {"tables": {"lines": lines}}, {}):
        with pytest.raises(ck.ShardError, match=AGAIN):
            ck.export.to_share(tmp_path / "share", shards, **given)
    assert not any(tmp_path.iterdir())


def test_two_stores_of_one_name_are_told_apart(tmp_path):
    for name, part in zip(("one", "two"), parts(2), strict=True):
        (tmp_path / name).mkdir()
        part.save(tmp_path / name / "store")
    paths = [tmp_path / name / "store" for name in ("one", "two")]
    damage(paths[1])
    answer = ck.frequency_list(ck.open_shards(paths, partial=True), case=True)
    near = ck.frequency_list(parts(2)[0], case=True)
    assert told(answer)["csv"] == told(near)["csv"]
    assert re.match(r"Partial: 1 shard is missing \(.*two.store: StoreError: ", answer.notes[0])


LATER = {
    "baseline": (shard_answers.tone, lambda found: found.baseline()),
    "by outlet": (shard_answers.tone, lambda found: found.by("outlet")),
    "unit": (shard_answers.tone, lambda found: found.explain(2)),
    "zone": (lambda c: ck.dispersion(node(c), by="zone"), lambda found: found.explain("lead")),
    "pair": (shard_answers.stories, lambda found: found.compare("n00", "n05")),
    "rate": (lambda c: ck.rates(node(c), by="outlet", draws=50), lambda found: found.explain(0)),
}


@pytest.mark.parametrize("name", LATER)
def test_a_result_is_asked_for_again_without_a_shard_that_is_lost_later(name, stores):
    shards, executor = losing(stores)
    verb, method = LATER[name]
    found = verb(shards)
    whole = told(method(verb(WHOLE)))
    executor.lost = LAST
    far, near = method(found), method(verb(rest()[0]))
    if far.notes[0].startswith("Partial: 1 shard is missing (c: "):
        assert told(far)["csv"] == told(near)["csv"]
    else:  # nothing had to be asked
        assert name in ("rate", "pair")
        assert told(far) == whole


def test_texts_that_are_lost_after_the_lines_were_found(own_stores):
    far = {
        partial: ck.kwic(node(ck.open_shards(own_stores, partial=partial))).sort("1R")
        for partial in (False, True)
    }
    damage(own_stores / "c", "text")
    wrong = r"^c: StoreError: .*text.*This shard gave no answer, tried twice\."
    line = ck.kwic(node(WHOLE)).sort("1R").frame["article"].tolist().index("n08")
    for look in (lambda: far[False].frame, lambda: far[True].page(line)):
        with pytest.raises(ck.ShardError, match=wrong):
            look()
    near = ck.kwic(node(rest()[0])).sort("1R")
    assert far[True].to_frame().to_csv() == near.to_frame().to_csv()
    shards = ck.open_shards(own_stores, partial=True)
    assert told(shards.cuts())["csv"] == told(rest()[0].cuts())["csv"]
    assert shards.cuts().notes[0].startswith("Partial: 1 shard is missing (c: StoreError: ")
    with pytest.raises(ck.ShardError, match=wrong):
        shards.text("n08")
