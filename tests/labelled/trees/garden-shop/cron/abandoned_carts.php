<?php
require __DIR__ . '/../lib/bootstrap.php';

$q = $db->query('SELECT email, COUNT(*) AS items FROM carts WHERE touched < NOW() - INTERVAL 1 DAY AND reminded = 0 GROUP BY email');
foreach ($q as $cart) {
    mail($cart['email'], 'Noch im Korb', $cart['items'] . ' Artikel warten noch.');
    $db->prepare('UPDATE carts SET reminded = 1 WHERE email = ?')->execute([$cart['email']]);
}
