#!/usr/bin/perl
# hard-linked copy of the papers of our own departments. NOT of the mirror
use strict;
use warnings;
use lib '/srv/mirror/lib';
use POSIX qw(strftime);
use Mirror::Conf;

my $day = strftime('%Y%m%d', localtime);
exec 'cp', '-al', '/data/local/papers', "$SNAP/papers-$day";
