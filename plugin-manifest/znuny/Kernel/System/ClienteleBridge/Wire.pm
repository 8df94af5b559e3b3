# --
# Clientele bridge: what host and plugin sign for each other.
# Copyright (C) 2026 the Clientele authors
# --
# This program is free software: you can redistribute it and/or modify it under the terms of the GNU Affero General
# Public License as published by the Free Software Foundation, version 3. It comes WITHOUT ANY WARRANTY; without even
# the implied warranty of MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE. See <https://www.gnu.org/licenses/>.
# --

package Kernel::System::ClienteleBridge::Wire;

use strict;
use warnings;
use utf8;

use Digest::SHA  ();
use Encode       ();
use MIME::Base64 ();

# Pure: nothing of the helpdesk is needed here, so that its test runs without one.
our $ObjectManagerDisabled = 1;

# Seconds that the clocks of both sides may differ by, and characters that an id may have.
my $Tolerance = 300;
my $LongestID = 64;

# One key for each use, by HKDF (RFC 5869) with SHA-256, a salt of 32 zero bytes, one block of output. The secret is
# written `whsec_` and base64.
sub DerivedKey {
    my ( $Secret, $Purpose ) = @_;

    my $Material = $Secret =~ m{\A whsec_ (.+) \z}xms ? MIME::Base64::decode_base64($1) : Bytes($Secret);
    my $Extract  = Digest::SHA::hmac_sha256( $Material, "\0" x 32 );
    return Digest::SHA::hmac_sha256( Bytes($Purpose) . "\x01", $Extract );
}

# Signature of Standard Webhooks, scheme v1. The body is bytes.
sub Signature {
    my (%Param) = @_;

    my $Signed = Bytes("$Param{ID}.$Param{Timestamp}.") . $Param{Body};
    return 'v1,' . MIME::Base64::encode_base64( Digest::SHA::hmac_sha256( $Signed, $Param{Key} ), '' );
}

# Why a message is not to be believed: 'malformed', 'outside-window', 'signature-wrong'. Nothing if it is.
# `Keys` holds the present key and, while keys are being changed, the one before.
sub Fault {
    my (%Param) = @_;

    for my $Name (qw(ID Timestamp Signature Body)) {
        return 'malformed' if !defined $Param{$Name} || ref $Param{$Name};
    }
    return 'malformed' if $Param{ID} eq '' || length $Param{ID} > $LongestID;
    return 'malformed' if $Param{Timestamp} !~ m{\A [0-9]{1,12} \z}xms;
    return 'outside-window' if abs( $Param{Now} - $Param{Timestamp} ) > $Tolerance;

    my @Given = grep {m{\A v1,}xms} split m{[ ]}xms, $Param{Signature};
    for my $Key ( @{ $Param{Keys} } ) {
        my $Expected = Signature( %Param, Key => $Key );
        for my $Given (@Given) {
            return if IsSame( $Given, $Expected );
        }
    }
    return 'signature-wrong';
}

# A token (JWT, RFC 7519) that opens one page of the plugin for one agent.
sub LaunchToken {
    my (%Param) = @_;

    my $Header = qq({"alg":"HS256","kid":"$Param{InstallationID}:$Param{KeyID}","typ":"JWT"});
    my $Signed = Base64URL( Bytes($Header) ) . '.' . Base64URL( $Param{Claims} );
    return $Signed . '.' . Base64URL( Digest::SHA::hmac_sha256( $Signed, $Param{Key} ) );
}

# Takes as long for the first wrong character as for the last.
sub IsSame {
    my ( $One, $Other ) = @_;

    return 0 if length $One != length $Other;
    my $Difference = 0;
    for my $Place ( 0 .. length($One) - 1 ) {
        $Difference |= ord( substr $One, $Place, 1 ) ^ ord( substr $Other, $Place, 1 );
    }
    return $Difference == 0 ? 1 : 0;
}

sub Base64URL {
    my ($Bytes) = @_;

    my $Text = MIME::Base64::encode_base64( $Bytes, '' );
    $Text =~ tr{+/}{-_};
    $Text =~ s{=+ \z}{}xms;
    return $Text;
}

# The digests refuse characters: whatever is signed passes here first. Bytes stay what they are.
sub Bytes {
    my ($Text) = @_;

    return utf8::is_utf8($Text) ? Encode::encode( 'UTF-8', $Text ) : $Text;
}

1;
