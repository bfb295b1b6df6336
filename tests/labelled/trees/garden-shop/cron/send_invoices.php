<?php
require __DIR__ . '/../lib/bootstrap.php';
require SHOP . '/lib/pdf.php';

$rows = $db->query("SELECT * FROM orders WHERE state = 'paid' AND invoice_no IS NULL")->fetchAll();
foreach ($rows as $order) {
    $number = next_invoice_number();
    mail_pdf($order['email'], invoice_pdf($order, $number));
    $db->prepare('UPDATE orders SET invoice_no = ? WHERE id = ?')->execute([$number, $order['id']]);
}
