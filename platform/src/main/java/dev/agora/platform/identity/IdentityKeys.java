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
 * Provides the public keys that verify identities. Every key in the file is valid, so
 * that a key can be replaced while the one before it is still in use.
 */
final class IdentityKeys implements JWKSource<SecurityContext>, AutoCloseable {

	/** Requests with unknown keys cause at most one read of the file in this time. */
	private static final Duration MIN_RELOAD_INTERVAL = Duration.ofSeconds(1);

	private static final JWKSet NONE = new JWKSet();

	private final @Nullable WatchedFile<JWKSet> file;

	private final Mono<JWKSet> reloaded;

	IdentityKeys(IdentitySettings settings) throws IOException, ParseException {
		this.file = (settings.jwks() != null)
				? new WatchedFile<>(settings.jwks(), settings.keyCheck(), (text) -> JWKSet.parse(text)) : null;
		this.reloaded = (this.file != null) ? this.file.reload().cache(MIN_RELOAD_INTERVAL) : Mono.just(NONE);
	}

	boolean contains(String keyId) {
		return current().getKeyByKeyId(keyId) != null;
	}

	/** Reads the file again, unless it was read a moment ago. */
	Mono<Void> reload() {
		return this.reloaded.then();
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
