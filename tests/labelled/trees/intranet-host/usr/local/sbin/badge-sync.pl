#!/usr/bin/perl
use strict;
use warnings;
use Getopt::Long;
use JSON;
use LWP::UserAgent;

my $file = '/etc/badges/manual.json';
GetOptions('file=s' => \$file) or die;

open my $fh, '<', $file or die "$file: $!";
my $people = decode_json(do { local $/; <$fh> });
my $ua = LWP::UserAgent->new(timeout => 20);
for my $p (grep { $_->{badge} } @$people) {
    $ua->put("https://doors.kontor.example/badge/$p->{badge}", Content => encode_json($p));
}
