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

/** Signs who a member is, for one service and one minute, with ES256. */
public final class TokenIssuer {

	private final SigningKeys keys;

	private final Duration lifetime;

	private final Clock clock;

	public TokenIssuer(SigningKeys keys, SigningSettings settings, Clock clock) {
		this.keys = keys;
		this.lifetime = settings.lifetime();
		this.clock = clock;
	}

	/** The name of the key that signs now. */
	String keyId() {
		return this.keys.current().id();
	}

	/**
	 * The identity of a session's member, readable by one service alone. It does not
	 * outlive the session.
	 */
	public SignedIdentity issue(Session session, String audience) {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.SECONDS);
		Instant end = now.plus(this.lifetime);
		Instant last = end.isBefore(session.expiresAt()) ? end : session.expiresAt();
		JWTClaimsSet claims = new JWTClaimsSet.Builder().issuer(Identity.ISSUER)
			.audience(audience)
			.subject(session.member().id())
			.claim(Identity.HANDLE, session.member().handle())
			.claim(Identity.NAME, session.member().name())
			.claim(Identity.VERSION, session.memberVersion())
			.claim(Identity.SESSION, session.id())
			.issueTime(Date.from(now))
			.expirationTime(Date.from(last))
			.build();
		return new SignedIdentity(sign(claims), last, session.member().id());
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
