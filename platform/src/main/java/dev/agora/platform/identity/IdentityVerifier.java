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
 * Verifies signed identities: an ES256 signature by a known key, this service as the
 * audience, not expired and not issued in the future. A verified identity is cached until
 * it expires or its key is withdrawn, since a client's requests share it for a minute.
 */
public final class IdentityVerifier implements AutoCloseable {

	/** The difference that the clocks of two machines may have. */
	private static final Duration CLOCK_SKEW = Duration.ofSeconds(5);

	private final IdentityKeys keys;

	private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

	private final Cache<String, VerifiedIdentity> cache;

	private final Clock clock;

	public IdentityVerifier(IdentitySettings settings, String audience, Clock clock)
			throws IOException, ParseException {
		this.clock = clock;
		this.cache = Caffeine.newBuilder().maximumSize(settings.cacheSize()).build();
		this.keys = new IdentityKeys(settings);
		this.processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<SecurityContext>(JOSEObjectType.JWT));
		this.processor
			.setJWSKeySelector(new JWSVerificationKeySelector<SecurityContext>(JWSAlgorithm.ES256, this.keys));
		this.processor.setJWTClaimsSetVerifier(claims(audience));
	}

	/**
	 * Verifies an identity. If its key is unknown, the file with the keys is read again
	 * before the identity is refused.
	 * @param identity the JWT in the header
	 * @return the caller; {@link Unauthenticated} if the identity is not valid
	 */
	public Mono<Caller> verify(String identity) {
		VerifiedIdentity known = this.cache.getIfPresent(identity);
		if (known != null && known.expiresAt().isAfter(this.clock.instant()) && this.keys.contains(known.keyId())) {
			return Mono.just(known.caller());
		}
		return Mono.fromSupplier(() -> parse(identity))
			.flatMap((jwt) -> this.keys.contains(keyId(jwt)) ? Mono.just(jwt) : this.keys.reload().thenReturn(jwt))
			.map((jwt) -> verify(identity, jwt));
	}

	@Override
	public void close() {
		this.keys.close();
	}

	/** Parses an identity. It must name its key, so that the key can be withdrawn. */
	private static SignedJWT parse(String identity) {
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

	private Caller verify(String identity, SignedJWT jwt) {
		try {
			JWTClaimsSet claims = this.processor.process(jwt, null);
			if (claims.getIssueTime().toInstant().isAfter(this.clock.instant().plus(CLOCK_SKEW))) {
				throw new Unauthenticated("The identity was issued in the future.");
			}
			VerifiedIdentity verified = new VerifiedIdentity(caller(claims), keyId(jwt),
					claims.getExpirationTime().toInstant().plus(CLOCK_SKEW));
			this.cache.put(identity, verified);
			return verified.caller();
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
				claims.getStringClaim(Identity.SESSION),
				Boolean.TRUE.equals(claims.getBooleanClaim(Identity.OPERATOR)));
	}

	private DefaultJWTClaimsVerifier<SecurityContext> claims(String audience) {
		JWTClaimsSet exact = new JWTClaimsSet.Builder().issuer(Identity.ISSUER).build();
		Set<String> required = new HashSet<>(List.of("sub", "iat", "exp", "aud", Identity.HANDLE, Identity.NAME,
				Identity.VERSION, Identity.SESSION));
		DefaultJWTClaimsVerifier<SecurityContext> verifier = new DefaultJWTClaimsVerifier<>(audience, exact, required) {
			@Override
			protected Date currentTime() {
				return Date.from(IdentityVerifier.this.clock.instant());
			}
		};
		verifier.setMaxClockSkew((int) CLOCK_SKEW.toSeconds());
		return verifier;
	}

	private record VerifiedIdentity(Caller caller, String keyId, Instant expiresAt) {
	}

}
