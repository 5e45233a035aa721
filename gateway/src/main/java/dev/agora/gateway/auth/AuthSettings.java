package dev.agora.gateway.auth;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the identities that replace tokens.
 *
 * @param lifetime how long an identity is cached while revocations are received
 * @param unverifiedTtl how long an identity is used while revocations are not received
 * @param expiryMargin the remaining validity below which a cached identity is not used
 * @param maxConfirmationAge the age up to which the last confirmation of all revocations
 * is valid; with {@code unverified-ttl} it bounds how long an ended session is accepted
 * @param cacheSize how many identities are cached
 * @param timeout how long session-service may take, including a second instance
 */
@ConfigurationProperties("gateway.auth")
public record AuthSettings(@DefaultValue("30s") Duration lifetime, @DefaultValue("1s") Duration unverifiedTtl,
		@DefaultValue("10s") Duration expiryMargin, @DefaultValue("750ms") Duration maxConfirmationAge,
		@DefaultValue("50000") int cacheSize, @DefaultValue("4s") Duration timeout) {
}
