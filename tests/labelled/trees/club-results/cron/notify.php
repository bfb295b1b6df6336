<?php
set_include_path(get_include_path() . PATH_SEPARATOR . dirname(__FILE__) . '/../lib');
require_once 'setup.php';

foreach (db_all('SELECT * FROM outbox WHERE sent IS NULL') as $mail) {
    mail('members@ol-club.example', $mail['subject'], $mail['body']);
    db()->query('UPDATE outbox SET sent = NOW() WHERE id = ' . $mail['id']);
}
