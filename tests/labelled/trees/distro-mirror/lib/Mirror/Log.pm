package Mirror::Log;
use strict;
use warnings;
use POSIX qw(strftime);
use Exporter 'import';
our @EXPORT = qw(note fatal);

sub note {
    my ($text) = @_;
    open my $fh, '>>', '/var/log/mirror/mirror.log' or return;
    print {$fh} strftime('%F %T', localtime), " $0: $text\n";
    close $fh;
}

sub fatal { note(@_); die @_, "\n" }

1;
