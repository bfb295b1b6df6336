<?php
require __DIR__ . '/../lib/bootstrap.php';

// both suppliers drop their files here by FTP
foreach (['hortus', 'verde'] as $supplier) {
    $file = '/var/ftp/' . $supplier . '/stock.csv';
    if (!file_exists($file)) {
        continue;
    }
    $in = fopen($file, 'r');
    $put = $db->prepare('REPLACE INTO stock (sku, supplier, pieces) VALUES (?, ?, ?)');
    while (($row = fgetcsv($in, 0, ';')) !== false) {
        $put->execute([$row[0], $supplier, (int) $row[1]]);
    }
    fclose($in);
    unlink($file);
}
