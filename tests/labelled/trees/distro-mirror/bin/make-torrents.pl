#!/usr/bin/perl
# a torrent for each image that has none yet
use strict;
use warnings;
use lib '/srv/mirror/lib';
use Storable qw(retrieve);
use Mirror::Conf;
use Mirror::Log;

my $index = retrieve($INDEX);
for my $file (grep { /\.iso$/ } sort keys %$index) {
    (my $name = $file) =~ s{.*/}{};
    next if -e "/data/torrents/$name.torrent";
    system('mktorrent', '-a', 'http://tracker.uni.example:6969/announce', '-o', "/data/torrents/$name.torrent", $file);
}
