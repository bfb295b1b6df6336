<?php
// gallery.php SIZE: scale what members have uploaded
require_once dirname(__FILE__) . '/../lib/setup.php';

$size = (int) $argv[1];
foreach (glob(ROOT . '/upload/*.jpg') as $photo) {
    $small = ROOT . "/gallery/$size/" . basename($photo);
    if (!file_exists($small)) {
        exec('convert ' . escapeshellarg($photo) . " -resize {$size}x{$size} " . escapeshellarg($small));
    }
}
