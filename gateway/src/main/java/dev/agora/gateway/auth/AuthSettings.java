package dev.agora.gateway.auth;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How tokens are swapped for identities.
 *
 * @param lifetime for how long an answer is remembered while revocations are heard
 * @param unheardLifetime the same while they are not heard
 * @param reserve the life that an identity must have left for the request it goes with
 * @param maxConfirmationAge the age of the last confirmation that no revocation was
 * missed up to which that counts; with the unheard lifetime it bounds how long an ended
 * session is accepted
 * @param cached how many identities are remembered
 * @param timeout how long session-service may take, a second clone included
 */
@ConfigurationProperties("gateway.auth")
public record AuthSettings(@DefaultValue("30s") Duration lifetime, @DefaultValue("1s") Duration unheardLifetime,
		@DefaultValue("10s") Duration reserve, @DefaultValue("750ms") Duration maxConfirmationAge,
		@DefaultValue("50000") int cached, @DefaultValue("4s") Duration timeout) {
}
