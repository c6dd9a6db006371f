from __future__ import annotations

from learnchat.learning.training.calibration import Calibration, mean_of


def calibration(slope: float, offset: float, threshold: float) -> Calibration:
    found = Calibration.__new__(Calibration)
    found.slope, found.offset, found.threshold = slope, offset, threshold
    return found


def test_the_mean_of_calibrations_lies_between_them_and_leaves_them_as_they_are() -> None:
    one, two = calibration(1.0, -1.0, 0.4), calibration(1.2, -1.2, 0.5)
    mean = mean_of([one, two])
    assert (mean.slope, mean.offset, round(mean.threshold, 6)) == (1.1, -1.1, 0.45)
    assert (one.slope, two.threshold) == (1.0, 0.5)
