<?php
require __DIR__ . '/../lib/bootstrap.php';
$db->exec('DELETE FROM sessions WHERE expires < UNIX_TIMESTAMP()');
$db->exec('DELETE FROM cron_log WHERE at < NOW() - INTERVAL 30 DAY');
