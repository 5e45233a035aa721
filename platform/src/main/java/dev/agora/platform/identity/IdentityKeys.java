package dev.agora.platform.identity;

import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The public keys by which identities may be signed. All in the file are good, so that a
 * key can be replaced while the one before it is still in use.
 */
final class IdentityKeys implements JWKSource<SecurityContext>, AutoCloseable {

	/** Whoever shows us unknown keys makes us read the file this often at most. */
	private static final Duration PAUSE = Duration.ofSeconds(1);

	private static final JWKSet NONE = new JWKSet();

	private final @Nullable WatchedFile<JWKSet> file;

	private final Mono<JWKSet> fresh;

	IdentityKeys(IdentitySettings settings) throws IOException, ParseException {
		this.file = (settings.jwks() != null)
				? new WatchedFile<>(settings.jwks(), settings.keyCheck(), (text) -> JWKSet.parse(text)) : null;
		this.fresh = (this.file != null) ? this.file.fresh().cache(PAUSE) : Mono.just(NONE);
	}

	boolean knows(String keyId) {
		return current().getKeyByKeyId(keyId) != null;
	}

	/** Completes once it is sure that the file says no more than is known. */
	Mono<Void> readAgain() {
		return this.fresh.then();
	}

	@Override
	public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
		return selector.select(current());
	}

	@Override
	public void close() {
		if (this.file != null) {
			this.file.close();
		}
	}

	private JWKSet current() {
		return (this.file != null) ? this.file.content() : NONE;
	}

}
