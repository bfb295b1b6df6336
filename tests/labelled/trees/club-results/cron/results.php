<?php
$here = dirname($argv[0]);
set_include_path(get_include_path() . PATH_SEPARATOR . "$here/../lib");
require_once 'setup.php';

if ($argv[1] == 'fetch') {
    Results::fetchToday();  # Results::rebuild("all");
    exit;
}
if ($argv[1] == 'rank') {
    Ranking::compute(date('Y'));
    exit;
}
if ($argv[1] == 'digest') {
    Ranking::digest();
    exit;
}
die("results.php fetch|rank|digest\n");
