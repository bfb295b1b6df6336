<?php
require __DIR__ . '/../lib/bootstrap.php';

$text = file_get_contents(SHOP . '/newsletter/current.txt');
foreach ($db->query('SELECT email FROM subscribers WHERE confirmed = 1') as $s) {
    mail($s['email'], setting('newsletter_subject'), $text);
    usleep(200000);
}
