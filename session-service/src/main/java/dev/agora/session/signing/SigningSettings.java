package dev.agora.session.signing;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How identities are signed.
 *
 * @param signingKey the file with the private key: a JWK, EC P-256, with a {@code kid};
 * or a set of them, of which the last to come into effect by its {@code nbf} signs
 * @param lifetime of a signed identity
 * @param reuse for how long the same identity is handed out again; well below the
 * lifetime
 * @param cached how many signed identities are kept for reuse
 * @param keyCheck how often the file is looked at for a change
 */
@ConfigurationProperties("agora.identity")
public record SigningSettings(@Nullable Path signingKey, @DefaultValue("60s") Duration lifetime,
		@DefaultValue("30s") Duration reuse, @DefaultValue("50000") int cached, @DefaultValue("5s") Duration keyCheck) {
}
