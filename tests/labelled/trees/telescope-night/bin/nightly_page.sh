#!/bin/bash
# curves and the month's weather as a page
source /home/observer/night/bin/common.sh

month=`date +%Y%m`;
page=${PAGE_DIR}"index.html";

cmd_plot="gnuplot -e \"out='"${PAGE_DIR}"curves.png'\" "${BIN_DIR}"curves.gp";
eval ${cmd_plot};

echo "<h1>Dome 2</h1><img src=curves.png><pre>" > ${page};
tail -n 24 ${BASE}weather/${month}.log >> ${page};
echo "</pre>" >> ${page};
