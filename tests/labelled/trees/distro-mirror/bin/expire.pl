#!/usr/bin/perl
use strict;
use warnings;
use lib '/srv/mirror/lib';
use Getopt::Long;
use File::Path 'remove_tree';
use Mirror::Conf;

my $days = 30;
GetOptions('days=i' => \$days);
opendir my $dir, $SNAP or die $!;
for my $name (grep { /^papers-\d{8}$/ } readdir $dir) {
    remove_tree("$SNAP/$name") if -M "$SNAP/$name" > $days;
}
