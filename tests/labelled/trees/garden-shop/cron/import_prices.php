<?php
require __DIR__ . '/../lib/bootstrap.php';

$supplier = $argv[1] ?? die("which supplier?\n");
$url = setting('price_url_' . $supplier);
$xml = simplexml_load_string(file_get_contents($url));

$db->exec("DELETE FROM price_import WHERE supplier = " . $db->quote($supplier));
$put = $db->prepare("INSERT INTO price_import (supplier, sku, net) VALUES (?, ?, ?)");
foreach ($xml->article as $article) {
    $put->execute([$supplier, (string) $article->number, (float) $article->price]);
}
