<?php
// the cheapest supplier that has some decides
require __DIR__ . '/../lib/bootstrap.php';

$margin = (float) setting('margin');
$sql = <<<SQL
    SELECT i.sku, MIN(i.net) AS net
      FROM price_import i
      JOIN stock s ON s.sku = i.sku AND s.supplier = i.supplier AND s.pieces > 0
     GROUP BY i.sku
SQL;
$set = $db->prepare('UPDATE products SET price = :price, changed = NOW() WHERE sku = :sku');
foreach ($db->query($sql) as $row) {
    $set->execute(['price' => round($row['net'] * $margin, 2), 'sku' => $row['sku']]);
}
