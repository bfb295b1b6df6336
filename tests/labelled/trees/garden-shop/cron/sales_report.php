<?php
require __DIR__ . '/../lib/bootstrap.php';

$day = date('Y-m-d', strtotime('yesterday'));
$out = fopen(REPORTS . "/sales_$day.csv", 'w');
fputcsv($out, ['order', 'paid', 'net', 'vat']);
$q = $db->prepare('SELECT id, paid_at, net, vat FROM orders WHERE DATE(paid_at) = ?');
$q->execute([$day]);
while ($row = $q->fetch(PDO::FETCH_NUM)) {
    fputcsv($out, $row);
}
fclose($out);
