"""Programs that make one file of others."""

import pytest

from tests.commands.tools import facts, reads, writes


@pytest.mark.parametrize(
    ("command", "read", "written"),
    [
        ("pdfunite /r/a.pdf /r/b.pdf /r/all.pdf", {"/r/a.pdf", "/r/b.pdf"}, {"/r/all.pdf"}),
        ("wkhtmltopdf --page-size A4 /w/x.html /w/x.pdf", {"/w/x.html"}, {"/w/x.pdf"}),
        ("convert /p/a.png -resize 200x200 -quality 80 /p/s.jpg", {"/p/a.png"}, {"/p/s.jpg"}),
        ("ffmpeg -y -framerate 25 -pattern_type glob -i '/c/*.jpg' -c:v libx264 /o/d.mp4", {"/c/*.jpg"}, {"/o/d.mp4"}),
        ("gdal_translate -of GTiff -co COMPRESS=LZW /g/a.nc /g/a.tif", {"/g/a.nc"}, {"/g/a.tif"}),
        ("gdalwarp -t_srs EPSG:4326 /g/a.tif /g/b.tif", {"/g/a.tif"}, {"/g/b.tif"}),
        ("ogr2ogr -f GeoJSON /g/out.json /g/in.shp", {"/g/in.shp"}, {"/g/out.json"}),
        ("pandoc /d/a.md -o /d/a.html", {"/d/a.md"}, {"/d/a.html"}),
        ("gs -q -dNOPAUSE -sDEVICE=pdfwrite -sOutputFile=/d/o.pdf /d/i.ps", {"/d/i.ps"}, {"/d/o.pdf"}),
        ("cdo timmean /m/in.nc /m/out.nc", {"/m/in.nc"}, {"/m/out.nc"}),
        ("cd /w && hugo -s content -d /srv/www", {"/w/content/"}, {"/srv/www/"}),
        ("fswebcam -r 640x480 --line-color '##FF000000' /c/$(date +%s).jpg", set(), {"/c/*.jpg"}),
        ("raspistill -o /c/now.jpg -w 800 -h 600", set(), {"/c/now.jpg"}),
        ("arecord -d 10 -f cd /c/yard.wav", set(), {"/c/yard.wav"}),
        ("tcpdump -i eth0 -w /c/yard.pcap port 53", set(), {"/c/yard.pcap"}),
        ("cd /w && hugo", {"/w/"}, {"/w/public/"}),
        ("cd /w && jekyll build -d /srv/www", {"/w/"}, {"/srv/www/"}),
    ],
)
def test_what_is_taken_and_what_is_made(command: str, read: set[str], written: set[str]) -> None:
    """The last word is made, or what an option names; values of other options are no files."""
    found = facts(command)
    assert reads(found) == read
    assert writes(found) == written


@pytest.mark.parametrize(
    "command",
    [
        "fswebcam --list-inputs",
        "tcpdump -c 5",
        "pandoc --version",
        "convert -list font",
        "hugo version",
        "jekyll serve",
        "ffmpeg -h",
    ],
)
def test_silent_without_files(command: str) -> None:
    """A question to the program makes nothing."""
    found = facts(command)
    assert reads(found) == writes(found) == set()


def test_one_file_is_only_read() -> None:
    """`identify` and the like: without a second name nothing is made."""
    assert writes(facts("ffmpeg -i /c/a.mp4")) == set()
