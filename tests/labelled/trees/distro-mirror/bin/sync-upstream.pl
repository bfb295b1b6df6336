#!/usr/bin/perl
# sync-upstream.pl NAME - bring one distribution up to date
use strict;
use warnings;
use lib '/srv/mirror/lib';
use Mirror::Conf;
use Mirror::Log;
use Fcntl ':flock';

my $name = shift or die "usage: $0 NAME\n";
my $from = $UPSTREAM{$name} or fatal("unknown: $name");

open my $lock, '>', "/var/lock/mirror-$name" or fatal("lock: $!");
flock $lock, LOCK_EX | LOCK_NB or exit 0;

note("sync $name");
my @opts = qw(-rtlH --delete-delay --timeout=600 --exclude=.~tmp~/);
system('rsync', @opts, $from, "$PUB/$name/") == 0
    or fatal("rsync of $name: $?");

open my $done, '>', "$STATE/$name.done" or fatal("$STATE/$name.done: $!");
print {$done} time, "\n";
close $done;
