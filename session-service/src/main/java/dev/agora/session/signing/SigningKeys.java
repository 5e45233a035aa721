package dev.agora.session.signing;

import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import dev.agora.platform.identity.WatchedFile;

/**
 * The private keys, of which the one with the latest {@code nbf} in the past signs; a key
 * without {@code nbf} is the oldest. So a new key can be distributed before it is used,
 * in time for all verifiers to read its public half, and takes over on its own.
 */
public final class SigningKeys implements DisposableBean {

	private final WatchedFile<List<Key>> file;

	private final Clock clock;

	public SigningKeys(SigningSettings settings, Clock clock) {
		this.file = watched(settings);
		this.clock = clock;
	}

	/** The key that signs at present; if all are in the future, the first of them. */
	public Key current() {
		Instant now = this.clock.instant();
		List<Key> latestFirst = this.file.content();
		return latestFirst.stream()
			.filter((key) -> !key.notBefore().isAfter(now))
			.findFirst()
			.orElse(latestFirst.get(latestFirst.size() - 1));
	}

	@Override
	public void destroy() {
		this.file.close();
	}

	/** Without a key no identity could be issued, so the service does not start. */
	private static WatchedFile<List<Key>> watched(SigningSettings settings) {
		@Nullable Path file = settings.signingKey();
		if (file == null) {
			throw refusal(null, "it must name a file with a private key: a JWK, EC P-256, with a kid, or a set");
		}
		try {
			return new WatchedFile<>(file, settings.keyCheck(), SigningKeys::read);
		}
		catch (IOException ex) {
			throw refusal(file, "the file cannot be read: " + ex);
		}
		catch (ParseException ex) {
			throw refusal(file, String.valueOf(ex.getMessage()));
		}
	}

	private static List<Key> read(String text) throws ParseException {
		List<Key> keys = new ArrayList<>();
		for (JWK key : parse(text)) {
			keys.add(toKey(key));
		}
		if (keys.isEmpty()) {
			throw new ParseException("the set of keys is empty", 0);
		}
		// The sort is stable: of two keys with the same nbf the first in the file signs.
		keys.sort(Comparator.comparing(Key::notBefore).reversed());
		return List.copyOf(keys);
	}

	private static List<JWK> parse(String text) throws ParseException {
		try {
			return text.contains("\"keys\"") ? JWKSet.parse(text).getKeys() : List.of(JWK.parse(text));
		}
		catch (ParseException ex) {
			// The cause may quote the secret key.
			throw new ParseException("the file is neither a JWK nor a set of them", 0);
		}
	}

	private static Key toKey(JWK key) throws ParseException {
		if (!(key instanceof ECKey pair) || !pair.isPrivate() || !Curve.P_256.equals(pair.getCurve())
				|| pair.getKeyID() == null) {
			throw new ParseException("each key must be a PRIVATE key on the curve P-256, with a kid", 0);
		}
		try {
			return Key.of(pair);
		}
		catch (JOSEException ex) {
			throw new ParseException("a key is not usable for ES256", 0);
		}
	}

	private static RuntimeException refusal(@Nullable Path file, String reason) {
		return new InvalidConfigurationPropertyValueException("agora.identity.signing-key", file, reason);
	}

	/**
	 * A key that can sign.
	 *
	 * @param header the header of the JWTs that it signs
	 * @param signer the signer
	 * @param notBefore when it takes effect
	 */
	public record Key(JWSHeader header, JWSSigner signer, Instant notBefore) {

		static Key of(ECKey pair) throws JOSEException {
			JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256).type(JOSEObjectType.JWT)
				.keyID(pair.getKeyID())
				.build();
			return new Key(header, new ECDSASigner(pair),
					(pair.getNotBeforeTime() != null) ? pair.getNotBeforeTime().toInstant() : Instant.MIN);
		}

		public String id() {
			return this.header.getKeyID();
		}

	}

}
