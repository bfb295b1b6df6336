#!/usr/bin/perl
use strict;
use warnings;

for (`df -P /data /var`) {
    my @f = split;
    next unless $f[4] =~ /^(\d+)%$/ && $1 > 95;
    system('logger', '-p', 'daemon.crit', "$f[5] is $f[4] full");
}
