package dev.agora.platform.web;

import java.io.IOException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;

import dev.agora.platform.problem.Unauthenticated;

/**
 * Verifies signed identities: ES256 by a known key, this service as the audience, not
 * expired, not from the future. What was verified is remembered until it expires, since
 * the same identity comes with every request of a minute.
 */
public final class IdentityVerifier {

	private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

	private final Cache<String, Verified> verified;

	private final Clock clock;

	private final Duration clockSkew;

	public IdentityVerifier(IdentitySettings settings, String audience, Clock clock)
			throws IOException, ParseException {
		this.clock = clock;
		this.clockSkew = settings.clockSkew();
		this.verified = Caffeine.newBuilder().maximumSize(settings.cached()).build();
		JWKSet keys = (settings.jwks() != null) ? JWKSet.load(settings.jwks().toFile()) : new JWKSet();
		this.processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<SecurityContext>(JOSEObjectType.JWT));
		this.processor.setJWSKeySelector(
				new JWSVerificationKeySelector<SecurityContext>(JWSAlgorithm.ES256, new ImmutableJWKSet<>(keys)));
		this.processor.setJWTClaimsSetVerifier(claims(audience, settings.clockSkew()));
	}

	/**
	 * Reads the caller from an identity.
	 * @param identity the JWT as it came
	 * @throws Unauthenticated if it is not valid here and now
	 */
	public Caller verify(String identity) {
		Instant now = this.clock.instant();
		Verified known = this.verified.getIfPresent(identity);
		if (known == null || !known.expiresAt().isAfter(now)) {
			known = check(identity, now);
			this.verified.put(identity, known);
		}
		return known.caller();
	}

	private Verified check(String identity, Instant now) {
		try {
			JWTClaimsSet claims = this.processor.process(identity, null);
			if (claims.getIssueTime().toInstant().isAfter(now.plus(this.clockSkew))) {
				throw new Unauthenticated("The identity was issued in the future.");
			}
			return new Verified(caller(claims), claims.getExpirationTime().toInstant().plus(this.clockSkew));
		}
		catch (ParseException | BadJOSEException | JOSEException ex) {
			throw new Unauthenticated("The identity is not valid.");
		}
	}

	private static Caller caller(JWTClaimsSet claims) throws ParseException {
		return new Caller(claims.getSubject(), claims.getStringClaim(Identity.HANDLE),
				claims.getStringClaim(Identity.NAME), claims.getLongClaim(Identity.VERSION),
				claims.getStringClaim(Identity.SESSION));
	}

	private DefaultJWTClaimsVerifier<SecurityContext> claims(String audience, Duration skew) {
		JWTClaimsSet exact = new JWTClaimsSet.Builder().issuer(Identity.ISSUER).build();
		Set<String> required = new HashSet<>(List.of("sub", "iat", "exp", "aud", Identity.HANDLE, Identity.NAME,
				Identity.VERSION, Identity.SESSION));
		DefaultJWTClaimsVerifier<SecurityContext> verifier = new DefaultJWTClaimsVerifier<>(audience, exact, required) {
			@Override
			protected Date currentTime() {
				return Date.from(IdentityVerifier.this.clock.instant());
			}
		};
		verifier.setMaxClockSkew((int) skew.toSeconds());
		return verifier;
	}

	private record Verified(Caller caller, Instant expiresAt) {
	}

}
