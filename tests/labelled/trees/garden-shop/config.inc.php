<?php
define('DB_DSN', 'mysql:host=localhost;dbname=shop;charset=utf8');
define('DB_USER', 'shop');
define('DB_PASS', getenv('SHOP_DB_PASS'));
