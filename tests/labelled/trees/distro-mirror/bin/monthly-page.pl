#!/usr/bin/perl
use strict;
use warnings;
use lib '/srv/mirror/lib';
use Mirror::Conf;

my %sum;
for my $file (glob "$STATS/*.txt") {
    my ($month) = $file =~ m{(\d{4}-\d\d)-\d\d\.txt$} or next;
    open my $in, '<', $file or die "$file: $!";
    while (<$in>) {
        my ($module, $bytes) = split;
        $sum{$month}{$module} += $bytes;
    }
}
open my $page, '>', '/srv/www/statistics.html' or die $!;
print {$page} "<h1>Transfers</h1>\n";
for my $month (sort keys %sum) {
    print {$page} "<h2>$month</h2><ul>\n";
    print {$page} "<li>$_: $sum{$month}{$_}</li>\n" for sort keys %{ $sum{$month} };
    print {$page} "</ul>\n";
}
