<?php
// included by every cron script
error_reporting(E_ALL);
date_default_timezone_set('Europe/Berlin');

define('SHOP', dirname(__DIR__));
define('FEEDS', SHOP . '/htdocs/feeds');
define('REPORTS', SHOP . '/reports');

require_once SHOP . '/config.inc.php';

$db = new PDO(DB_DSN, DB_USER, DB_PASS, [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION]);

function setting($name)
{
    global $db;
    $q = $db->prepare('SELECT value FROM config WHERE name = ?');
    $q->execute([$name]);
    return $q->fetchColumn();
}

function log_run($script, $message)
{
    global $db;
    $db->prepare('INSERT INTO cron_log (script, message, at) VALUES (?, ?, NOW())')->execute([$script, $message]);
}

register_shutdown_function(function () {
    log_run(basename($_SERVER['argv'][0]), 'end');
});
