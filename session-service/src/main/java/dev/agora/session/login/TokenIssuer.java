package dev.agora.session.login;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import dev.agora.platform.web.Identity;

/** Signs who a member is, for one service and one minute, with ES256. */
public final class TokenIssuer {

	private final JWSSigner signer;

	private final JWSHeader header;

	private final Duration lifetime;

	private final Clock clock;

	public TokenIssuer(SigningSettings settings, Clock clock) {
		ECKey key = key(settings.signingKey());
		try {
			this.signer = new ECDSASigner(key);
		}
		catch (JOSEException ex) {
			throw refusal(settings.signingKey(), "it is not usable for ES256: " + ex.getMessage());
		}
		this.header = new JWSHeader.Builder(JWSAlgorithm.ES256).type(JOSEObjectType.JWT).keyID(key.getKeyID()).build();
		this.lifetime = settings.lifetime();
		this.clock = clock;
	}

	/** The identity of a session's member, readable by one service alone. */
	SignedIdentity issue(Session session, String audience) {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.SECONDS);
		Instant end = now.plus(this.lifetime);
		JWTClaimsSet claims = new JWTClaimsSet.Builder().issuer(Identity.ISSUER)
			.audience(audience)
			.subject(session.member().id())
			.claim(Identity.HANDLE, session.member().handle())
			.claim(Identity.NAME, session.member().name())
			.claim(Identity.VERSION, session.memberVersion())
			.claim(Identity.SESSION, session.id())
			.issueTime(Date.from(now))
			.expirationTime(Date.from(end))
			.build();
		return new SignedIdentity(sign(claims), end);
	}

	private String sign(JWTClaimsSet claims) {
		SignedJWT identity = new SignedJWT(this.header, claims);
		try {
			identity.sign(this.signer);
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("The identity cannot be signed.", ex);
		}
		return identity.serialize();
	}

	/**
	 * Without a key nobody could be told who is calling, so the service does not start.
	 */
	private static ECKey key(@Nullable Path file) {
		if (file == null) {
			throw refusal(null, "it must name a file with a private key: a JWK, EC P-256, with a kid");
		}
		try {
			ECKey key = ECKey.parse(Files.readString(file));
			if (!key.isPrivate() || !Curve.P_256.equals(key.getCurve()) || key.getKeyID() == null) {
				throw refusal(file, "the file must hold a PRIVATE key on the curve P-256, with a kid");
			}
			return key;
		}
		catch (IOException ex) {
			throw refusal(file, "the file cannot be read: " + ex);
		}
		catch (ParseException ex) {
			throw refusal(file, "the file is not a JWK of kind EC");
		}
	}

	private static RuntimeException refusal(@Nullable Path file, String reason) {
		return new InvalidConfigurationPropertyValueException("agora.identity.signing-key", file, reason);
	}

}
