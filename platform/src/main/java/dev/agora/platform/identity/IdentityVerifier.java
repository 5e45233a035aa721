package dev.agora.platform.identity;

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
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import reactor.core.publisher.Mono;

import dev.agora.platform.problem.Unauthenticated;

/**
 * Verifies signed identities: ES256 by a known key, this service as the audience, not
 * expired, not from the future. What was verified is remembered until it expires or its
 * key is given up, since the same identity comes with every request of a minute.
 */
public final class IdentityVerifier implements AutoCloseable {

	private final IdentityKeys keys;

	private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

	private final Cache<String, Verified> verified;

	private final Clock clock;

	private final Duration clockSkew;

	public IdentityVerifier(IdentitySettings settings, String audience, Clock clock)
			throws IOException, ParseException {
		this.clock = clock;
		this.clockSkew = settings.clockSkew();
		this.verified = Caffeine.newBuilder().maximumSize(settings.cached()).build();
		this.keys = new IdentityKeys(settings);
		this.processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<SecurityContext>(JOSEObjectType.JWT));
		this.processor
			.setJWSKeySelector(new JWSVerificationKeySelector<SecurityContext>(JWSAlgorithm.ES256, this.keys));
		this.processor.setJWTClaimsSetVerifier(claims(audience, settings.clockSkew()));
	}

	/**
	 * Reads the caller from an identity. A key that is not known is looked for in the
	 * file before the identity is refused.
	 * @param identity the JWT as it came
	 * @return the caller, or {@link Unauthenticated} if it is not valid here and now
	 */
	public Mono<Caller> verify(String identity) {
		Verified known = this.verified.getIfPresent(identity);
		if (known != null && known.expiresAt().isAfter(this.clock.instant()) && this.keys.knows(known.keyId())) {
			return Mono.just(known.caller());
		}
		return Mono.fromSupplier(() -> requireForm(identity))
			.flatMap((jwt) -> this.keys.knows(keyId(jwt)) ? Mono.just(jwt) : this.keys.readAgain().thenReturn(jwt))
			.map((jwt) -> check(identity, jwt));
	}

	@Override
	public void close() {
		this.keys.close();
	}

	/** Without the name of its key it could not be refused once that key is given up. */
	private static SignedJWT requireForm(String identity) {
		try {
			SignedJWT jwt = SignedJWT.parse(identity);
			if (jwt.getHeader().getKeyID() != null) {
				return jwt;
			}
		}
		catch (ParseException ex) {
			throw invalid();
		}
		throw invalid();
	}

	private Caller check(String identity, SignedJWT jwt) {
		try {
			JWTClaimsSet claims = this.processor.process(jwt, null);
			if (claims.getIssueTime().toInstant().isAfter(this.clock.instant().plus(this.clockSkew))) {
				throw new Unauthenticated("The identity was issued in the future.");
			}
			Verified found = new Verified(caller(claims), keyId(jwt),
					claims.getExpirationTime().toInstant().plus(this.clockSkew));
			this.verified.put(identity, found);
			return found.caller();
		}
		catch (ParseException | BadJOSEException | JOSEException ex) {
			throw invalid();
		}
	}

	private static String keyId(SignedJWT jwt) {
		return jwt.getHeader().getKeyID();
	}

	private static Unauthenticated invalid() {
		return new Unauthenticated("The identity is not valid.");
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

	private record Verified(Caller caller, String keyId, Instant expiresAt) {
	}

}
