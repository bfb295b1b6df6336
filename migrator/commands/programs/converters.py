"""Programs that make one file of others: documents, pictures, sound, maps, pages of a site; and those that record one.

What they read stands in front and what they make is the last word, unless an option names it (their manual pages).
"""

from __future__ import annotations

import re

from migrator.commands.facts import StepKind
from migrator.commands.hints import with_slash
from migrator.commands.invocation import Effect, Family, Invocation, Reader, Role, Space, reads, sort_out, writes
from migrator.commands.languages import sql
from migrator.commands.values import Value, literal

# Options that take a value, where that value is no file.
_VALUED = """
    -q -r -t -f -s -a -b -c -d -e -l -m -n -p -y -z -x -of -ot -co -te -tr -ts -tap -t_srs -s_srs -a_srs -nln -where
    -sql -resize -quality -density -geometry -crop -rotate -fill -pointsize -draw -gravity -annotate -font -background
    -delay -loop -dispose -fuzz -tile -border -bordercolor -colorspace -depth -extent -level -page -threshold -size
    -preset -crf -vf -af -acodec -vcodec -c:v -c:a -b:v -b:a -framerate -pix_fmt -ss -to -filter_complex -map -ar
    -ac -pattern_type -movflags -metadata -loglevel --page-size --orientation --margin-top --margin-bottom
    --dpi --zoom --format --from --to --template --encoding -sDEVICE
"""
_OF_RECORDER = """
    -o -w --output --filename --save -r -d -f -D -F -S -p -q -t -c -m -g -s -e -i -n --device --resolution --rotate
    --line-color --font --title --subtitle --delay --skip --frames --width --height --timeout --duration
    --format --rate --channels --set --quality --interface -x -y -Q
"""
_RECORDING = frozenset(_OF_RECORDER.split())
_OPTIONS = frozenset(_VALUED.split()) | {"-o", "-i", "--output", "--out", "-sOutputFile", "--output-file"}
_BASE = re.compile(r"(?:PG|MySQL|MSSQL|OCI):", re.IGNORECASE)
_BASE_NAME = re.compile(r"(?:dbname=|database=|^MySQL:)'?([\w-]+)", re.IGNORECASE)
_FILE = re.compile(r"[/.*]")


def last(call: Invocation) -> Effect:
    """Read `pdfunite IN… OUT`, `convert IN OUT`, `ffmpeg -i IN OUT`, `gdal_translate IN OUT`."""
    got = sort_out(call.arguments, _OPTIONS, single_dash_long=True)
    named = got.last("-o", "--output", "--out", "--output-file", "-sOutputFile")
    given = (*got.every("-i"), *_files(got.rest))
    if named is not None:
        return _made(given, (named,))
    return _made(given[:-1], given[-1:]) if len(given) > 1 or got.rest[:-1] else _made(given, ())


def first(call: Invocation) -> Effect:
    """Read `ogr2ogr OUT IN`: what is made stands first; either may be a database, with its layers behind."""
    got = sort_out(call.arguments, _OPTIONS, single_dash_long=True)
    bases = [value for value in got.rest if _BASE.match(value.text)]
    if not bases:
        given = _files(got.rest)
        return _made(given[1:], given[:1])
    match = _BASE_NAME.search(bases[0].text)
    prefix = f"{match[1]}." if match is not None else ""
    others = [value for value in got.rest if value is not bases[0]]
    if got.rest[0] is bases[0]:
        layer = got.last("-nln")
        stem = others[0].text.rpartition("/")[2].partition(".")[0] if others else ""
        table = layer.text if layer is not None else stem
        made = writes(literal(prefix + table), space=Space.TABLE, confidence=0.9) if table else ()
        return Effect(kind=StepKind.PROGRAM, touches=reads(*others[:1], confidence=0.9) + made)
    layers = [literal(prefix + value.text) for value in others[1:]]
    asked = [table for text in got.every("-sql") for table in sql.tables(text.text)]
    layers += [literal(table.name if "." in table.name else prefix + table.name) for table in asked]
    return Effect(
        kind=StepKind.PROGRAM,
        touches=reads(*layers, space=Space.TABLE, confidence=0.9) + writes(*others[:1], confidence=0.9),
    )


def named(call: Invocation) -> Effect:
    """Read programs that make a file only where an option names it: `pandoc IN… -o OUT`, `dot IN -o OUT`."""
    got = sort_out(call.arguments, _OPTIONS, single_dash_long=call.name in ("gs", "pdflatex", "xelatex", "lualatex"))
    made = got.last("-o", "--output", "--out", "--output-file", "-sOutputFile")
    return _made(_files(got.rest), () if made is None else (made,))


def recorded(call: Invocation) -> Effect:
    """Read `fswebcam OUT`, `arecord -d 10 OUT`, `libcamera-still -o OUT`: what a camera, a screen or a line gives."""
    got = sort_out(call.arguments, _RECORDING)
    chosen = got.last("-w") if call.name in ("tcpdump", "dumpcap") else got.last("-o", "--output", "--filename")
    return _made((), (chosen,) if chosen is not None else tuple(v for v in _files(got.rest) if v.text != "-")[-1:])


_SITE = frozenset({"-s", "--source", "-d", "--destination", "-c", "--config", "-b", "--baseURL", "-e", "--environment"})


def site(call: Invocation) -> Effect:
    """Read `hugo -s SOURCE -d TARGET`, `jekyll build -s SOURCE -d TARGET`: a folder of pages made of another."""
    got = sort_out(call.arguments, _SITE)
    if got.rest and got.rest[0].text not in ("build", "b"):
        return Effect(role=Role.PROBE, label=f"{call.name} {got.rest[0].shown}")
    source = got.last("-s", "--source") or literal("./")
    target = got.last("-d", "--destination")
    made = target if target is not None else literal("./public/" if call.name == "hugo" else "./_site/")
    return Effect(kind=StepKind.PROGRAM, touches=reads(with_slash(source)) + writes(with_slash(made)))


def _files(values: tuple[Value, ...]) -> tuple[Value, ...]:
    """Give the words that may be files: an operator or a number has neither a folder nor an ending."""
    return tuple(value for value in values if value.text == "-" or _FILE.search(value.text))


def _made(taken: tuple[Value, ...], made: tuple[Value, ...]) -> Effect:
    role = Role.WORK if taken or made else Role.FILTER
    return Effect(
        role=role, kind=StepKind.PROGRAM, touches=reads(*taken, confidence=0.9) + writes(*made, confidence=0.9)
    )


_LAST = """
    pdfunite pdftotext ps2pdf qpdf wkhtmltopdf wkhtmltoimage convert magick montage composite cwebp dwebp ffmpeg avconv
    sox lame gdal_translate gdalwarp gdaldem gdal_rasterize gdal_contour cdo ncks ncrcat ncra ncea nccopy rsvg-convert
"""
_NAMED = """
    pandoc gs dot neato img2pdf tippecanoe osmium enscript asciidoctor mkisofs genisoimage gdal_merge.py
"""
_RECORDERS = """
    fswebcam scrot maim grim screencapture arecord parecord rec rtl_fm rtl_power raspistill raspivid libcamera-still
    libcamera-jpeg libcamera-vid rpicam-still rpicam-jpeg rpicam-vid gphoto2 streamer tcpdump dumpcap
"""
_READERS: dict[str, Reader] = dict.fromkeys(_LAST.split(), last)
_READERS |= dict.fromkeys(_RECORDERS.split(), recorded)
_READERS |= dict.fromkeys(_NAMED.split(), named)
_READERS |= {"ogr2ogr": first, "gdalbuildvrt": first, "hugo": site, "jekyll": site}

FAMILY = Family("converters", _READERS)
