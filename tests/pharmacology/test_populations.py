"""A population is the same however it is divided, and counted where it is not kept."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from ajar.pharmacology import populations
from ajar.pharmacology.forecast import QUANTILES, forecast
from ajar.pharmacology.molecules import Drug
from ajar.pharmacology.person import Person
from ajar.pharmacology.populations import simulate_population
from ajar.pharmacology.regimen import intravenous, repeated
from ajar.pharmacology.simulate import Circumstances
from ajar.pharmacology.tally import RELATIVE_ERROR
from ajar.pharmacology.u1.symptoms import Symptoms

PERSON = Person(weight_kg=70.0)
REGIMEN = repeated(intravenous(drug=Drug.RACEMATE, amount_mg=35.0, duration_h=40 / 60), on_days=[0, 3])
DAYS = np.arange(8) * 24.0
KNOWN = Circumstances(symptoms=Symptoms(madrs_baseline=32.0, response_e=1.0, placebo_share=0.17, stress=0.0))
OUTPUTS = ("madrs", "ketamine_venous_ng_ml")
PEOPLE = 210


class LocalCluster:
    """What a `distributed.Client` looks like from here."""

    def __init__(self):
        self.asked = {}

    def get_executor(self, **options):
        self.asked = options
        return ThreadPoolExecutor(2)

    def nthreads(self):
        return {"tcp://one": 1, "tcp://two": 1}


def trial(**changes):
    asked = {"people": PEOPLE, "seed": 7, "times_h": DAYS, "outputs": OUTPUTS, "circumstances": KNOWN}
    return simulate_population(REGIMEN, PERSON, **(asked | changes))


def everything(population):
    return [
        *(values for band in population.bands.values() for values in band.quantiles.values()),
        *population.means.values(),
        *population.shares.values(),
        np.array([list(peaks.values()) for peaks in population.peaks.values()]),
    ]


def same(one, other):
    return all(np.array_equal(*pair) for pair in zip(everything(one), everything(other), strict=True))


@pytest.fixture(params=["kept", "counted"])
def way(request, monkeypatch):
    if request.param == "counted":
        monkeypatch.setattr(populations, "KEPT_PEOPLE", 0)
    return request.param


@pytest.mark.parametrize("chunks", [2, 7])
@pytest.mark.parametrize("workers", [1, 3])
def test_chunks_and_workers_do_not_change_a_result(way, chunks, workers):
    whole = trial(chunk_people=PEOPLE)
    assert same(trial(chunk_people=PEOPLE // chunks, workers=workers), whole)


def test_blocks_in_a_worker_do_not_change_a_result(way, monkeypatch):
    whole = trial()
    monkeypatch.setattr(populations, "BLOCK_PEOPLE", 33)
    assert same(trial(), whole)


def test_a_cluster_gives_the_same_and_is_asked_to_repeat_nothing(way):
    cluster = LocalCluster()
    assert same(trial(cluster=cluster, chunk_people=30), trial())
    assert cluster.asked == {"pure": False}


def test_everyone_kept_is_the_forecast_of_the_same_people():
    seen = trial()
    expected = forecast(
        REGIMEN, PERSON, times_h=DAYS, outputs=OUTPUTS, people=PEOPLE, seed=7, circumstances=KNOWN
    )
    assert seen.relative_error == 0.0
    for name in OUTPUTS:
        for share in QUANTILES:
            assert np.array_equal(seen[name].quantiles[share], expected[name].quantiles[share])
    assert (seen.as_forecast().people, seen.seed, seen.notes) == (PEOPLE, 7, expected.notes)


def test_counted_quantiles_are_within_their_stated_error(monkeypatch):
    exact = trial()
    monkeypatch.setattr(populations, "KEPT_NUMBERS", 0)
    counted = trial()
    assert counted.relative_error == RELATIVE_ERROR
    for name in OUTPUTS:
        for share in QUANTILES:
            true = exact[name].quantiles[share]
            off = np.abs(counted[name].quantiles[share] - true)
            assert (off <= RELATIVE_ERROR * np.abs(true) + 2e-6).all()
    assert all(np.array_equal(counted.shares[name], share) for name, share in exact.shares.items())


def test_who_responds_is_counted_by_the_definition_in_the_name():
    seen = trial()
    assert set(seen.shares) == {"response", "remission_madrs_10", "remission_madrs_12"}
    assert (seen.shares["remission_madrs_10"] <= seen.shares["remission_madrs_12"]).all()
    median, share = seen["madrs"].quantiles[0.5], seen.shares["response"]
    assert ((median <= 16.0) == (share >= 0.5))[np.abs(share - 0.5) > 0.01].all()
    assert 0.0 < share.max() < 1.0


def test_peaks_are_of_people_and_not_of_moments():
    seen = trial()
    for name in OUTPUTS:
        for share in QUANTILES:
            assert seen.peaks[name][share] >= seen[name].quantiles[share].max() - 1e-9


def test_without_a_score_nobody_is_a_responder():
    assert trial(outputs=("cadss",)).shares == {}


def test_progress_is_told_to_the_end():
    heard = []
    trial(chunk_people=100, told=lambda done, total: heard.append((done, total)))
    assert heard[-1] == (PEOPLE, PEOPLE)
    assert [done for done, _ in heard] == sorted(done for done, _ in heard)
    assert len(heard) == 3


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"people": 3}, "at least 20 people and at most 2147483647, got 3"),
        ({"people": 2**31}, "got 2147483648"),
        ({"workers": 0}, "at least one worker, got 0"),
        ({"chunk_people": 0}, "at least one person, got 0"),
        ({"seed": -1}, "seed of a draw"),
        ({"times_h": np.array([1.0, 0.0])}, "rising"),
    ],
)
def test_what_cannot_be_a_population_is_refused_in_words(changes, words):
    with pytest.raises(ValueError, match=words):
        trial(**changes)


def test_an_output_that_is_not_there_is_refused_before_anyone_is_simulated():
    with pytest.raises(KeyError, match="no curve 'mood'"):
        trial(outputs=("mood",))
    with pytest.raises(KeyError, match="no band 'cadss'"):
        trial()["cadss"]
