#!/bin/bash
# frames of last night, FITS only
source /home/observer/night/bin/common.sh

night=`last_night`;
target=${RAW_DIR}${night}"/";

cmd_mkdir="mkdir -p "${target};
cmd_copy="rsync -a --include=*.fits --exclude=* camera:/frames/"${night}"/ "${target};
cmd_all=${cmd_mkdir}" && "${cmd_copy};

eval ${cmd_all} || fail "no frames of ${night}";
exit;
