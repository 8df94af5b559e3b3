# Both sides of the wire read the same vectors: plugin-manifest/vectors.json.

use strict;
use warnings;
use utf8;

use Cwd            ();
use File::Basename ();
use JSON::PP       ();
use MIME::Base64   ();
use Test::More;

my $Here;
BEGIN { $Here = File::Basename::dirname( Cwd::abs_path(__FILE__) ) }
use lib "$Here/..";
use Kernel::System::ClienteleBridge::Wire;

my $Vectors = JSON::PP->new()->utf8()->decode( Read("$Here/../../vectors.json") );

for my $Purpose ( grep { $_ ne 'secret' } sort keys %{ $Vectors->{keys} } ) {
    my $Key = Kernel::System::ClienteleBridge::Wire::DerivedKey( $Vectors->{keys}->{secret}, $Purpose );
    is( unpack( 'H*', $Key ), $Vectors->{keys}->{$Purpose}, "the plugin derives the same key for $Purpose" );
}

my %Vector = %{ $Vectors->{signature} };
my $Key    = MIME::Base64::decode_base64( $Vector{secret} =~ s{\A whsec_}{}rxms );
my %Signed = ( ID => $Vector{id}, Timestamp => $Vector{timestamp}, Body => Bytes( $Vector{body} ) );
is( Kernel::System::ClienteleBridge::Wire::Signature( %Signed, Key => $Key ), $Vector{signature}, 'the published example' );

my %Message = ( %Signed, Signature => $Vector{signature}, Keys => [$Key], Now => $Vector{timestamp} );
is( Fault(), undef, 'a message that is signed is believed' );
is( Fault( Now => $Vector{timestamp} + 300 ), undef, 'so it is with a clock that is five minutes off' );
is( Fault( Keys => [ 'x' x 32, $Key ] ), undef, 'so it is with the key before, while keys are being changed' );
is( Fault( Signature => "v1a,AAAA v1,AAAA $Vector{signature}" ), undef, 'so it is with several signatures' );

my @Faults = (
    [ 'outside-window',  'too old',                     Now       => $Vector{timestamp} + 301 ],
    [ 'outside-window',  'from the future',             Now       => $Vector{timestamp} - 301 ],
    [ 'signature-wrong', 'with another id',             ID        => 'msg_other' ],
    [ 'signature-wrong', 'with another time',           Timestamp => $Vector{timestamp} + 1 ],
    [ 'signature-wrong', 'with one byte changed',       Body      => '{"test": 2432232315}' ],
    [ 'signature-wrong', 'with a key of somebody else', Keys      => [ 'x' x 32 ] ],
    [ 'signature-wrong', 'with an empty signature',     Signature => '' ],
    [ 'signature-wrong', 'with a shortened signature',  Signature => substr $Vector{signature}, 0, -4 ],
    [ 'signature-wrong', 'with an unknown scheme',      Signature => $Vector{signature} =~ s{\A v1}{v2}rxms ],
    [ 'malformed',       'without an id',               ID        => undef ],
    [ 'malformed',       'with an endless id',          ID        => 'm' x 65 ],
    [ 'malformed',       'with a time in words',        Timestamp => 'now' ],
    [ 'malformed',       'with a list for a body',      Body      => [] ],
);
for my $Case (@Faults) {
    my ( $Fault, $Title, @Changed ) = @{$Case};
    is( Fault(@Changed), $Fault, "a message $Title is not believed" );
}

my $Spoken = Bytes('{"name":"Zoë 🌻"}');
my $Own    = Kernel::System::ClienteleBridge::Wire::Signature( ID => 'a', Timestamp => 1, Body => $Spoken, Key => $Key );
is( Fault( ID => 'a', Timestamp => 1, Body => $Spoken, Signature => $Own, Now => 1 ), undef, 'emoji are signed by their bytes' );

my $Token = Kernel::System::ClienteleBridge::Wire::LaunchToken(
    InstallationID => 'inst_1', KeyID => 1, Key => $Key, Claims => Bytes('{"name":"Zoë"}'),
);
like( $Token, qr{\A [\w-]+ [.] [\w-]+ [.] [\w-]{43} \z}xms, 'a token has three parts, without padding' );

done_testing();

sub Fault { return Kernel::System::ClienteleBridge::Wire::Fault( %Message, @_ ) }

sub Bytes {
    my ($Text) = @_;
    utf8::encode($Text);
    return $Text;
}

sub Read {
    my ($Path) = @_;
    open my $File, '<:raw', $Path or die "$Path: $!";
    local $/ = undef;
    return scalar <$File>;
}
