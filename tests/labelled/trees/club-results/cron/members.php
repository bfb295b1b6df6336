<?php
// birthdays of the day
require_once dirname(__FILE__) . '/../lib/setup.php';

foreach (db_all("SELECT name FROM member WHERE DATE_FORMAT(born, '%m%d') = DATE_FORMAT(NOW(), '%m%d')") as $m) {
    tell('Birthday', $m['name'] . ' has a birthday today.');
}
