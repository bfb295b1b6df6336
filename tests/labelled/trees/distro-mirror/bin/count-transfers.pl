#!/usr/bin/perl
# yesterday's transfers by module, from the rsync daemon's and the web server's logs
use strict;
use warnings;
use lib '/srv/mirror/lib';
use POSIX qw(strftime);
use Mirror::Conf;
use Mirror::Log;

my $yesterday = strftime('%Y-%m-%d', localtime(time - 86400));
my %bytes;
for my $log ('/var/log/rsyncd.log.1', '/var/log/nginx/ftp.access.log.1') {
    open my $in, '<', $log or next;
    while (<$in>) {
        next unless m{ (?:GET /|send \S+ )(\w+)/.* (\d+)$};
        $bytes{$1} += $2;
    }
}
open my $out, '>', "$STATS/$yesterday.txt" or fatal("$yesterday: $!");
print {$out} "$_ $bytes{$_}\n" for sort keys %bytes;
