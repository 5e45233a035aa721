package dev.agora.platform.identity;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How signed identities are verified.
 *
 * @param jwks the file with the public keys, a JWK set; without it every identity is
 * refused
 * @param clockSkew by how much the clocks of two machines may differ
 * @param cached how many verified identities are remembered
 * @param keyCheck how often the file is looked at for a change
 */
@ConfigurationProperties("agora.identity")
public record IdentitySettings(@Nullable Path jwks, @DefaultValue("5s") Duration clockSkew,
		@DefaultValue("10000") int cached, @DefaultValue("5s") Duration keyCheck) {
}
