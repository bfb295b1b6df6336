# folders of the night; sourced
BASE="/data/dome2/";
RAW_DIR=${BASE}"raw/";
RED_DIR=${BASE}"reduced/";
PHOT_DIR=${BASE}"phot/";
PAGE_DIR="/srv/www/dome2/";
BIN_DIR="/home/observer/night/bin/";

function fail() {
    echo "$1" 1>&2;
    exit 1;
}

function last_night() {
    date -d yesterday +%Y%m%d;
}
