<?php
// on the include path of everything
set_include_path(get_include_path() . PATH_SEPARATOR . dirname(__FILE__) . '/../classes');
define('ROOT', dirname(dirname(__FILE__)));

function autoload_class($name)
{
    require_once $name . '.php';
}
spl_autoload_register('autoload_class');

function db()
{
    static $link = null;
    if ($link === null) {
        $link = new mysqli('localhost', 'olclub', getenv('OL_DB_PASS'), 'olclub');
    }
    return $link;
}

function db_insert($table, $row)
{
    $names = implode(', ', array_keys($row));
    $values = implode("', '", array_map('addslashes', $row));
    db()->query("INSERT INTO $table ($names) VALUES ('$values')");
}

function db_all($sql)
{
    return db()->query($sql)->fetch_all(MYSQLI_ASSOC);
}

// the queue that cron/notify.php sends
function tell($subject, $text)
{
    db_insert('outbox', array('subject' => $subject, 'body' => $text, 'queued' => date('Y-m-d H:i:s')));
}
