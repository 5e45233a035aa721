package dev.agora.session.signing;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of signed identities.
 *
 * @param signingKey the file with the private key: a JWK, EC P-256, with a {@code kid};
 * or a set of them, of which the one with the latest {@code nbf} in the past signs
 * @param lifetime the lifetime of a signed identity
 * @param reuseFor how long a signed identity is cached; well below the lifetime
 * @param cacheSize how many signed identities are cached
 * @param keyCheck how often the file is checked for a change
 */
@ConfigurationProperties("agora.identity")
public record SigningSettings(@Nullable Path signingKey, @DefaultValue("60s") Duration lifetime,
		@DefaultValue("30s") Duration reuseFor, @DefaultValue("50000") int cacheSize,
		@DefaultValue("5s") Duration keyCheck) {
}
