#!/usr/bin/perl
# tell the small mirrors that there is something to fetch
use strict;
use warnings;
use lib '/srv/mirror/lib';
use Mirror::Conf;
use Mirror::Log;

my %tier2 = (
    debian => ['mirror.fh.example', 'ftp.city.example'],
    ctan   => ['tex.school.example'],
);

for my $name (sort keys %tier2) {
    my $flag = "$STATE/$name.done";
    next unless -e $flag && -M $flag < 1;
    for my $host (@{ $tier2{$name} }) {
        system("ssh -i /srv/mirror/.ssh/push push\@$host sync") and note("push to $host failed");
    }
}
