"""Parameters of the IIIF Image API on a picture of 300 × 200 pixels; boxes and sizes are the standard's own examples."""

import pytest

from stamps.opendata.iiif.requested import Requested, Unfit, largest, read_region, read_request, read_size

MOST = (600, 400)


@pytest.mark.parametrize(
    ("region", "box"),
    [
        ("full", (0, 0, 300, 200)),
        ("square", (50, 0, 250, 200)),
        ("125,15,120,140", (125, 15, 245, 155)),
        ("pct:41.6,7.5,40,70", (125, 15, 245, 155)),
        ("125,15,200,200", (125, 15, 300, 200)),
        ("pct:41.6,7.5,66.6,100", (125, 15, 300, 200)),
    ],
)
def test_a_region_is_cut_at_the_edges(region: str, box: tuple[int, int, int, int]) -> None:
    assert read_region(region, 300, 200) == box


@pytest.mark.parametrize(
    ("size", "pixels"),
    [
        ("max", (300, 200)),
        ("150,", (150, 100)),
        (",150", (225, 150)),
        ("pct:50", (150, 100)),
        ("225,100", (225, 100)),
        ("!225,100", (150, 100)),
        ("!900,900", (300, 200)),
        ("^360,", (360, 240)),
        (",200", (300, 200)),
        ("^pct:120", (360, 240)),
        ("^max", (600, 400)),
        ("^!900,300", (450, 300)),
        ("^!900,900", (600, 400)),
    ],
)
def test_a_size_keeps_the_shape_where_one_side_is_asked(size: str, pixels: tuple[int, int]) -> None:
    assert read_size(size, 300, 200, most=MOST) == pixels


@pytest.mark.parametrize(
    ("own", "most"),
    [((300, 200), (600, 400)), ((1600, 800), (2048, 1024)), ((4000, 500), (4000, 500)), ((9000, 10), (4096, 10))],
)
def test_small_pictures_are_enlarged_to_twice_their_size_large_ones_hardly(
    own: tuple[int, int], most: tuple[int, int]
) -> None:
    assert largest(*own) == most


def test_a_picture_beyond_the_largest_answer_is_made_smaller_in_its_shape() -> None:
    assert read_size("max", 8192, 100, most=largest(8192, 100)) == (4096, 50)


@pytest.mark.parametrize(
    "region", [f"{'9' * 400},0,1,1", "400,0,10,10", "0,0,0,0", "a,b,c,d", "1,2,3", "pct:1.1.1,0,1,1", ""]
)
def test_a_region_outside_the_picture_is_refused(region: str) -> None:
    with pytest.raises(Unfit):
        read_region(region, 300, 200)


@pytest.mark.parametrize(
    "size",
    [
        *(
            "360,",
            "0,",
            ",",
            "pct:0",
            "pct:120",
            "^99999,",
            "!,100",
            "!0,9",
            "^100000000,",
            "big",
            "^601,",
            "^!",
            "!max",
        ),
        f"^pct:{'9' * 400}",
    ],
)
def test_a_size_that_would_enlarge_or_is_none_is_refused(size: str) -> None:
    with pytest.raises(Unfit):
        read_size(size, 300, 200, most=MOST)


def test_a_picture_is_mirrored_before_it_is_turned() -> None:
    wished = read_request("full", "max", "!90", "gray", "png", width=300, height=200)
    assert wished == Requested((0, 0, 300, 200), 300, 200, True, 90, "gray", "png")


def test_one_request_has_one_canonical_form_however_it_is_written() -> None:
    written = [("full", "^max", "0.0"), ("0,0,300,200", "^600,", "0"), ("pct:0,0,100,100", "^pct:200", "0")]
    wished = [read_request(*each, "gray", "png", width=300, height=200).canonical for each in written]
    assert wished == ["0,0,300,200/600,400/0/gray.png"] * 3


@pytest.mark.parametrize(
    ("rotation", "quality", "format_"), [("45", "gray", "jpg"), ("0", "sepia", "jpg"), ("0", "gray", "gif")]
)
def test_what_the_level_does_not_hold_is_refused(rotation: str, quality: str, format_: str) -> None:
    with pytest.raises(Unfit):
        read_request("full", "max", rotation, quality, format_, width=300, height=200)
