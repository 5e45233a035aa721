package dev.agora.platform.identity;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings for the verification of signed identities.
 *
 * @param jwks the file with the public keys, a JWK set; without it every identity is
 * refused
 * @param cacheSize the number of verified identities in the cache
 * @param keyCheck the interval at which the file is checked for changes
 */
@ConfigurationProperties("agora.identity")
public record IdentitySettings(@Nullable Path jwks, @DefaultValue("10000") int cacheSize,
		@DefaultValue("5s") Duration keyCheck) {
}
