<?php
require __DIR__ . '/../lib/bootstrap.php';
set_time_limit(0);

$db->exec('TRUNCATE TABLE search_index');
$db->exec('INSERT INTO search_index (sku, words, price)
           SELECT p.sku, CONCAT_WS(" ", p.title, p.botanical, p.keywords), p.price
             FROM products p
            WHERE p.visible = 1');
