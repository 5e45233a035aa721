package dev.agora.session.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import dev.agora.platform.identity.Identity;
import dev.agora.session.session.Session;
import dev.agora.session.signing.SigningKeys;
import dev.agora.session.signing.SigningSettings;

/** Issues identities: ES256-signed JWTs for one service, valid for one minute. */
public final class TokenIssuer {

	private final SigningKeys keys;

	private final Duration lifetime;

	private final Clock clock;

	public TokenIssuer(SigningKeys keys, SigningSettings settings, Clock clock) {
		this.keys = keys;
		this.lifetime = settings.lifetime();
		this.clock = clock;
	}

	/** The id of the key that signs at present. */
	String keyId() {
		return this.keys.current().id();
	}

	/**
	 * Issues the identity of a session's member, which one service alone accepts. It
	 * expires with the session at the latest.
	 */
	public SignedIdentity issue(Session session, String audience) {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.SECONDS);
		Instant end = now.plus(this.lifetime);
		Instant last = end.isBefore(session.expiresAt()) ? end : session.expiresAt();
		JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().issuer(Identity.ISSUER)
			.audience(audience)
			.subject(session.member().id())
			.claim(Identity.HANDLE, session.member().handle())
			.claim(Identity.NAME, session.member().name())
			.claim(Identity.VERSION, session.memberVersion())
			.claim(Identity.SESSION, session.id())
			.issueTime(Date.from(now))
			.expirationTime(Date.from(last));
		if (session.operatorSince() != null) {
			claims.claim(Identity.OPERATOR, true);
		}
		return new SignedIdentity(sign(claims.build()), last, session.member().id());
	}

	private String sign(JWTClaimsSet claims) {
		SigningKeys.Key key = this.keys.current();
		SignedJWT identity = new SignedJWT(key.header(), claims);
		try {
			identity.sign(key.signer());
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("The identity cannot be signed.", ex);
		}
		return identity.serialize();
	}

}
