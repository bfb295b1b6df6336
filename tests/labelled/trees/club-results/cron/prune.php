<?php
require_once dirname(__FILE__) . '/../lib/setup.php';
db()->query('DELETE FROM outbox WHERE sent < NOW() - INTERVAL 90 DAY');
