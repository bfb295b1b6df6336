<?php
/* export_feed.php google|kelkoo|ciao */
require __DIR__ . '/../lib/bootstrap.php';

$portal = $argv[1];
$out = new XMLWriter();
$out->openURI(FEEDS . "/$portal.xml");
$out->startDocument('1.0', 'UTF-8');
$out->startElement('items');
foreach ($db->query('SELECT sku, title, price FROM products WHERE visible = 1') as $product) {
    $out->startElement('item');
    $out->writeElement('id', $product['sku']);
    $out->writeElement('title', $product['title']);
    $out->writeElement('price', $product['price']);
    $out->endElement();
}
$out->endElement();
$out->flush();
