package Mirror::Conf;
# All paths live here. Nothing else may know where the disks are.
use strict;
use warnings;
use Exporter 'import';
our @EXPORT = qw($PUB $STATE $SNAP $STATS $INDEX %UPSTREAM);

our $BASE  = '/data/mirror';
our $PUB   = "$BASE/pub";
our $STATE = "$BASE/state";
our $SNAP  = "$BASE/snap";
our $STATS = "$BASE/stats";
our $INDEX = "$STATE/index.sto";

our %UPSTREAM = (
    debian => 'rsync://syncproxy.example.org/debian/',
    ubuntu => 'rsync://archive.example.com/ubuntu/',
    ctan   => 'rsync://rsync.dante.example/CTAN/',
);

1;
