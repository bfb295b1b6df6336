#!/usr/bin/perl
use strict;
use warnings;
use lib '/srv/mirror/lib';
use File::Find;
use Storable qw(nstore);
use Getopt::Long;
use Mirror::Conf;
use Mirror::Log;

my $quiet;
GetOptions('quiet' => \$quiet) or exit 2;

my %index;
find(sub {
    return unless -f;
    my @stat = stat _;
    $index{$File::Find::name} = [@stat[7, 9]];
}, $PUB);

nstore(\%index, $INDEX);
open my $out, '|-', "gzip -9 > $PUB/ls-lR.gz.new" or fatal("gzip: $!");
printf {$out} "%12d %s\n", $index{$_}[0], $_ for sort keys %index;
close $out or fatal("ls-lR: $!");
rename "$PUB/ls-lR.gz.new", "$PUB/ls-lR.gz";
note(scalar(keys %index) . ' files') unless $quiet;
